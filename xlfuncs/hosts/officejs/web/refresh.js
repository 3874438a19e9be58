// Refresh data: the changes are shown first, and written only when the user applies them.
import { calculate, findChanged, readCell, readRanges, serialOf2000, write } from "./book.js";
import { button, element, format } from "./catalogue.js";
import { cellButton } from "./place.js";
import { request } from "./server.js";
export async function preview(tell) {
    const names = await (await fetch("names.json")).json();
    const sent = await Excel.run(async (context) => ({
        day: await serialOf2000(context), areas: await readRanges(context, names),
    }));
    const update = await request("/refresh", sent);
    if (!update.declared)
        return ["This workbook declares no data, since it has no table named data_figures."];
    if (!update.edits.length)
        return ["The data are up to date; there is nothing to change.", ...listKept(update)];
    const cells = update.edits.length === 1 ? "1 cell" : `${update.edits.length} cells`;
    return [
        element("h2", {}, "Refresh data: a preview"),
        `${cells} would change, and the log would get a new row. Formulas stay as they are, and nothing has been written yet.`,
        element("div", { class: "actions" }, button("Apply", () => tell(() => apply(update)), { class: "main", id: "apply" }), button("Cancel", () => tell(async () => ["Nothing was changed."]))),
        table(update.edits),
        ...listKept(update),
    ];
}
function table(edits) {
    const rows = [...edits].sort((a, b) => rank(a) - rank(b)).map((edit) => {
        const [old, fresh] = edit.shown ?? [edit.old, edit.new];
        return element("tr", {}, element("th", { scope: "row" }, edit.key ? `${edit.key}, ${edit.what}` : "Version of the data", " ", cellButton(edit)), element("td", {}, text(old)), element("td", {}, text(fresh)));
    });
    const heads = ["Item", "Now", "New"].map((word) => element("th", { scope: "col" }, word));
    return element("div", { class: "scroll tall", role: "region", tabindex: "0", "aria-label": "Proposed changes" }, element("table", { class: "changes" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
}
const text = (value) => format(typeof value === "number" ? Number(value.toPrecision(6)) : value) || "blank";
// Values that the model calculates with come first.
const rank = (edit) => ["base", "value"].indexOf(edit.what ?? "") >>> 0;
// Cells that stay as they are: first the user's own inputs whose figure has changed.
function listKept(update) {
    const list = (title, conflict) => {
        const items = update.kept.filter((item) => item.conflict === conflict);
        if (!items.length)
            return [];
        return [element("h3", {}, title), element("ul", { class: "kept" }, ...items.map((item) => element("li", {}, `${item.key} `, cellButton(item), ` ${item.why}`)))];
    };
    return [...list("Conflicts: your values stay", true), ...list("Not changed", false)];
}
async function apply(update) {
    return Excel.run(async (context) => {
        const moved = await findChanged(context, [...update.edits, ...update.log.passing, ...update.log.failing]);
        if (moved.length) {
            const cells = [...new Set(moved.map((edit) => `${edit.sheet}!${edit.cell}`))].slice(0, 5).join(", ");
            throw new Error(`Nothing was written: ${cells} changed since the preview. Run Refresh data again.`);
        }
        const groups = [update.edits];
        try {
            await write(context, update.edits);
            await calculate(context);
            const checks = await readCell(context, "chk_master");
            groups.push(checks === undefined || Number(checks) === 1 ? update.log.passing : update.log.failing);
            await write(context, groups[1]);
        }
        catch (reason) {
            for (const group of groups)
                await write(context, group, "old").catch(() => undefined);
            throw new Error(`Nothing was changed, since Excel refused the edits: ${reason.message}`);
        }
        return [`Done: ${update.sentence}.`, ...listKept(update)];
    });
}
