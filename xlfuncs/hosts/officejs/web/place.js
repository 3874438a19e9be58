// A button that selects a cell.
import { select } from "./book.js";
import { button } from "./catalogue.js";
export function cellButton({ sheet, cell }) {
    const first = cell.split(/[, ]/)[0];
    return button(`${sheet}!${cell}`, () => select(sheet, first), { class: "place" });
}
