// The calculator: any function with its inputs and units, its result, and how that moves with one input.
import { catalogue, element, facts, part, shown, written } from "./catalogue.js";
import { literal } from "./formula.js";
import type { Argument, Card, Cell, Value } from "./types";

const POINTS = 41;
xlfuncs.hideToken();
const functions = await catalogue();
let one = functions[0];
let latest = 0;

const field = (argument: Argument) => part<HTMLInputElement>(`in-${argument.name}`);

function choose(name: string): void {
  one = functions.find((each) => each.name === name)!;
  const example = one.examples[0]?.cells ?? [];
  part("summary").textContent = one.summary;
  part("formula").textContent = one.formula ? `=${one.formula}` : "see the source";
  part("unit").textContent = one.returns.unit;
  part("inputs").replaceChildren(...one.arguments.map((argument, at) => {
    const id = `in-${argument.name}`;
    const options = one.options[argument.name];
    const wide = !["num", "text"].includes(argument.shape);
    const input = options
      ? element("select", { id }, ...["", ...options].map((option) => element("option", {}, String(option))))
      : element(wide ? "textarea" : "input", { id, "aria-describedby": `${id}-help`, autocomplete: "off" });
    input.value = asText(example[at] ?? null);
    return element("div", {}, element("label", { for: id }, `${argument.name} `, element("small", {}, argument.unit)), input,
      element("p", { class: "soft", id: `${id}-help` }, facts(argument, false)));
  }));
  const numbers = one.arguments.filter((argument) => argument.shape === "num" && !one.options[argument.name]);
  part("over").replaceChildren(...numbers.map((argument) => element("option", {}, argument.name)));
  part("sensitivity").hidden = one.returns.shape !== "scalar" || one.returns.unit === "text" || !numbers.length;
  history.replaceState(null, "", `${location.pathname}#${one.name}`);
  calculate();
}

const asText = (value: Value) =>
  (Array.isArray(value) ? value.map((row) => row.map(shown).join("\t")).join("\n") : shown(value));

function cellOf(text: string): Cell {
  const read = literal(text.trim());
  return read === undefined || Array.isArray(read) ? text.trim() : read;
}

function cells(): Value[] {
  return one.arguments.map((argument) => {
    const text = field(argument).value;
    if (["num", "text"].includes(argument.shape)) return cellOf(text);
    return text.trim() ? text.trim().split("\n").map((row) => row.split(/\t|;/).map(cellOf)) : null;
  });
}

async function calculate(): Promise<void> {
  const mine = (latest += 1);
  const given = cells();
  const last = given.findLastIndex((cell) => cell !== null);
  part("call").textContent = `=${one.name}(${given.slice(0, last + 1).map(written).join(", ")})`;
  const answer = await xlfuncs.ask(one.name, given);
  if (mine !== latest) return;
  const rows = Array.isArray(answer) ? answer : null;
  const fault = answer !== null && typeof answer === "object" && !Array.isArray(answer) ? answer : null;
  part("result").dataset.of = one.name;
  part("result").classList.toggle("bad", fault !== null);
  part("result").textContent = fault ? `${fault.error} ${fault.why}` : rows ? "" : shown(answer as Cell);
  part("table").hidden = !rows;
  part("table").replaceChildren(...(rows ? [table(rows)] : []));
  if (!part("sensitivity").hidden) await plot(given, mine);
}

function table(rows: Cell[][]): HTMLElement {
  const { columns } = one.returns;
  const heads = columns.length === rows[0].length ? columns.map((name) => element("th", { scope: "col" }, name)) : [];
  return element("table", {}, element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, shown(cell)))))));
}

// Half to one and a half times the input, within its domain; all points are one request.
async function plot(given: Value[], mine: number): Promise<void> {
  const at = one.arguments.findIndex((argument) => argument.name === part<HTMLSelectElement>("over").value);
  const [least, most] = one.bounds[one.arguments[at].name];
  const value = given[at];
  const typed = typeof value === "number" ? value : Number(one.arguments[at].default) || 0;
  const spread = Math.abs(typed) / 2 || 1;
  const [low, high] = [Math.max(least, typed - spread), Math.min(most, typed + spread)];
  const xs = Array.from({ length: POINTS }, (_, step) => low + ((high - low) * step) / (POINTS - 1));
  const ys = await Promise.all(xs.map((x) => xlfuncs.ask(one.name, given.with(at, x))));
  if (mine === latest) part("plot").replaceChildren(drawn(xs, ys, typed, one.arguments[at]));
}

function drawn(xs: number[], ys: Value[], typed: number, argument: Argument): Node {
  const points = xs.flatMap((x, i) => (typeof ys[i] === "number" ? [[x, ys[i]] as [number, number]] : []));
  if (points.length < 2) return element("p", { class: "soft" }, "There is no number over this range.");
  const values = points.map(([, y]) => y);
  const [bottom, top] = [Math.min(...values), Math.max(...values)];
  const [from, to] = [xs[0], xs.at(-1)!];
  const x = (value: number) => 70 + (500 * (value - from)) / (to - from || 1);
  const y = (value: number) => 200 - (180 * (value - bottom)) / (top - bottom || 1);
  const path = points.map(([a, b], i) => `${i ? "L" : "M"}${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join("");
  const near = points.reduce((best, point) => (Math.abs(point[0] - typed) < Math.abs(best[0] - typed) ? point : best));
  const short = (value: number) => String(Number(value.toPrecision(4)));
  const title = `${one.name} from ${short(values[0])} to ${short(values.at(-1)!)} ${one.returns.unit} as ${argument.name} goes `
    + `from ${short(from)} to ${short(to)} ${argument.unit}`;
  const svg = svgElement("svg", { viewBox: "0 0 600 250", role: "img", "aria-label": title },
    svgElement("line", { x1: 70, y1: 200, x2: 570, y2: 200 }), svgElement("line", { x1: 70, y1: 20, x2: 70, y2: 200 }),
    svgElement("path", { d: path }), svgElement("circle", { cx: x(near[0]), cy: y(near[1]), r: 5 }),
    label(70, 218, short(from), "start"), label(570, 218, short(to), "end"),
    label(320, 240, `${argument.name}, ${argument.unit}`, "middle"),
    label(64, 26, short(top), "end"), label(64, 200, short(bottom), "end"));
  const figure = document.createDocumentFragment();
  figure.append(svg, element("figcaption", { class: "soft" }, `${title}.`));
  return figure;
}

function svgElement(name: string, attributes: Record<string, string | number>, ...children: (Node | string)[]): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

const label = (x: number, y: number, text: string, anchor: string) =>
  svgElement("text", { x, y, "text-anchor": anchor }, text);

const groups = new Map<string, Card[]>();
for (const each of functions) groups.set(each.category, [...(groups.get(each.category) ?? []), each]);
part("function").append(...[...groups].map(([category, members]) =>
  element("optgroup", { label: category }, ...members.map((each) => element("option", {}, each.name)))));
part("function").addEventListener("change", (event) => choose((event.target as HTMLSelectElement).value));
part("inputs").addEventListener("input", calculate);
part("inputs").addEventListener("submit", (event) => event.preventDefault());
part("over").addEventListener("change", calculate);
const wanted = location.hash.slice(1);
const start = functions.some((each) => each.name === wanted) ? wanted : "LTV_CAC";
part<HTMLSelectElement>("function").value = start;
choose(start);
