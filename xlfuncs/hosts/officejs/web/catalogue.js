export async function loadCatalogue() {
    return (await fetch("catalogue.json")).json();
}
// The functions that contain every word of a query, first those whose name contains one.
export function search(functions, query) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const text = (card) => [card.name, card.summary, card.category, card.description, ...card.arguments.map((argument) => argument.name)]
        .join(" ").toLowerCase();
    const rank = (card) => (words.some((word) => card.name.toLowerCase().includes(word)) ? 0 : 1);
    return functions.filter((card) => words.every((word) => text(card).includes(word))).sort((a, b) => rank(a) - rank(b));
}
export const part = (id) => document.getElementById(id);
// An element with attributes and children; text is never read as HTML.
export function element(name, attributes = {}, ...children) {
    const created = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
        created.setAttribute(key, value);
    created.append(...children);
    return created;
}
export function button(text, action, attributes = {}) {
    const created = element("button", { type: "button", ...attributes }, text);
    created.addEventListener("click", action);
    return created;
}
// A value as people read it.
export function format(value) {
    if (value === null || value === "")
        return "";
    if (typeof value === "object")
        return value.error;
    if (typeof value === "boolean")
        return value ? "TRUE" : "FALSE";
    return typeof value === "number" ? String(Number(value.toPrecision(10))) : value;
}
// A value as it stands in a formula.
export function toFormula(value) {
    if (Array.isArray(value))
        return `{${value.map((row) => row.map(toFormula).join(",")).join(";")}}`;
    return typeof value === "string" ? `"${value.replaceAll('"', '""')}"` : format(value);
}
// A description of an argument, with its unit unless that is shown beside it.
export function describe(argument, unit = true) {
    const { meaning, domain } = argument;
    const range = unit ? [`Unit: ${argument.unit}`, domain].filter(Boolean).join(", ") : domain;
    const parts = [range, argument.default && `default ${argument.default}`].filter(Boolean).map((text) => `${capitalize(text)}.`);
    return [meaning, ...parts].join(" ");
}
const capitalize = (text) => text[0].toUpperCase() + text.slice(1);
