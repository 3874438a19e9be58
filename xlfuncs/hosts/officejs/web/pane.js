// The task pane: find, read and insert functions; explain a cell; check the workbook; refresh its data.
import { readFile } from "./book.js";
import { button, describe, element, format, loadCatalogue, part, search, toFormula } from "./catalogue.js";
import { explain } from "./explain.js";
import { cellButton } from "./place.js";
import { preview } from "./refresh.js";
import { request } from "./server.js";
const functions = await loadCatalogue();
const byName = new Map(functions.map((card) => [card.name, card]));
function list() {
    const matches = search(functions, part("search").value);
    part("count").textContent = `${matches.length} of ${functions.length} functions`;
    part("results").replaceChildren(...matches.map((card) => {
        const item = button(element("b", {}, card.name), () => open(card));
        item.append(` ${card.summary}`);
        return element("li", {}, item);
    }));
}
function open(card) {
    for (const item of part("results").querySelectorAll("button")) {
        item.setAttribute("aria-current", String(item.querySelector("b")?.textContent === card.name));
    }
    const example = card.examples[0];
    const line = (title, ...content) => [element("h3", {}, title), element("p", {}, ...content)];
    part("page").replaceChildren(element("h2", {}, card.name), element("p", {}, element("code", {}, card.signature)), element("p", {}, card.summary), element("p", { class: "soft" }, card.description), element("div", { class: "actions" }, button("Insert into cell", () => show(() => insert(card), part("inserted")), { class: "main", id: "insert" })), element("div", { id: "inserted", role: "status" }), ...(card.formula ? line("Formula", element("code", {}, `=${card.formula}`)) : []), element("h3", {}, "Arguments"), element("dl", { class: "arguments" }, ...card.arguments.flatMap((argument) => [
        element("dt", {}, argument.name), element("dd", {}, describe(argument))
    ])), ...line("Result", `${card.returns.shape === "scalar" ? "one value" : `a ${card.returns.shape}`}, unit: ${card.returns.unit}`), ...(example ? line("Example", element("code", {}, example.call), ` gives ${plain(example.gives)}`) : []), ...line("Not for", card.not_for), ...line("Source", card.url ? element("a", { href: card.url, target: "_blank", rel: "noopener" }, card.source) : card.source));
}
const plain = (value) => (Array.isArray(value) ? toFormula(value) : format(value));
// The example is a call that works; the user puts cells in place of its numbers.
async function insert(card) {
    const formula = `=${card.namespace}.${card.examples[0]?.call.slice(1) ?? `${card.name}()`}`;
    return Excel.run(async (context) => {
        const cell = context.workbook.getActiveCell();
        cell.formulas = [[formula]];
        cell.load("address");
        await context.sync();
        return [`${cell.address} now has ${formula}`];
    });
}
async function check() {
    const { findings } = await request("/check", await readFile());
    const errors = findings.filter((finding) => finding.severity === "E").length;
    return [
        `${count(errors, "error")}, ${count(findings.length - errors, "warning")}.`,
        element("ul", { class: "kept" }, ...findings.map((finding) => element("li", {}, `${finding.severity} ${finding.rule} `, finding.sheet && finding.cell ? cellButton(finding) : finding.sheet, ` ${finding.why}`))),
    ];
}
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
// Do some work, and show its answer.
async function show(work, answer = part("said")) {
    answer.hidden = false;
    answer.classList.remove("bad");
    answer.replaceChildren(element("p", {}, "Working…"));
    try {
        answer.replaceChildren(...(await work()).map((item) => (typeof item === "string" ? element("p", {}, item) : item)));
    }
    catch (reason) {
        answer.classList.add("bad");
        answer.replaceChildren(element("p", {}, reason.message));
    }
    if (answer.querySelector("button") || document.activeElement === document.body)
        answer.focus();
}
part("search").addEventListener("input", list);
part("search").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter")
        return;
    event.preventDefault();
    const first = part("results").querySelector("button");
    if (event.key === "Enter")
        first?.click();
    else
        first?.focus();
});
part("results").addEventListener("keydown", (event) => {
    const item = document.activeElement?.closest("li");
    const step = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key];
    if (!["ArrowDown", "ArrowUp"].includes(event.key))
        return;
    event.preventDefault();
    (step?.querySelector("button") ?? part("search")).focus();
});
part("results").addEventListener("click", () => part("page").focus());
part("explain").addEventListener("click", () => show(() => explain(byName, open)));
part("check").addEventListener("click", () => show(check));
part("refresh").addEventListener("click", () => show(() => preview(show)));
list();
await Office.onReady();
