// A workbook with one sheet behind the parts of Office.js that the pane uses.
"use strict";
(() => {
  const cells = window.testCells ?? {};
  const at = (address) => (cells[address] ??= { formula: "", value: "" });
  let active = "C3";
  const range = (address) => {
    const spread = address.replaceAll("$", "").split(":");
    if (!spread.every((one) => /^[A-Z]+[0-9]+$/.test(one))) return { load() {}, bad: true };
    const [first, last] = [spread[0], spread.at(-1)];
    const list = [];
    for (let row = +first.slice(1); row <= +last.slice(1); row += 1) list.push([at(first[0] + row)]);
    return {
      load() {},
      get address() { return `Sheet1!${address}`; },
      get formulas() { return list.map((row) => row.map((one) => one.formula)); },
      set formulas(rows) { rows.forEach((row, r) => row.forEach((formula, c) => { list[r][c].formula = formula; })); },
      get values() { return list.map((row) => row.map((one) => one.value)); },
      get valueTypes() {
        return list.map((row) => row.map(({ value }) =>
          value === "" ? "Empty" : String(value).startsWith("#") ? "Error" : typeof value === "number" ? "Double" : "String"));
      },
    };
  };
  let broken = false;
  const sheet = { getRange: (address) => { const found = range(address); broken ||= found.bad; return found; } };
  const workbook = {
    getActiveCell: () => range(active),
    worksheets: { getActiveWorksheet: () => sheet, getItem: () => sheet },
  };
  window.Excel = {
    run: async (work) => work({
      workbook,
      sync: async () => { if (broken) { broken = false; throw new Error("InvalidArgument"); } },
    }),
  };
  window.testBook = { cells, choose: (address) => { active = address; } };
  window.Office = {
    onReady: async () => ({ host: "Excel" }),
    FileType: { Compressed: "compressed" },
    context: { document: { getFileAsync: (type, options, done) => done({ status: "succeeded", value: {
      sliceCount: 1,
      closeAsync() {},
      getSliceAsync: (index, got) => got({ status: "succeeded", value: { data: window.testFile } }),
    } }) } },
  };
})();
