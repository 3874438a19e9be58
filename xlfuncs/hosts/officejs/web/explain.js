// Explain: the formula of the selected cell, calculated again with the cells it refers to, and the call to look at.
import { given } from "./book.js";
import { shown, written } from "./catalogue.js";
import { asked } from "./server.js";
export async function explain(functions, open) {
    return Excel.run(async (context) => {
        const cell = context.workbook.getActiveCell();
        cell.load("address,formulas,values,rowIndex,columnIndex");
        const sheet = cell.worksheet;
        await context.sync();
        const formula = String(cell.formulas[0][0]);
        if (!formula.startsWith("="))
            return [`${cell.address} has no formula.`];
        const { wanted } = await asked("/explain", { formula });
        const cells = {};
        for (const reference of wanted ?? [])
            cells[reference] = await given(context, sheet, reference);
        const place = { row: cell.rowIndex + 1, column: cell.columnIndex + 1 };
        const { value, call } = await asked("/explain", { formula, ...place, given: cells });
        const unknown = Object.keys(cells).filter((name) => !cells[name]).map((name) => `The workbook has no name ${name}.`);
        const fault = failing(value);
        if (!call && fault)
            return [`${cell.address} gives ${fault.error}: ${fault.why}`, ...unknown];
        if (!call)
            return [`${cell.address} calls no function of xlfuncs.`];
        const one = functions.get(call.name);
        open(one);
        const [now, before] = [first(value), cell.values[0][0]];
        return [
            `${cell.address} shows ${shown(before) || "nothing"}: ${formula}`,
            ...(same(now, before) ? [] : [`Calculated here it gives ${shown(now)}; calculate the workbook again (F9).`]),
            call.why
                ? `${call.name} gives ${failing(call.value).error}: ${call.why}`
                : `${call.name} gives ${plain(call.value)} ${one.returns.unit}.`,
            ...(fault?.error === "#NAME?" ? unknown : []),
            ...call.cells.map((each, at) => {
                const { name, unit } = one.arguments[at];
                return `${name} = ${argument(each)} ${unit}`;
            }),
        ];
    });
}
// The first cell of a value: the others are in the cells below and beside.
const first = (value) => (Array.isArray(value) ? value[0][0] : value);
// The first error in a value.
const failing = (value) => (Array.isArray(value) ? value.flat() : [value]).find((cell) => cell !== null && typeof cell === "object");
function same(one, other) {
    if (typeof one !== "number" || typeof other !== "number")
        return shown(one) === shown(other);
    return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
}
function argument(value) {
    if (value !== null && typeof value === "object" && "rows" in value)
        return `${value.rows} × ${value.columns} cells,`;
    return plain(value) || "blank,";
}
const plain = (value) => (Array.isArray(value) ? written(value) : shown(value));
