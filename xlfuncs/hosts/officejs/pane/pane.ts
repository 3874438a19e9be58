// The task pane: find, read and insert functions; explain a cell; check the workbook; refresh its data.
import { file } from "./book.js";
import { button, catalogue, element, facts, found, part, shown, written } from "./catalogue.js";
import { explain } from "./explain.js";
import { place } from "./place.js";
import { preview } from "./refresh.js";
import { asked } from "./server.js";
import type { Card, Finding, Value } from "./types";

const functions = await catalogue();
const byName = new Map(functions.map((one) => [one.name, one]));

function list(): void {
  const matches = found(functions, part<HTMLInputElement>("search").value);
  part("count").textContent = `${matches.length} of ${functions.length} functions`;
  part("results").replaceChildren(...matches.map((one) => {
    const made = button(element("b", {}, one.name), () => open(one));
    made.append(` ${one.summary}`);
    return element("li", {}, made);
  }));
}

function open(one: Card): void {
  for (const each of part("results").querySelectorAll("button")) {
    each.setAttribute("aria-current", String(each.querySelector("b")?.textContent === one.name));
  }
  const example = one.examples[0];
  const line = (title: string, ...content: (Node | string)[]) => [element("h3", {}, title), element("p", {}, ...content)];
  part("page").replaceChildren(
    element("h2", {}, one.name),
    element("p", {}, element("code", {}, one.signature)),
    element("p", {}, one.summary),
    element("p", { class: "soft" }, one.description),
    element("div", { class: "actions" },
      button("Insert into cell", () => tell(() => insert(one), part("inserted")), { class: "main", id: "insert" })),
    element("div", { id: "inserted", role: "status" }),
    ...(one.formula ? line("Formula", element("code", {}, `=${one.formula}`)) : []),
    element("h3", {}, "Arguments"),
    element("dl", { class: "arguments" }, ...one.arguments.flatMap((argument) => [
      element("dt", {}, argument.name), element("dd", {}, facts(argument))])),
    ...line("Gives", `${one.returns.shape === "scalar" ? "one value" : `a ${one.returns.shape}`}, unit: ${one.returns.unit}`),
    ...(example ? line("Example", element("code", {}, example.call), ` gives ${plain(example.gives)}`) : []),
    ...line("Not for", one.not_for),
    ...line("Source", one.url ? element("a", { href: one.url, target: "_blank", rel: "noopener" }, one.source) : one.source),
  );
}

const plain = (value: Value) => (Array.isArray(value) ? written(value) : shown(value));

// The example is a call that works; the user puts cells in place of its numbers.
async function insert(one: Card): Promise<string[]> {
  const formula = `=${one.namespace}.${one.examples[0]?.call.slice(1) ?? `${one.name}()`}`;
  return Excel.run(async (context) => {
    const cell = context.workbook.getActiveCell();
    cell.formulas = [[formula]];
    cell.load("address");
    await context.sync();
    return [`${cell.address} has ${formula}`];
  });
}

async function check(): Promise<(Node | string)[]> {
  const { findings } = await asked<{ findings: Finding[] }>("/check", await file());
  const errors = findings.filter((one) => one.severity === "E").length;
  return [
    `${errors} errors, ${findings.length - errors} warnings.`,
    element("ul", { class: "kept" }, ...findings.map((one) => element("li", {}, `${one.severity} ${one.rule} `,
      one.sheet && one.cell ? place(one) : one.sheet, ` ${one.why}`))),
  ];
}

// Do some work, and show what it says where it was asked for.
async function tell(work: () => Promise<(Node | string)[]>, said = part("said")): Promise<void> {
  said.hidden = false;
  said.classList.remove("bad");
  said.replaceChildren(element("p", {}, "One moment."));
  try {
    said.replaceChildren(...(await work()).map((one) => (typeof one === "string" ? element("p", {}, one) : one)));
  } catch (reason) {
    said.classList.add("bad");
    said.replaceChildren(element("p", {}, (reason as Error).message));
  }
  if (said.querySelector("button") || document.activeElement === document.body) said.focus();
}

part("search").addEventListener("input", list);
part("search").addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "Enter") return;
  event.preventDefault();
  const first = part("results").querySelector("button");
  if (event.key === "Enter") first?.click();
  else first?.focus();
});
part("results").addEventListener("keydown", (event) => {
  const item = document.activeElement?.closest("li");
  const step = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key];
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  (step?.querySelector("button") ?? part("search")).focus();
});
part("results").addEventListener("click", () => part("page").focus());
part("explain").addEventListener("click", () => tell(() => explain(byName, open)));
part("check").addEventListener("click", () => tell(check));
part("refresh").addEventListener("click", () => tell(() => preview(tell)));
list();
await Office.onReady();
