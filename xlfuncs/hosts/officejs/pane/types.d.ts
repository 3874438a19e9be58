// What the server and the pages tell each other.
export interface Fault {
  error: string;
  why?: string;
}
export type Cell = number | string | boolean | null | Fault;
export type Value = Cell | Cell[][];

export interface Argument {
  name: string;
  meaning: string;
  unit: string;
  domain: string;
  default: string | null;
  shape: string;
}

export interface Card {
  name: string;
  namespace: string;
  category: string;
  summary: string;
  description: string;
  signature: string;
  formula: string;
  not_for: string;
  source: string;
  url: string;
  returns: { shape: string; unit: string; columns: string[] };
  arguments: Argument[];
  options: Record<string, (string | number)[]>;
  bounds: Record<string, [number, number]>;
  examples: { call: string; cells: Value[]; gives: Value }[];
}

export interface Finding {
  rule: string;
  severity: string;
  sheet: string;
  cell: string;
  why: string;
}

export interface Edit {
  sheet: string;
  cell: string;
  old: Cell;
  new: Cell;
  key?: string;
  what?: string;
  shown?: [Cell, Cell];
}

export interface Update {
  declared: boolean;
  sentence: string;
  edits: Edit[];
  kept: { key: string; sheet: string; cell: string; why: string; conflict: boolean }[];
  log: { passing: Edit[]; failing: Edit[] };
}

export interface Given {
  address: string;
  row: number;
  column: number;
  rows: Cell[][];
}

// Of cells that are too many to show.
export interface Size {
  rows: number;
  columns: number;
}

// The first cell of what a formula gives, the first error in it, and the call to look at.
export interface Explanation {
  wanted?: string[];
  first: Cell;
  fault: Fault | null;
  call: { name: string; cells: (Value | Size)[]; value: Value | Size; fault: Fault | null } | null;
}

declare global {
  const xlfuncs: {
    ask(name: string, cells: Value[]): Promise<Value>;
    post(path: string, body: BodyInit, kind: string): Promise<Response>;
    hideToken(): void;
  };
}
