// A workbook behind the parts of Office.js that the pane uses. As in Excel, what is asked for happens at the next
// sync, and a property that was not loaded cannot be read. Set window.testBook before: {sheets, names, protected}.
"use strict";
(() => {
  const book = Object.assign({ sheets: {}, names: {}, passwords: {}, protected: [], writes: [], chosen: "Sheet1!C3" },
    window.testBook);
  book.sheets.Sheet1 ??= {};
  const fail = (message) => { throw new Error(message); };
  let queue = [];
  const sync = async () => {
    const now = queue;
    queue = [];
    for (const step of now) step();
    book.changing?.();
  };

  // An object of Office.js: `facts` can be read once loaded, `methods` at any time, `set` takes assignments.
  function proxy(facts, methods = {}, set = {}) {
    const loaded = new Map();
    return new Proxy({}, {
      get(_, name) {
        if (name === "load") {
          return (names) => queue.push(() => names.split(",").forEach((one) => {
            if (facts.isNullObject?.()) loaded.set(one, undefined);
            else if (one in facts) loaded.set(one, facts[one]());
            else fail(`InvalidArgument: ${one}`);
          }));
        }
        if (name === "then") return undefined;
        if (name in methods) return methods[name];
        if (name === "isNullObject") return facts.isNullObject?.() ?? false;
        if (!loaded.has(name)) fail(`PropertyNotLoaded: ${String(name)}`);
        return loaded.get(name);
      },
      set(_, name, value) {
        if (!(name in set)) fail(`no such property to set: ${name}`);
        queue.push(() => set[name](value));
        return true;
      },
    });
  }

  const number = (letters) => [...letters].reduce((sum, one) => 26 * sum + one.charCodeAt(0) - 64, 0);
  const letters = (column) => (column > 26 ? letters(Math.floor((column - 1) / 26)) : "")
    + String.fromCharCode(65 + ((column - 1) % 26));

  function corners(address) {
    const parts = address.toUpperCase().replaceAll("$", "").split(":").map((one) => one.match(/^([A-Z]*)([0-9]*)$/));
    if (!parts.every(Boolean)) return null;
    const [first, last] = [parts[0], parts.at(-1)];
    return [Number(first[2]) || 1, first[1] ? number(first[1]) : 1,
      Number(last[2]) || 1048576, last[1] ? number(last[1]) : 16384];
  }

  const none = () => proxy({ isNullObject: () => true }, {
    getRangeOrNullObject: none, getUsedRangeOrNullObject: none, worksheet: proxy({ name: () => "" }),
  });

  function range(sheet, [top, left, bottom, right], name) {
    const grid = () => {
      const rows = [];
      for (let row = top; row <= bottom; row += 1) {
        const cells = [];
        for (let column = left; column <= right; column += 1) {
          cells.push(book.sheets[sheet]?.[letters(column) + row] ?? { value: "" });
        }
        rows.push(cells);
      }
      return rows;
    };
    const kind = ({ value }) =>
      (value === "" ? "Empty" : /^#[A-Z/0!?]+/.test(value) ? "Error" : typeof value === "number" ? "Double"
        : typeof value === "boolean" ? "Boolean" : "String");
    const address = name ?? (top === bottom && left === right ? letters(left) + top
      : `${letters(left)}${top}:${letters(right)}${bottom}`);
    const each = (rows, put) => rows.forEach((row, r) => row.forEach((value, c) => {
      if (book.protected.includes(sheet)) fail(`AccessDenied: ${sheet} is protected.`);
      if (!book.sheets[sheet]) fail(`ItemNotFound: ${sheet}`);
      put(book.sheets[sheet][letters(left + c) + (top + r)] ??= { value: "" }, value);
      book.writes.push(`${sheet}!${letters(left + c)}${top + r}`);
    }));
    return proxy({
      address: () => `${/^\w+$/.test(sheet) ? sheet : `'${sheet}'`}!${address}`,
      rowIndex: () => top - 1,
      columnIndex: () => left - 1,
      values: () => grid().map((row) => row.map(({ value }) => value)),
      valueTypes: () => grid().map((row) => row.map(kind)),
      formulas: () => grid().map((row) => row.map(({ formula, value }) => formula || value)),
      isNullObject: () => false,
    }, {
      worksheet: worksheet(sheet),
      select: () => queue.push(() => { book.chosen = `${sheet}!${address}`; }),
      getSpillingToRange: () => {
        const spill = book.sheets[sheet]?.[address]?.spill;
        return spill ? range(sheet, corners(spill)) : fail("InvalidArgument");
      },
      getUsedRangeOrNullObject: () => {
        const used = Object.entries(book.sheets[sheet] ?? {}).filter(([, { value }]) => value !== "")
          .map(([one]) => corners(one))
          .filter(([row, column]) => row >= top && row <= bottom && column >= left && column <= right);
        if (!used.length) return none();
        const [rows, columns] = [used.map(([row]) => row), used.map(([, column]) => column)];
        return range(sheet, [Math.min(...rows), Math.min(...columns), Math.max(...rows), Math.max(...columns)]);
      },
    }, {
      values: (rows) => each(rows, (cell, value) => {
        if (typeof value === "string" && value.startsWith("=")) fail("a text became a formula");
        cell.value = typeof value === "string" ? value.replace(/^'/, "") : value;
        delete cell.formula;
      }),
      formulas: (rows) => each(rows, (cell, formula) => { cell.formula = formula; }),
    });
  }

  function names(scope) {
    return {
      getItemOrNullObject: (name) => {
        const found = Object.keys(book.names).find((one) => one.toLowerCase() === `${scope}${name}`.toLowerCase());
        if (!found) return none();
        const refers = book.names[found];
        const place = String(refers).match(/^=(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/);
        const get = () => range((place[1] ?? place[2]).replaceAll("''", "'"), corners(place[3]), place[3].replaceAll("$", ""));
        return proxy({
          type: () => (place ? "Range" : typeof refers === "number" ? "Double" : "String"),
          value: () => refers,
          isNullObject: () => false,
        }, { getRange: get, getRangeOrNullObject: () => (place ? get() : none()) });
      },
    };
  }

  function worksheet(sheet) {
    const there = sheet in book.sheets;
    return proxy({ name: () => sheet, isNullObject: () => !there }, {
      getRange: (address) => range(sheet, corners(address) ?? fail("InvalidArgument"), address.replaceAll("$", "")),
      names: names(`${sheet}!`),
      activate: () => queue.push(() => { book.active = sheet; }),
      protection: proxy({
        protected: () => book.protected.includes(sheet),
        options: () => ({ allowFormatColumns: true }),
      }, {
        unprotect: () => queue.push(() => {
          if (book.passwords[sheet]) fail("AccessDenied: the password is wrong.");
          book.protected = book.protected.filter((one) => one !== sheet);
        }),
        protect: (options) => queue.push(() => {
          if (!options.allowFormatColumns) fail("the options are lost");
          book.protected.push(sheet);
        }),
      }),
    });
  }

  const chosen = () => {
    const [sheet, address] = book.chosen.split("!");
    return range(sheet, corners(address));
  };
  const workbook = {
    getActiveCell: chosen,
    names: names(""),
    worksheets: { getItem: (name) => worksheet(name), getItemOrNullObject: (name) => worksheet(name) },
    functions: { date: () => proxy({ value: () => (book.dates1904 ? 35064 : 36526) }) },
    application: proxy({ calculationState: () => "Done" }, {
      calculate: () => queue.push(() => book.calculated?.()),
    }),
  };
  window.Excel = { run: async (work) => { queue = []; return work({ workbook, sync }); } };
  window.testBook = book;
  window.Office = {
    onReady: async () => ({ host: "Excel" }),
    FileType: { Compressed: "compressed" },
    AsyncResultStatus: { Succeeded: "succeeded" },
    context: { document: { getFileAsync: (type, options, done) => done({ status: "succeeded", value: {
      sliceCount: 1,
      closeAsync() {},
      getSliceAsync: (index, got) => got({ status: "succeeded", value: { data: window.testFile } }),
    } }) } },
  };
})();
