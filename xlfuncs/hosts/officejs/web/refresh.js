// Refresh data: what would change is shown first, and written only when the user says so.
import { areas, calculate, cellOf, changed, dayOf2000, write } from "./book.js";
import { button, element, shown } from "./catalogue.js";
import { place } from "./place.js";
import { asked } from "./server.js";
export async function preview(tell) {
    const names = await (await fetch("names.json")).json();
    const sent = await Excel.run(async (context) => ({ day: await dayOf2000(context), areas: await areas(context, names) }));
    const update = await asked("/refresh", sent);
    if (!update.declared)
        return ["This workbook declares no data: it has no table of the name data_figures."];
    if (!update.edits.length)
        return ["The data is up to date; there is nothing to change.", ...kept(update)];
    const cells = update.edits.length === 1 ? "1 cell" : `${update.edits.length} cells`;
    return [
        element("h2", {}, "Refresh data: a preview"),
        `${cells} would change, and the log gets a row. No formula is touched, and nothing is written yet.`,
        element("div", { class: "actions" }, button("Apply", () => tell(() => apply(update)), { class: "main", id: "apply" }), button("Leave as it is", () => tell(async () => ["Nothing was changed."]))),
        table(update.edits),
        ...kept(update),
    ];
}
function table(edits) {
    const rows = [...edits].sort((a, b) => rank(a) - rank(b)).map((edit) => {
        const [old, fresh] = edit.shown ?? [edit.old, edit.new];
        return element("tr", {}, element("th", { scope: "row" }, edit.key ? `${edit.key}, ${edit.what}` : "Version of the data", " ", place(edit)), element("td", {}, text(old)), element("td", {}, text(fresh)));
    });
    const heads = ["What", "Now", "New"].map((word) => element("th", { scope: "col" }, word));
    return element("div", { class: "scroll tall", role: "region", tabindex: "0", "aria-label": "What would change" }, element("table", { class: "changes" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
}
const text = (value) => shown(typeof value === "number" ? Number(value.toPrecision(6)) : value) || "blank";
// What the model calculates with comes first.
const rank = (edit) => ["base", "value"].indexOf(edit.what ?? "") >>> 0;
// What stays: inputs of the user's own whose figure has moved first.
function kept(update) {
    const list = (title, conflict) => {
        const some = update.kept.filter((one) => one.conflict === conflict);
        if (!some.length)
            return [];
        return [element("h3", {}, title), element("ul", { class: "kept" }, ...some.map((one) => element("li", {}, `${one.key} `, place(one), ` ${one.why}`)))];
    };
    return [...list("Conflicts: yours stay", true), ...list("Kept", false)];
}
async function apply(update) {
    return Excel.run(async (context) => {
        const moved = await changed(context, [...update.edits, ...update.log.passing, ...update.log.failing]);
        if (moved.length) {
            const cells = [...new Set(moved.map((one) => `${one.sheet}!${one.cell}`))].slice(0, 5).join(", ");
            throw new Error(`Nothing was written: ${cells} changed since the preview. Refresh data again.`);
        }
        const groups = [update.edits];
        try {
            await write(context, update.edits);
            await calculate(context);
            const checks = await cellOf(context, "chk_master");
            groups.push(checks === undefined || Number(checks) === 1 ? update.log.passing : update.log.failing);
            await write(context, groups[1]);
        }
        catch (reason) {
            for (const group of groups)
                await write(context, group, "old").catch(() => undefined);
            throw new Error(`Nothing was changed; Excel does not allow it: ${reason.message}`);
        }
        return [`Done: ${update.sentence}.`, ...kept(update)];
    });
}
