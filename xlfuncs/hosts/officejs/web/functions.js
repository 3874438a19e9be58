// The worksheet functions of xlfuncs in Excel: calls are gathered, asked of the local server in few requests, and
// their results remembered.
"use strict";

(() => {
  const GIVES_CELLS = /* from the registry */ {};
  const MOST_CALLS = 1000; // in a request
  const MOST_TEXT = 1_000_000; // characters of a request; the server takes 5 MB
  const AT_ONCE = 4; // requests
  const GATHERING = 5; // milliseconds: Excel calls cell by cell
  const KEPT = 50_000; // results
  const KEPT_AS = "xlfuncs-token";
  const TRIES = 6; // while the server is busy

  const ERRORS = {
    "#VALUE!": "invalidValue",
    "#N/A": "notAvailable",
    "#NUM!": "invalidNumber",
    "#DIV/0!": "divisionByZero",
    "#NULL!": "nullReference",
  };
  const WITH_SENTENCE = new Set(["invalidValue", "notAvailable"]); // the only ones that Excel lets say why

  const memo = new Map(); // the call as text -> the promise of its answer
  let version = ""; // of the server whose results these are
  let waiting = [];
  let timer = null;
  let running = 0;
  const ready = [];

  const given = new URLSearchParams(globalThis.location?.search ?? "").get("token");
  const token = given ?? globalThis.sessionStorage?.getItem(KEPT_AS) ?? "";
  const server = globalThis.location?.origin ?? "";

  function cell(value) {
    if (value === null || value === undefined) return null;
    return typeof value === "object" ? { error: value.code ?? "#VALUE!" } : value;
  }

  function cells(value) {
    if (!Array.isArray(value)) return cell(value);
    const rows = value.map((row) => (Array.isArray(row) ? row.map(cell) : [cell(row)]));
    return rows.length === 1 && rows[0].length === 1 ? rows[0][0] : rows;
  }

  // The answer of the server to a call: a value, rows of values, or {error, why}.
  function ask(name, values) {
    const call = JSON.stringify({ name, cells: values.map(cells) });
    const known = memo.get(call);
    if (known) return known;
    const answer = new Promise((settle) => waiting.push({ call, settle }));
    memo.set(call, answer);
    if (memo.size > KEPT) memo.delete(memo.keys().next().value);
    if (waiting.length >= MOST_CALLS) flush();
    else timer ??= setTimeout(flush, GATHERING);
    return answer;
  }

  function flush() {
    clearTimeout(timer);
    timer = null;
    let batch = [];
    let size = 0;
    for (const one of waiting) {
      if (batch.length && (batch.length === MOST_CALLS || size + one.call.length > MOST_TEXT)) {
        ready.push(batch);
        batch = [];
        size = 0;
      }
      batch.push(one);
      size += one.call.length;
    }
    if (batch.length) ready.push(batch);
    waiting = [];
    next();
  }

  function next() {
    while (running < AT_ONCE && ready.length) {
      running += 1;
      send(ready.shift()).finally(() => {
        running -= 1;
        next();
      });
    }
  }

  async function send(batch) {
    const answers = await answersOf(batch);
    batch.forEach(({ call, settle }, at) => {
      const answer = Array.isArray(answers) ? answers[at] : answers;
      if (answer?.transient) memo.delete(call);
      settle(answer);
    });
  }

  async function answersOf(batch) {
    const body = `{"calls":[${batch.map((one) => one.call).join(",")}]}`;
    try {
      const response = await post("/batch", body, "application/json");
      const answer = await response.json();
      if (!response.ok) return refused(answer.error);
      if (version && version !== answer.version) memo.clear();
      version = answer.version;
      return answer.results;
    } catch {
      return refused("The xlfuncs server does not answer; start it with: xlfuncs serve.");
    }
  }

  async function post(path, body, type) {
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(server + path, {
        method: "POST",
        headers: { "Content-Type": type, "X-Xlfuncs-Token": token },
        body,
      });
      if (response.status !== 503 || tries === TRIES) return response;
      const seconds = Number(response.headers.get("Retry-After")) || 1;
      await new Promise((later) => setTimeout(later, seconds * 1000));
    }
  }

  function refused(why) {
    return { error: "#N/A", why, transient: true };
  }

  function errorOf(answer) {
    const known = ERRORS[answer.error];
    const name = known ?? "invalidValue"; // Excel takes no other error from a function
    const why = known ? answer.why : `${answer.error} ${answer.why ?? ""}`.trim();
    const code = CustomFunctions.ErrorCode[name];
    return WITH_SENTENCE.has(name) && why ? new CustomFunctions.Error(code, why) : new CustomFunctions.Error(code);
  }

  function shown(value) {
    if (value === null) return ""; // Excel would show 0
    return typeof value === "object" ? errorOf(value) : value;
  }

  function worksheetFunction(name, givesCells) {
    return async (...values) => {
      values.pop(); // Excel's invocation
      while (values.length && (values.at(-1) === null || values.at(-1) === undefined)) values.pop();
      const answer = await ask(name, values);
      if (Array.isArray(answer)) return answer.map((row) => row.map(shown));
      const value = shown(answer);
      if (typeof value === "object") throw value;
      return givesCells ? [[value]] : value;
    };
  }

  // Take the token out of the address, which others may see; this tab keeps it.
  function hideToken() {
    sessionStorage.setItem(KEPT_AS, token);
    history.replaceState(null, "", location.pathname + location.hash);
  }

  globalThis.xlfuncs = { ask, post, hideToken };
  if (typeof CustomFunctions !== "undefined") {
    for (const [name, givesCells] of Object.entries(GIVES_CELLS)) {
      CustomFunctions.associate(name, worksheetFunction(name, givesCells));
    }
  }
})();
