// The task pane: find, read and insert functions; explain a cell; check the workbook.
import { catalogue, element, facts, found, shown } from "./catalogue.js";
import { callIn, literal } from "./formula.js";

const part = (id) => document.getElementById(id);
const functions = await catalogue();
const byName = new Map(functions.map((one) => [one.name, one]));

function list() {
  const matches = found(functions, part("search").value);
  part("count").textContent = `${matches.length} of ${functions.length} functions`;
  part("results").replaceChildren(
    ...matches.map((one) =>
      element("li", {}, element("button", { type: "button", onclick: () => open(one) },
        element("b", {}, one.name), ` ${one.summary}`))),
  );
}

function open(one) {
  for (const button of part("results").querySelectorAll("button")) {
    button.setAttribute("aria-current", String(button.querySelector("b").textContent === one.name));
  }
  const example = one.examples[0];
  const line = (title, ...content) => [element("h3", {}, title), element("p", {}, ...content)];
  part("page").replaceChildren(
    element("h2", {}, one.name),
    element("p", {}, element("code", {}, one.signature)),
    element("p", {}, one.summary),
    element("p", { class: "soft" }, one.description),
    element("div", { class: "actions" },
      element("button", { type: "button", class: "main", id: "insert", onclick: () => tell(() => insert(one)) },
        "Insert into cell")),
    ...(one.formula ? line("Formula", element("code", {}, `=${one.formula}`)) : []),
    element("h3", {}, "Arguments"),
    element("dl", { class: "arguments" }, ...one.arguments.flatMap((argument) => [
      element("dt", {}, argument.name), element("dd", {}, facts(argument))])),
    ...line("Gives", `a ${one.returns.shape} in ${one.returns.unit}`),
    ...(example ? line("Example", element("code", {}, example.call), ` gives ${plain(example.gives)}`) : []),
    ...line("Not for", one.not_for),
    ...line("Source", one.url ? element("a", { href: one.url, target: "_blank", rel: "noopener" }, one.source) : one.source),
  );
  part("page").focus();
}

const plain = (value) => (Array.isArray(value) ? JSON.stringify(value) : shown(value));

// The example is a call that works; the user puts cells in place of its numbers.
async function insert(one) {
  const formula = `=${one.namespace}.${one.examples[0].call.slice(1)}`;
  return Excel.run(async (context) => {
    const cell = context.workbook.getActiveCell();
    cell.formulas = [[formula]];
    cell.load("address");
    await context.sync();
    return [`${cell.address} has ${formula}`];
  });
}

async function explain() {
  return Excel.run(async (context) => {
    const cell = context.workbook.getActiveCell();
    cell.load("address,formulas,values");
    await context.sync();
    const [[formula], [value]] = [cell.formulas[0], cell.values[0]];
    const call = callIn(formula, byName);
    if (!call) return [`${cell.address} calls no function of xlfuncs.`];
    const cells = [];
    for (const text of call.arguments) cells.push(await argument(context, text));
    const one = byName.get(call.name);
    const answer = await xlfuncs.ask(call.name, cells);
    const error = answer !== null && answer.error;
    open(one);
    const given = one.arguments.slice(0, cells.length).map((argument, at) =>
      `${argument.name} = ${Array.isArray(cells[at]) ? call.arguments[at] : shown(cells[at]) || "left out"} ${argument.unit}`);
    return [
      `${cell.address} shows ${shown(value)}: ${formula}`,
      error ? `${answer.error}: ${answer.why}` : `${call.name} gives ${plain(answer)} ${one.returns.unit}.`,
      ...given,
    ];
  });
}

// The value of an argument: a literal, the cells of a reference, or another call of ours.
async function argument(context, text) {
  const read = literal(text);
  if (read) return read.value;
  const call = callIn(`=${text}`, byName);
  if (call && call.whole) {
    const cells = [];
    for (const inner of call.arguments) cells.push(await argument(context, inner));
    return xlfuncs.ask(call.name, cells);
  }
  const sheet = text.match(/^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/);
  const place = sheet
    ? context.workbook.worksheets.getItem((sheet[1] ?? sheet[2]).replaceAll("''", "'"))
    : context.workbook.worksheets.getActiveWorksheet();
  const range = place.getRange(sheet ? sheet[3] : text);
  range.load("values,valueTypes");
  try {
    await context.sync();
  } catch {
    throw new Error(`${text} is an expression: put it into a cell of its own, and explain that cell's formula again.`);
  }
  return range.values.map((row, r) => row.map((value, c) => {
    const kind = range.valueTypes?.[r]?.[c];
    return kind === "Empty" ? null : kind === "Error" ? { code: value } : value;
  }));
}

function bytes() {
  return new Promise((settle, fail) => {
    Office.context.document.getFileAsync(Office.FileType.Compressed, { sliceSize: 4194304 }, async (got) => {
      if (got.status !== "succeeded") return fail(new Error(got.error.message));
      const slices = [];
      for (let at = 0; at < got.value.sliceCount; at += 1) {
        slices.push(await new Promise((slice, bad) => got.value.getSliceAsync(at, (one) =>
          one.status === "succeeded" ? slice(new Uint8Array(one.value.data)) : bad(new Error(one.error.message)))));
      }
      got.value.closeAsync();
      settle(new Blob(slices));
    });
  });
}

async function check() {
  const response = await xlfuncs.post("/check", await bytes(), "application/octet-stream");
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  const errors = answer.findings.filter((one) => one.severity === "E").length;
  return [
    `${errors} errors, ${answer.findings.length - errors} warnings.`,
    ...answer.findings.map((one) => `${one.severity} ${one.rule} ${one.sheet} ${one.cell}: ${one.why}`),
  ];
}

async function tell(work) {
  const said = part("said");
  said.hidden = false;
  said.classList.remove("bad");
  said.replaceChildren(element("p", {}, "One moment."));
  try {
    said.replaceChildren(...(await work()).map((line) => element("p", {}, line)));
  } catch (reason) {
    said.classList.add("bad");
    said.replaceChildren(element("p", {}, reason.message));
  }
}

part("search").addEventListener("input", list);
part("search").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "Enter") {
    event.preventDefault();
    const first = part("results").querySelector("button");
    if (event.key === "Enter") first?.click();
    else first?.focus();
  }
});
part("results").addEventListener("keydown", (event) => {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (!step) return;
  event.preventDefault();
  (document.activeElement.closest("li")?.[step]?.querySelector("button") ?? part("search")).focus();
});
part("explain").addEventListener("click", () => tell(explain));
part("check").addEventListener("click", () => tell(check));
list();
await Office.onReady();
