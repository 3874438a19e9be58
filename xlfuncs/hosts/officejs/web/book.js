const REFERENCE = /^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/;
const ADDRESS = /^(\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+)$/i;
const TABLE = /^([^[\]]+)\[([^[\]@#]+)\]$/;
const POLL_INTERVAL = 250; // milliseconds
const MOST_POLLS = 120;
// The cells of a range whose values and their types are loaded.
function cells(range) {
    return range.values.map((row, r) => row.map((value, c) => {
        const kind = range.valueTypes[r][c];
        return kind === "Empty" ? null : kind === "Error" ? { error: value } : value;
    }));
}
// The range or the value of a defined name; null if there is no such name.
async function findName(context, sheet, name) {
    const items = [sheet.names, context.workbook.names].map((names) => names.getItemOrNullObject(name));
    for (const candidate of items)
        candidate.load("type,value");
    await context.sync();
    const item = items.find((candidate) => !candidate.isNullObject);
    if (!item)
        return null;
    if (item.type !== "Range")
        return item.type === "Error" ? { error: String(item.value) } : item.value;
    const range = item.getRangeOrNullObject();
    await context.sync();
    return range.isNullObject ? null : range;
}
// The cells of a reference in a formula; null if it is a name that the workbook does not define.
export async function readReference(context, home, reference) {
    const unreadable = () => new Error(`${reference} cannot be read here; put the reference into a separate cell.`);
    const [, quoted, plain, rest] = reference.match(REFERENCE) ?? [];
    const spills = reference.endsWith("#");
    const address = (rest ?? reference).replace(/#$/, "");
    let sheet = home;
    if (rest) {
        sheet = context.workbook.worksheets.getItemOrNullObject((quoted ?? plain).replaceAll("''", "'"));
        await context.sync();
        if (sheet.isNullObject)
            throw unreadable();
    }
    const table = address.match(TABLE);
    let range;
    if (ADDRESS.test(address))
        range = sheet.getRange(address);
    else if (table)
        range = context.workbook.tables.getItem(table[1]).columns.getItem(table[2]).getDataBodyRange();
    else if (address.includes("["))
        throw unreadable();
    else {
        const target = await findName(context, sheet, address);
        if (target === null)
            return null;
        if (typeof target !== "object" || "error" in target)
            return { address: "A1", row: 1, column: 1, rows: [[target]] };
        range = target;
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
        throw unreadable();
    }
    const first = used.isNullObject ? range : used;
    return {
        address: range.address.slice(range.address.lastIndexOf("!") + 1),
        row: first.rowIndex + 1,
        column: first.columnIndex + 1,
        rows: used.isNullObject ? [] : cells(used),
    };
}
// The named ranges of the workbook among some names, with the positions of their formulas.
export async function readRanges(context, names) {
    const items = names.map((name) => context.workbook.names.getItemOrNullObject(name));
    await context.sync();
    const ranges = items.map((item) => (item.isNullObject ? null : item.getRangeOrNullObject()));
    for (const range of ranges) {
        range?.load("rowIndex,columnIndex,values,valueTypes,formulas");
        range?.worksheet.load("name");
    }
    await context.sync();
    const known = ranges.map((range, index) => [names[index], range]).filter(([, range]) => range && !range.isNullObject);
    return Object.fromEntries(known.map(([name, range]) => [name, {
            sheet: range.worksheet.name,
            row: range.rowIndex + 1,
            column: range.columnIndex + 1,
            rows: cells(range),
            formulas: range.formulas.flatMap((row, r) => row.flatMap((text, c) => (isFormula(text) ? [[r, c]] : []))),
        }]));
}
const isFormula = (text) => typeof text === "string" && text.startsWith("=");
// The serial number of 1 January 2000, which tells the server the date system of the workbook.
export async function serialOf2000(context) {
    const day = context.workbook.functions.date(2000, 1, 1);
    day.load("value");
    await context.sync();
    return Number(day.value);
}
// The value of a named cell; undefined if the workbook does not define the name.
export async function readCell(context, name) {
    const item = context.workbook.names.getItemOrNullObject(name);
    await context.sync();
    if (item.isNullObject)
        return undefined;
    const range = item.getRange();
    range.load("values");
    await context.sync();
    return range.values[0][0];
}
// The edits whose cell has a formula, or another value than in the preview.
export async function findChanged(context, edits) {
    const ranges = edits.map((edit) => context.workbook.worksheets.getItem(edit.sheet).getRange(edit.cell));
    for (const range of ranges)
        range.load("values,valueTypes,formulas");
    await context.sync();
    return edits.filter((edit, index) => {
        const now = cells(ranges[index])[0][0];
        return isFormula(ranges[index].formulas[0][0]) || JSON.stringify(now ?? "") !== JSON.stringify(edit.old ?? "");
    });
}
// Write the new values, or restore the old ones. Sheets that are protected without a password are protected again.
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
            context.workbook.worksheets.getItem(edit.sheet).getRange(edit.cell).values = [[toInput(edit[which])]];
        }
        await context.sync();
    }
    finally {
        for (const sheet of locked)
            sheet.protection.load("protected");
        await context.sync();
        locked.forEach((sheet, index) => sheet.protection.protected || sheet.protection.protect(options[index]));
        await context.sync();
    }
}
// The input for a value: text that Excel would take for a formula or a number is marked as text.
function toInput(value) {
    if (value === null)
        return "";
    if (typeof value === "object")
        return value.error;
    return typeof value === "string" && /^[-=+@'.\d]/.test(value) ? `'${value}` : value;
}
// Recalculate, and wait until all is done, including functions that the server answers.
export async function calculate(context) {
    const application = context.workbook.application;
    application.calculate("Recalculate");
    for (let polls = 0; polls < MOST_POLLS; polls += 1) {
        application.load("calculationState");
        await context.sync();
        if (application.calculationState === "Done")
            return;
        await new Promise((later) => setTimeout(later, POLL_INTERVAL));
    }
}
export async function select(sheet, cell) {
    await Excel.run(async (context) => {
        const worksheet = context.workbook.worksheets.getItem(sheet);
        worksheet.activate();
        worksheet.getRange(cell).select();
        await context.sync();
    });
}
// The current content of the workbook as a file.
export function readFile() {
    return new Promise((settle, fail) => {
        Office.context.document.getFileAsync(Office.FileType.Compressed, { sliceSize: 4194304 }, async (result) => {
            if (result.status !== Office.AsyncResultStatus.Succeeded)
                return fail(new Error(result.error.message));
            const slices = [];
            try {
                for (let index = 0; index < result.value.sliceCount; index += 1)
                    slices.push(await readSlice(result.value, index));
                settle(new Blob(slices));
            }
            catch (reason) {
                fail(reason);
            }
            finally {
                result.value.closeAsync();
            }
        });
    });
}
function readSlice(file, index) {
    return new Promise((settle, fail) => file.getSliceAsync(index, (result) => {
        if (result.status === Office.AsyncResultStatus.Succeeded)
            settle(new Uint8Array(result.value.data));
        else
            fail(new Error(result.error.message));
    }));
}
