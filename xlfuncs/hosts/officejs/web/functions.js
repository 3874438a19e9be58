// The worksheet functions of xlfuncs in Excel: calls are sent to the local server in batches, and their results cached.
"use strict";

(() => {
  const GIVES_CELLS = /* from the registry */ {};
  const MOST_CALLS = 1000; // in a request
  const MOST_TEXT = 1_000_000; // characters of a request; the server takes 5 MB
  const AT_ONCE = 4; // requests
  const BATCH_DELAY = 5; // milliseconds: Excel calls cell by cell
  const CACHE_SIZE = 50_000; // results
  const TOKEN_KEY = "xlfuncs-token"; // in the session storage
  const TRIES = 6; // while the server is busy

  const ERRORS = {
    "#VALUE!": "invalidValue",
    "#N/A": "notAvailable",
    "#NUM!": "invalidNumber",
    "#DIV/0!": "divisionByZero",
    "#NULL!": "nullReference",
  };
  const WITH_MESSAGE = new Set(["invalidValue", "notAvailable"]); // the only ones for which Excel accepts a message

  const cache = new Map(); // the call as text -> the promise of its answer
  let version = ""; // of the server that gave the cached results
  let waiting = [];
  let timer = null;
  let running = 0;
  const ready = [];

  const tokenInAddress = new URLSearchParams(globalThis.location?.search ?? "").get("token");
  const token = tokenInAddress ?? globalThis.sessionStorage?.getItem(TOKEN_KEY) ?? "";
  const server = globalThis.location?.origin ?? "";

  function encodeCell(value) {
    if (value === null || value === undefined) return null;
    return typeof value === "object" ? { error: value.code ?? "#VALUE!" } : value;
  }

  function encodeCells(value) {
    if (!Array.isArray(value)) return encodeCell(value);
    const rows = value.map((row) => (Array.isArray(row) ? row.map(encodeCell) : [encodeCell(row)]));
    return rows.length === 1 && rows[0].length === 1 ? rows[0][0] : rows;
  }

  // The answer of the server to a call: a value, rows of values, or {error, why}.
  function ask(name, values) {
    const call = JSON.stringify({ name, cells: values.map(encodeCells) });
    const known = cache.get(call);
    if (known) return known;
    const answer = new Promise((settle) => waiting.push({ call, settle }));
    cache.set(call, answer);
    if (cache.size > CACHE_SIZE) cache.delete(cache.keys().next().value);
    if (waiting.length >= MOST_CALLS) flush();
    else timer ??= setTimeout(flush, BATCH_DELAY);
    return answer;
  }

  function flush() {
    clearTimeout(timer);
    timer = null;
    let batch = [];
    let size = 0;
    for (const item of waiting) {
      if (batch.length && (batch.length === MOST_CALLS || size + item.call.length > MOST_TEXT)) {
        ready.push(batch);
        batch = [];
        size = 0;
      }
      batch.push(item);
      size += item.call.length;
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
    const answers = await requestAnswers(batch);
    batch.forEach(({ call, settle }, index) => {
      const answer = Array.isArray(answers) ? answers[index] : answers;
      if (answer?.transient) cache.delete(call);
      settle(answer);
    });
  }

  async function requestAnswers(batch) {
    const body = `{"calls":[${batch.map((item) => item.call).join(",")}]}`;
    try {
      const response = await post("/batch", body, "application/json");
      const answer = await response.json();
      if (!response.ok) return notAvailable(answer.error);
      if (version && version !== answer.version) cache.clear();
      version = answer.version;
      return answer.results;
    } catch {
      return notAvailable("The xlfuncs server does not answer; start it with: xlfuncs serve.");
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

  function notAvailable(why) {
    return { error: "#N/A", why, transient: true };
  }

  function toError(answer) {
    const known = ERRORS[answer.error];
    const name = known ?? "invalidValue"; // Excel takes no other error from a function
    const why = known ? answer.why : `${answer.error} ${answer.why ?? ""}`.trim();
    const code = CustomFunctions.ErrorCode[name];
    return WITH_MESSAGE.has(name) && why ? new CustomFunctions.Error(code, why) : new CustomFunctions.Error(code);
  }

  function toResult(value) {
    if (value === null) return ""; // Excel would show 0
    return typeof value === "object" ? toError(value) : value;
  }

  function worksheetFunction(name, givesCells) {
    return async (...values) => {
      values.pop(); // Excel's invocation
      while (values.length && (values.at(-1) === null || values.at(-1) === undefined)) values.pop();
      const answer = await ask(name, values);
      if (Array.isArray(answer)) return answer.map((row) => row.map(toResult));
      const value = toResult(answer);
      if (typeof value === "object") throw value;
      return givesCells ? [[value]] : value;
    };
  }

  // Remove the token from the address, which others may see; this tab keeps it.
  function hideToken() {
    sessionStorage.setItem(TOKEN_KEY, token);
    history.replaceState(null, "", location.pathname + location.hash);
  }

  globalThis.xlfuncs = { ask, post, hideToken };
  if (typeof CustomFunctions !== "undefined") {
    for (const [name, givesCells] of Object.entries(GIVES_CELLS)) {
      CustomFunctions.associate(name, worksheetFunction(name, givesCells));
    }
  }
})();
