// Explain: the formula of the selected cell, calculated again with the cells it refers to, and the call to look at.
import { given } from "./book.js";
import { shown, written } from "./catalogue.js";
import { asked } from "./server.js";
import type { Card, Cell, Explanation, Given, Size, Value } from "./types";

export async function explain(functions: Map<string, Card>, open: (one: Card) => void): Promise<string[]> {
  return Excel.run(async (context) => {
    const cell = context.workbook.getActiveCell();
    cell.load("address,formulas,values,rowIndex,columnIndex");
    const sheet = cell.worksheet;
    await context.sync();
    const formula = String(cell.formulas[0][0]);
    if (!formula.startsWith("=")) return [`${cell.address} has no formula.`];
    const { wanted } = await asked<Explanation>("/explain", { formula });
    const cells: Record<string, Given | null> = {};
    for (const reference of wanted ?? []) cells[reference] = await given(context, sheet, reference);
    const place = { row: cell.rowIndex + 1, column: cell.columnIndex + 1 };
    const { first, fault, call } = await asked<Explanation>("/explain", { formula, ...place, given: cells });
    const unknown = Object.keys(cells).filter((name) => !cells[name]).map((name) => `The workbook has no name ${name}.`);
    if (!call && fault) return [`${cell.address} gives ${fault.error}: ${fault.why}`, ...unknown];
    if (!call) return [`${cell.address} calls no function of xlfuncs.`];
    const one = functions.get(call.name)!;
    open(one);
    const before: Cell = cell.values[0][0];
    return [
      `${cell.address} shows ${shown(before) || "nothing"}: ${formula}`,
      ...(same(first, before) ? [] : [`Calculated here it gives ${shown(first)}; calculate the workbook again (F9).`]),
      call.fault
        ? `${call.name} gives ${call.fault.error}: ${call.fault.why}`
        : `${call.name} gives ${text(call.value)} ${one.returns.unit}.`,
      ...(fault?.error === "#NAME?" ? unknown : []),
      ...call.cells.map((each, at) => {
        const { name, unit } = one.arguments[at];
        return `${name} = ${text(each)} ${unit}`;
      }),
    ];
  });
}

function same(one: Cell, other: Cell): boolean {
  if (typeof one !== "number" || typeof other !== "number") return shown(one) === shown(other);
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
}

function text(value: Value | Size): string {
  if (Array.isArray(value)) return written(value);
  if (value !== null && typeof value === "object" && "rows" in value) return `${value.rows} × ${value.columns} cells,`;
  return shown(value) || "blank,";
}
