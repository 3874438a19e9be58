const REFERENCE = /^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/;
const ADDRESS = /^(\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+)$/i;
const TABLE = /^([^[\]]+)\[([^[\]@#]+)\]$/;
const WAIT = 250; // milliseconds
const WAITS = 120;
// The cells of a range whose values and their types are loaded.
function cells(range) {
    return range.values.map((row, r) => row.map((value, c) => {
        const kind = range.valueTypes[r][c];
        return kind === "Empty" ? null : kind === "Error" ? { error: value } : value;
    }));
}
// The range of a name, or the value that it stands for; null where there is no such name.
async function named(context, sheet, name) {
    const places = [sheet.names, context.workbook.names].map((names) => names.getItemOrNullObject(name));
    for (const one of places)
        one.load("type,value");
    await context.sync();
    const item = places.find((one) => !one.isNullObject);
    if (!item)
        return null;
    if (item.type !== "Range")
        return item.type === "Error" ? { error: String(item.value) } : item.value;
    const range = item.getRangeOrNullObject();
    await context.sync();
    return range.isNullObject ? null : range;
}
// What a reference in a formula leads to; null where it is a name that the workbook has not.
export async function given(context, home, reference) {
    const unread = () => new Error(`${reference} cannot be read here: put it into a cell of its own.`);
    const [, quoted, plain, rest] = reference.match(REFERENCE) ?? [];
    const spills = reference.endsWith("#");
    const place = (rest ?? reference).replace(/#$/, "");
    let sheet = home;
    if (rest) {
        sheet = context.workbook.worksheets.getItemOrNullObject((quoted ?? plain).replaceAll("''", "'"));
        await context.sync();
        if (sheet.isNullObject)
            throw unread();
    }
    const table = place.match(TABLE);
    let range;
    if (ADDRESS.test(place))
        range = sheet.getRange(place);
    else if (table)
        range = context.workbook.tables.getItem(table[1]).columns.getItem(table[2]).getDataBodyRange();
    else if (place.includes("["))
        throw unread();
    else {
        const found = await named(context, sheet, place);
        if (found === null)
            return null;
        if (typeof found !== "object" || "error" in found)
            return { address: "A1", row: 1, column: 1, rows: [[found]] };
        range = found;
    }
    if (spills)
        range = range.getSpillingToRange();
    const used = range.getUsedRangeOrNullObject(true);
    range.load("address,rowIndex,columnIndex");
    used.load("rowIndex,columnIndex,values,valueTypes");
    try {
        await context.sync();
    }
    catch {
        throw unread();
    }
    const first = used.isNullObject ? range : used;
    return {
        address: range.address.slice(range.address.lastIndexOf("!") + 1),
        row: first.rowIndex + 1,
        column: first.columnIndex + 1,
        rows: used.isNullObject ? [] : cells(used),
    };
}
// The ranges of some names of the workbook, with which of their cells have formulas.
export async function areas(context, names) {
    const items = names.map((name) => context.workbook.names.getItemOrNullObject(name));
    await context.sync();
    const ranges = items.map((item) => (item.isNullObject ? null : item.getRangeOrNullObject()));
    for (const range of ranges) {
        range?.load("rowIndex,columnIndex,values,valueTypes,formulas");
        range?.worksheet.load("name");
    }
    await context.sync();
    const known = ranges.map((range, at) => [names[at], range]).filter(([, range]) => range && !range.isNullObject);
    return Object.fromEntries(known.map(([name, range]) => [name, {
            sheet: range.worksheet.name,
            row: range.rowIndex + 1,
            column: range.columnIndex + 1,
            rows: cells(range),
            formulas: range.formulas.flatMap((row, r) => row.flatMap((text, c) => (isFormula(text) ? [[r, c]] : []))),
        }]));
}
const isFormula = (text) => typeof text === "string" && text.startsWith("=");
// The number of 1 January 2000, by which the server knows from which day the dates of the workbook count.
export async function dayOf2000(context) {
    const day = context.workbook.functions.date(2000, 1, 1);
    day.load("value");
    await context.sync();
    return Number(day.value);
}
export async function cellOf(context, name) {
    const item = context.workbook.names.getItemOrNullObject(name);
    await context.sync();
    if (item.isNullObject)
        return undefined;
    const range = item.getRange();
    range.load("values");
    await context.sync();
    return range.values[0][0];
}
// Edits whose cell has a formula, or another value than they start from.
export async function changed(context, edits) {
    const ranges = edits.map((edit) => context.workbook.worksheets.getItem(edit.sheet).getRange(edit.cell));
    for (const range of ranges)
        range.load("values,valueTypes,formulas");
    await context.sync();
    return edits.filter((edit, at) => {
        const now = cells(ranges[at])[0][0];
        return isFormula(ranges[at].formulas[0][0]) || JSON.stringify(now ?? "") !== JSON.stringify(edit.old ?? "");
    });
}
// Write the new values, or the old ones back. Sheets that are protected without a password are protected again.
export async function write(context, edits, which = "new") {
    const sheets = [...new Set(edits.map((edit) => edit.sheet))].map((name) => context.workbook.worksheets.getItem(name));
    for (const sheet of sheets)
        sheet.protection.load("protected,options");
    await context.sync();
    const locked = sheets.filter((sheet) => sheet.protection.protected);
    const options = locked.map((sheet) => sheet.protection.options);
    try {
        for (const sheet of locked)
            sheet.protection.unprotect();
        await context.sync();
        for (const edit of edits) {
            context.workbook.worksheets.getItem(edit.sheet).getRange(edit.cell).values = [[entered(edit[which])]];
        }
        await context.sync();
    }
    finally {
        for (const sheet of locked)
            sheet.protection.load("protected");
        await context.sync();
        locked.forEach((sheet, at) => sheet.protection.protected || sheet.protection.protect(options[at]));
        await context.sync();
    }
}
// Text that Excel would take for a formula or a number is marked as text.
function entered(value) {
    if (value === null)
        return "";
    if (typeof value === "object")
        return value.error;
    return typeof value === "string" && /^[-=+@'.\d]/.test(value) ? `'${value}` : value;
}
// Calculate again, and wait until it is done, functions that a server answers included.
export async function calculate(context) {
    const application = context.workbook.application;
    application.calculate("Recalculate");
    for (let waits = 0; waits < WAITS; waits += 1) {
        application.load("calculationState");
        await context.sync();
        if (application.calculationState === "Done")
            return;
        await new Promise((later) => setTimeout(later, WAIT));
    }
}
export async function select(sheet, cell) {
    await Excel.run(async (context) => {
        const place = context.workbook.worksheets.getItem(sheet);
        place.activate();
        place.getRange(cell).select();
        await context.sync();
    });
}
// The file as it is now.
export function file() {
    return new Promise((settle, fail) => {
        Office.context.document.getFileAsync(Office.FileType.Compressed, { sliceSize: 4194304 }, async (got) => {
            if (got.status !== Office.AsyncResultStatus.Succeeded)
                return fail(new Error(got.error.message));
            const slices = [];
            try {
                for (let at = 0; at < got.value.sliceCount; at += 1)
                    slices.push(await slice(got.value, at));
                settle(new Blob(slices));
            }
            catch (reason) {
                fail(reason);
            }
            finally {
                got.value.closeAsync();
            }
        });
    });
}
function slice(of, at) {
    return new Promise((settle, fail) => of.getSliceAsync(at, (got) => {
        if (got.status === Office.AsyncResultStatus.Succeeded)
            settle(new Uint8Array(got.value.data));
        else
            fail(new Error(got.error.message));
    }));
}
