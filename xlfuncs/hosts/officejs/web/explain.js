// Explain: the formula of the selected cell, calculated again with the cells that it refers to, and the call to look at.
import { readReference } from "./book.js";
import { format, toFormula } from "./catalogue.js";
import { request } from "./server.js";
export async function explain(functions, open) {
    return Excel.run(async (context) => {
        const cell = context.workbook.getActiveCell();
        cell.load("address,formulas,values,rowIndex,columnIndex");
        const sheet = cell.worksheet;
        await context.sync();
        const formula = String(cell.formulas[0][0]);
        if (!formula.startsWith("="))
            return [`${cell.address} has no formula.`];
        const { wanted } = await request("/explain", { formula });
        const cells = {};
        for (const reference of wanted ?? [])
            cells[reference] = await readReference(context, sheet, reference);
        const position = { row: cell.rowIndex + 1, column: cell.columnIndex + 1 };
        const { first, fault, call } = await request("/explain", { formula, ...position, given: cells });
        const unknown = Object.keys(cells).filter((name) => !cells[name]).map((name) => `The workbook does not define the name ${name}.`);
        if (!call && fault)
            return [`${cell.address} gives ${fault.error}: ${fault.why}`, ...unknown];
        if (!call)
            return [`The formula in ${cell.address} calls no function of xlfuncs.`];
        const card = functions.get(call.name);
        open(card);
        const before = cell.values[0][0];
        return [
            `${cell.address} shows ${format(before) || "nothing"}: ${formula}`,
            ...(same(first, before) ? [] : [`Calculated here, the formula gives ${format(first)}; recalculate the workbook (F9).`]),
            call.fault
                ? `${call.name} gives ${call.fault.error}: ${call.fault.why}`
                : `${call.name} gives ${text(call.value)} ${card.returns.unit}.`,
            ...(fault?.error === "#NAME?" ? unknown : []),
            ...call.cells.map((value, index) => {
                const { name, unit } = card.arguments[index];
                return `${name} = ${text(value)} ${unit}`;
            }),
        ];
    });
}
function same(first, second) {
    if (typeof first !== "number" || typeof second !== "number")
        return format(first) === format(second);
    return Math.abs(first - second) <= 1e-9 * Math.max(Math.abs(first), Math.abs(second));
}
function text(value) {
    if (Array.isArray(value))
        return toFormula(value);
    if (value !== null && typeof value === "object" && "rows" in value)
        return `${value.rows} × ${value.columns} cells,`;
    return format(value) || "blank,";
}
