// The catalogue of functions, and elements that show it.
import type { Argument, Card, Cell, Value } from "./types";

export async function loadCatalogue(): Promise<Card[]> {
  return (await fetch("catalogue.json")).json();
}

// The functions that contain every word of a query, first those whose name contains one.
export function search(functions: Card[], query: string): Card[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (card: Card) =>
    [card.name, card.summary, card.category, card.description, ...card.arguments.map((argument) => argument.name)]
      .join(" ").toLowerCase();
  const rank = (card: Card) => (words.some((word) => card.name.toLowerCase().includes(word)) ? 0 : 1);
  return functions.filter((card) => words.every((word) => text(card).includes(word))).sort((a, b) => rank(a) - rank(b));
}

export const part = <Kind extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as Kind;

// An element with attributes and children; text is never read as HTML.
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name, attributes: Record<string, string> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  created.append(...children);
  return created;
}

export function button(text: string | Node, action: () => unknown, attributes: Record<string, string> = {}) {
  const created = element("button", { type: "button", ...attributes }, text);
  created.addEventListener("click", action);
  return created;
}

// A value as people read it.
export function format(value: Cell): string {
  if (value === null || value === "") return "";
  if (typeof value === "object") return value.error;
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return typeof value === "number" ? String(Number(value.toPrecision(10))) : value;
}

// A value as it stands in a formula.
export function toFormula(value: Value): string {
  if (Array.isArray(value)) return `{${value.map((row) => row.map(toFormula).join(",")).join(";")}}`;
  return typeof value === "string" ? `"${value.replaceAll('"', '""')}"` : format(value);
}

// A description of an argument, with its unit unless that is shown beside it.
export function describe(argument: Argument, unit = true): string {
  const { meaning, domain } = argument;
  const range = unit ? [`Unit: ${argument.unit}`, domain].filter(Boolean).join(", ") : domain;
  const parts = [range, argument.default && `default ${argument.default}`].filter(Boolean).map((text) => `${capitalize(text!)}.`);
  return [meaning, ...parts].join(" ");
}

const capitalize = (text: string) => text[0].toUpperCase() + text.slice(1);
