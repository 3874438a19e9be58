// The catalogue of functions, and how its parts are shown.
import type { Argument, Card, Cell, Value } from "./types";

export async function catalogue(): Promise<Card[]> {
  return (await fetch("catalogue.json")).json();
}

// Functions that have every word of a query, those whose name has it first.
export function found(functions: Card[], query: string): Card[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (one: Card) =>
    [one.name, one.summary, one.category, one.description, ...one.arguments.map((argument) => argument.name)]
      .join(" ").toLowerCase();
  const named = (one: Card) => (words.some((word) => one.name.toLowerCase().includes(word)) ? 0 : 1);
  return functions.filter((one) => words.every((word) => text(one).includes(word))).sort((a, b) => named(a) - named(b));
}

export const part = <Kind extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as Kind;

// An element with attributes and children; text is never read as HTML.
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name, attributes: Record<string, string> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function button(text: string | Node, action: () => unknown, attributes: Record<string, string> = {}) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", action);
  return made;
}

export function shown(value: Cell): string {
  if (value === null || value === "") return "";
  if (typeof value === "object") return value.error;
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return typeof value === "number" ? String(Number(value.toPrecision(10))) : value;
}

// A value as it is written in a formula.
export function written(value: Value): string {
  if (Array.isArray(value)) return `{${value.map((row) => row.map(written).join(",")).join(";")}}`;
  return typeof value === "string" ? `"${value.replaceAll('"', '""')}"` : shown(value);
}

// What an argument is; where its unit is shown beside it, without that.
export function facts(argument: Argument, unit = true): string {
  const { meaning, domain } = argument;
  const range = unit ? [`Unit: ${argument.unit}`, domain].filter(Boolean).join(", ") : domain;
  const parts = [range, argument.default && `default ${argument.default}`].filter(Boolean).map((one) => `${sentence(one!)}.`);
  return [meaning, ...parts].join(" ");
}

const sentence = (text: string) => text[0].toUpperCase() + text.slice(1);
