// Excel as a caller of functions.js: every argument a matrix, null for one left out, the invocation last. Reads
// {origin, token, functions, cases, alone} from standard input; writes {results, requests, again, ms}.
import fs from "node:fs";
import vm from "node:vm";

const { origin, token, metadata, script, cases, alone } = JSON.parse(fs.readFileSync(0, "utf8"));

const CODES = {
  invalidValue: "#VALUE!", notAvailable: "#N/A", invalidNumber: "#NUM!", divisionByZero: "#DIV/0!",
  nullReference: "#NULL!", invalidName: "#NAME?", invalidReference: "#REF!",
};
class ExcelError {
  constructor(code, message) {
    if (!Object.values(CODES).includes(code)) throw new Error(`no code: ${code}`);
    if (message !== undefined && !["#VALUE!", "#N/A"].includes(code)) throw new Error(`${code} has no message`);
    this.code = code;
    this.message = message;
  }
}

const functions = {};
let requests = 0;
globalThis.CustomFunctions = {
  ErrorCode: CODES,
  Error: ExcelError,
  associate: (id, body) => { functions[id] = body; },
};
Object.assign(globalThis, { location: new URL(`${origin}/pane.html?token=${token}`) });
const send = globalThis.fetch;
globalThis.fetch = (url, options) => {
  requests += 1;
  return send(url, { ...options, headers: { ...options.headers, Origin: origin } });
};
vm.runInThisContext(script, { filename: "functions.js" });

const declared = new Map(metadata.functions.map((one) => [one.id, one]));
if (Object.keys(functions).join() !== [...declared.keys()].join()) throw new Error("not every function is associated");

const given = (cell) => (cell !== null && typeof cell === "object" ? new ExcelError(cell.error) : cell);
const matrix = (value) => (Array.isArray(value) ? value.map((row) => row.map(given)) : [[given(value)]]);

function taken(value) {
  if (value instanceof ExcelError) return { error: value.code, why: value.message ?? null };
  if (!["number", "string", "boolean"].includes(typeof value)) throw new Error(`a cell cannot show ${value}`);
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error("not finite");
  return value;
}

async function cell([name, values]) {
  const { parameters, result } = declared.get(name);
  const padded = parameters.map((_, at) => (values[at] === null || at >= values.length ? null : matrix(values[at])));
  const invocation = { functionName: name, address: undefined };
  let value;
  try {
    value = await functions[name](...padded, invocation);
  } catch (error) {
    return taken(error);
  }
  if (result.dimensionality === "scalar") return taken(value);
  if (!value.length || value.some((row) => row.length !== value[0].length)) throw new Error("no rectangle");
  const rows = value.map((row) => row.map(taken));
  return rows.length === 1 && rows[0].length === 1 ? rows[0][0] : rows;
}

const began = performance.now();
const results = await Promise.all(cases.map(cell));
const ms = performance.now() - began;
const first = requests;
await Promise.all(cases.slice(0, 100).map(cell));
const again = requests - first;

let aloneMs = null;
if (alone) {
  const start = performance.now();
  const left = cases.slice();
  await Promise.all([1, 2, 3, 4].map(async () => {
    for (let one = left.pop(); one; one = left.pop()) {
      const body = JSON.stringify({ calls: [{ name: one[0], cells: one[1] }] });
      await (await xlfuncs.post("/batch", body, "application/json")).json();
    }
  }));
  aloneMs = performance.now() - start;
}
process.stdout.write(JSON.stringify({ results, requests: first, again, ms, aloneMs }));
