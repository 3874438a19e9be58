// The calculator: any function with its inputs and units, its result, and the sensitivity of the result to one input.
import { describe, element, format, loadCatalogue, part, toFormula } from "./catalogue.js";
import { literal } from "./formula.js";
const POINTS = 41;
xlfuncs.hideToken();
const functions = await loadCatalogue();
let card = functions[0];
let latest = 0;
const field = (argument) => part(`in-${argument.name}`);
function choose(name) {
    card = functions.find((candidate) => candidate.name === name);
    const example = card.examples[0]?.cells ?? [];
    part("summary").textContent = card.summary;
    part("formula").textContent = card.formula ? `=${card.formula}` : "See the source.";
    part("unit").textContent = card.returns.unit;
    part("inputs").replaceChildren(...card.arguments.map((argument, index) => {
        const id = `in-${argument.name}`;
        const options = card.options[argument.name];
        const wide = !["num", "text"].includes(argument.shape);
        const input = options
            ? element("select", { id }, ...["", ...options].map((option) => element("option", {}, String(option))))
            : element(wide ? "textarea" : "input", { id, "aria-describedby": `${id}-help`, autocomplete: "off" });
        input.value = asText(example[index] ?? null);
        return element("div", {}, element("label", { for: id }, `${argument.name} `, element("small", {}, argument.unit)), input, element("p", { class: "soft", id: `${id}-help` }, describe(argument, false)));
    }));
    const numbers = card.arguments.filter((argument) => argument.shape === "num" && !card.options[argument.name]);
    part("over").replaceChildren(...numbers.map((argument) => element("option", {}, argument.name)));
    part("sensitivity").hidden = card.returns.shape !== "scalar" || card.returns.unit === "text" || !numbers.length;
    history.replaceState(null, "", `${location.pathname}#${card.name}`);
    calculate();
}
const asText = (value) => (Array.isArray(value) ? value.map((row) => row.map(format).join("\t")).join("\n") : format(value));
function cellOf(text) {
    const read = literal(text.trim());
    return read === undefined || Array.isArray(read) ? text.trim() : read;
}
function cells() {
    return card.arguments.map((argument) => {
        const text = field(argument).value;
        if (["num", "text"].includes(argument.shape))
            return cellOf(text);
        return text.trim() ? text.trim().split("\n").map((row) => row.split(/\t|;/).map(cellOf)) : null;
    });
}
async function calculate() {
    const mine = (latest += 1);
    const inputs = cells();
    const last = inputs.findLastIndex((cell) => cell !== null);
    part("call").textContent = `=${card.name}(${inputs.slice(0, last + 1).map(toFormula).join(", ")})`;
    const answer = await xlfuncs.ask(card.name, inputs);
    if (mine !== latest)
        return;
    const rows = Array.isArray(answer) ? answer : null;
    const fault = answer !== null && typeof answer === "object" && !Array.isArray(answer) ? answer : null;
    part("result").dataset.of = card.name;
    part("result").classList.toggle("bad", fault !== null);
    part("result").textContent = fault ? `${fault.error} ${fault.why}` : rows ? "" : format(answer);
    part("table").hidden = !rows;
    part("table").replaceChildren(...(rows ? [table(rows)] : []));
    if (!part("sensitivity").hidden)
        await plot(inputs, mine);
}
function table(rows) {
    const { columns } = card.returns;
    const heads = columns.length === rows[0].length ? columns.map((name) => element("th", { scope: "col" }, name)) : [];
    return element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, format(cell)))))));
}
// From half to one and a half times the input, within its domain; all points are one request.
async function plot(inputs, mine) {
    const index = card.arguments.findIndex((argument) => argument.name === part("over").value);
    const [least, most] = card.bounds[card.arguments[index].name];
    const value = inputs[index];
    const typed = typeof value === "number" ? value : Number(card.arguments[index].default) || 0;
    const spread = Math.abs(typed) / 2 || 1;
    const [low, high] = [Math.max(least, typed - spread), Math.min(most, typed + spread)];
    const xs = Array.from({ length: POINTS }, (_, step) => low + ((high - low) * step) / (POINTS - 1));
    const ys = await Promise.all(xs.map((x) => xlfuncs.ask(card.name, inputs.with(index, x))));
    if (mine === latest)
        part("plot").replaceChildren(drawPlot(xs, ys, typed, card.arguments[index]));
}
function drawPlot(xs, ys, typed, argument) {
    const points = xs.flatMap((x, i) => (typeof ys[i] === "number" ? [[x, ys[i]]] : []));
    if (points.length < 2)
        return element("p", { class: "soft" }, "The function gives no number over this range.");
    const values = points.map(([, y]) => y);
    const [bottom, top] = [Math.min(...values), Math.max(...values)];
    const [from, to] = [xs[0], xs.at(-1)];
    const x = (value) => 70 + (500 * (value - from)) / (to - from || 1);
    const y = (value) => 200 - (180 * (value - bottom)) / (top - bottom || 1);
    const path = points.map(([a, b], i) => `${i ? "L" : "M"}${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join("");
    const near = points.reduce((best, point) => (Math.abs(point[0] - typed) < Math.abs(best[0] - typed) ? point : best));
    const short = (value) => String(Number(value.toPrecision(4)));
    const title = `${card.name} from ${short(values[0])} to ${short(values.at(-1))} ${card.returns.unit} as ${argument.name} goes `
        + `from ${short(from)} to ${short(to)} ${argument.unit}`;
    const svg = svgElement("svg", { viewBox: "0 0 600 250", role: "img", "aria-label": title }, svgElement("line", { x1: 70, y1: 200, x2: 570, y2: 200 }), svgElement("line", { x1: 70, y1: 20, x2: 70, y2: 200 }), svgElement("path", { d: path }), svgElement("circle", { cx: x(near[0]), cy: y(near[1]), r: 5 }), label(70, 218, short(from), "start"), label(570, 218, short(to), "end"), label(320, 240, `${argument.name}, ${argument.unit}`, "middle"), label(64, 26, short(top), "end"), label(64, 200, short(bottom), "end"));
    const figure = document.createDocumentFragment();
    figure.append(svg, element("figcaption", { class: "soft" }, `${title}.`));
    return figure;
}
function svgElement(name, attributes, ...children) {
    const created = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes))
        created.setAttribute(key, String(value));
    created.append(...children);
    return created;
}
const label = (x, y, text, anchor) => svgElement("text", { x, y, "text-anchor": anchor }, text);
const groups = new Map();
for (const card of functions)
    groups.set(card.category, [...(groups.get(card.category) ?? []), card]);
part("function").append(...[...groups].map(([category, members]) => element("optgroup", { label: category }, ...members.map((member) => element("option", {}, member.name)))));
part("function").addEventListener("change", (event) => choose(event.target.value));
part("inputs").addEventListener("input", calculate);
part("inputs").addEventListener("submit", (event) => event.preventDefault());
part("over").addEventListener("change", calculate);
const wanted = location.hash.slice(1);
const start = functions.some((candidate) => candidate.name === wanted) ? wanted : "LTV_CAC";
part("function").value = start;
choose(start);
