// The value of a number, text, TRUE, FALSE, nothing, or an array constant; undefined for anything else.
export function literal(text) {
    if (text === "")
        return null;
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?$/i.test(text)) {
        return text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
    }
    if (/^"(?:[^"]|"")*"$/.test(text))
        return text.slice(1, -1).replaceAll('""', '"');
    if (/^(true|false)$/i.test(text))
        return text.toLowerCase() === "true";
    if (!/^\{.*\}$/s.test(text))
        return undefined;
    const rows = text.slice(1, -1).split(";").map((row) => row.split(",").map((cell) => literal(cell.trim())));
    return rows.flat().includes(undefined) ? undefined : rows;
}
