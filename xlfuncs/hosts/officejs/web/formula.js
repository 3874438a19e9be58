// What the pane reads of a formula: a call of ours in it, and literals.

// The outermost call of a known function: {name, arguments, whole}, or null.
export function callIn(formula, known) {
  const text = String(formula);
  if (!text.startsWith("=")) return null;
  const start = /(?:_xldudf_)?(?:XLFUNCS[._])?([A-Z][A-Z0-9_]{2,63})\(/gi;
  for (const match of text.matchAll(start)) {
    const name = match[1].toUpperCase();
    if (!known.has(name)) continue;
    const [parts, end] = split(text, match.index + match[0].length);
    return { name, arguments: parts, whole: match.index === 1 && end === text.length };
  }
  return null;
}

// The arguments from a place on, and the place after the closing bracket.
function split(text, start) {
  const parts = [];
  let depth = 0;
  let quote = "";
  let from = start;
  let at = start;
  for (; at < text.length; at += 1) {
    const sign = text[at];
    if (quote) quote = sign === quote ? "" : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if ("({".includes(sign)) depth += 1;
    else if (depth && ")}".includes(sign)) depth -= 1;
    else if (!depth && (sign === "," || sign === ")")) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
      if (sign === ")") break;
    }
  }
  return [parts, at + 1];
}

// {value} of a number, text, TRUE, FALSE, nothing, or an array constant; null for anything else.
export function literal(text) {
  if (text === "") return { value: null };
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?$/i.test(text)) {
    return { value: text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text) };
  }
  if (/^"(?:[^"]|"")*"$/.test(text)) return { value: text.slice(1, -1).replaceAll('""', '"') };
  if (/^(true|false)$/i.test(text)) return { value: text.toLowerCase() === "true" };
  if (!/^\{.*\}$/s.test(text)) return null;
  const rows = text.slice(1, -1).split(";").map((row) => row.split(",").map((cell) => literal(cell.trim())));
  return rows.flat().every(Boolean) ? { value: rows.map((row) => row.map((cell) => cell.value)) } : null;
}
