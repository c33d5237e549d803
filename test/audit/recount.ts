// Counts the findings in a history or a snapshot a second time, from the raw lines, in a way that shares nothing with
// the audit: no reader, no rule, no table, no masking expression of the project. Slow, plain, and to be believed.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Findings by code, and the tasks they fall on; `otherWork` by code where creation times say so. */
export type Recount = {
  readonly findings: { readonly [code: string]: number };
  readonly tasks: { readonly [code: string]: number };
  readonly otherWork: { readonly [code: string]: number };
  readonly ids: number;
  readonly lines: number;
};

type Line = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly at: number;
  readonly made: number;
  readonly title: string;
  readonly type: string;
  readonly author: string;
  readonly assignee: string;
  readonly parent: string;
  readonly origin: string;
};

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function members(value: unknown): Map<string, unknown> {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}

function rawLines(path: string): readonly Map<string, unknown>[] {
  const bytes = readFileSync(path);
  const whole = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => members(JSON.parse(line)));
}

function historyLine(raw: Map<string, unknown>): Line {
  const at = Date.parse(text(raw.get("at")));
  return {
    id: text(raw.get("id")),
    from: text(raw.get("from")),
    to: text(raw.get("to")),
    at,
    made: Math.min(at, Math.floor(Date.parse(text(raw.get("createdAt"))))),
    title: text(raw.get("title")),
    type: text(raw.get("type")),
    author: text(raw.get("createdBy")),
    assignee: text(raw.get("assignee")),
    parent: text(items(raw.get("parents"))[0]),
    origin: text(items(raw.get("discoveredFrom"))[0]),
  };
}

function snapshotLine(raw: Map<string, unknown>): Line {
  const linked = (type: string): string =>
    text(
      items(raw.get("dependencies"))
        .map(members)
        .find((one) => one.get("type") === type)
        ?.get("depends_on_id"),
    );
  const made = Math.floor(Date.parse(text(raw.get("created_at"))));
  return {
    id: text(raw.get("id")),
    from: "",
    to: text(raw.get("status")),
    at: made,
    made,
    title: text(raw.get("title")),
    type: text(raw.get("original_type")) || text(raw.get("issue_type")),
    author: text(raw.get("created_by")),
    assignee: text(raw.get("assignee")),
    parent: linked("parent-child"),
    origin: linked("discovered-from"),
  };
}

/** Numbers, ids and hex masked, a character class at a time: words of letters, digits and underscores, and the rest. */
export function maskedByHand(title: string): string {
  const plain = title
    .normalize("NFKC")
    .toLowerCase()
    .split(/\s/u)
    .filter((word) => word !== "")
    .join(" ");
  const words = plain.split(/(?<=\w)(?=\W)|(?<=\W)(?=\w)/);
  const isHex = (word: string): boolean => [...word].every((letter) => "0123456789abcdef".includes(letter));
  const hasDigit = (word: string): boolean => [...word].some((letter) => letter >= "0" && letter <= "9");
  const isName = (word: string): boolean =>
    word.length <= 8 && word !== "" && [...word].every((letter) => letter >= "a" && letter <= "z");
  const out: string[] = [];
  for (const word of words) {
    const before = out.at(-1) === "-" ? (out.at(-2) ?? "") : "";
    if (isHex(word) && hasDigit(word) && word.length >= 6) out.push("#");
    else if (hasDigit(word) && !word.includes("_") && isName(before)) out.splice(-2, 2, "#");
    else out.push(word);
  }
  return digitsMasked(out.join(""));
}

/** Runs of digits, with single dots, commas and colons between digits, become one mark. */
function digitsMasked(line: string): string {
  const letters = [...line];
  const isDigit = (index: number): boolean => (letters[index] ?? "x") >= "0" && (letters[index] ?? "x") <= "9";
  let out = "";
  for (let at = 0; at < letters.length; at += 1) {
    if (!isDigit(at)) {
      out += letters[at];
      continue;
    }
    while (isDigit(at) || (isDigit(at - 1) && isDigit(at + 1) && [".", ",", ":"].includes(letters[at] ?? ""))) at += 1;
    at -= 1;
    out += "#";
  }
  return out;
}

class Sums {
  readonly #findings: Map<string, number> = new Map();
  readonly #tasks: Map<string, Set<string>> = new Map();
  readonly #otherWork: Map<string, number> = new Map();

  add(code: string, id: string, otherWork = false): void {
    this.#findings.set(code, (this.#findings.get(code) ?? 0) + 1);
    this.#tasks.set(code, (this.#tasks.get(code) ?? new Set()).add(id));
    if (otherWork) this.#otherWork.set(code, (this.#otherWork.get(code) ?? 0) + 1);
  }

  recount(ids: number, lines: number): Recount {
    const tasks = [...this.#tasks].map(([code, all]) => [code, all.size] as const);
    return {
      findings: Object.fromEntries(this.#findings),
      tasks: Object.fromEntries(tasks),
      otherWork: Object.fromEntries(this.#otherWork),
      ids,
      lines: lines,
    };
  }
}

/** Busywork, self-made work and depth: what can be told from who made what, when, below what. */
function countMade(made: readonly Line[], parents: ReadonlyMap<string, string>, sums: Sums): void {
  const ofDay = new Map<string, number>();
  const known = new Map(made.map((line) => [line.id, line]));
  for (const line of made) {
    const day = new Date(line.made).toISOString().slice(0, 10);
    const key = [line.author, day, maskedByHand(line.title)].join("|");
    ofDay.set(key, (ofDay.get(key) ?? 0) + 1);
    if ((ofDay.get(key) ?? 0) > 5) sums.add("lineage.template_repeated", line.id);
    const agent = line.assignee || line.author;
    const above = [line.parent, line.origin]
      .map((id) => known.get(id))
      .filter((one) => one !== undefined && isEarlier(one, line));
    const own = above.some(
      (one) => agent !== "" && (one?.assignee || one?.author) === agent && one?.type === line.type,
    );
    if (own) sums.add("lineage.identity_loop", line.id);
    if (depthOf(line.id, parents) > 6) sums.add("lineage.depth_exceeded", line.id);
  }
}

function isEarlier(one: Line, other: Line): boolean {
  return one.at < other.at || (one.at === other.at && one.made <= other.made);
}

/** Steps up to the last parent that is told; a cycle has no depth. */
function depthOf(id: string, parents: ReadonlyMap<string, string>): number {
  let depth = 0;
  for (let up = parents.get(id); up !== undefined && parents.has(up); up = parents.get(up)) {
    if (up === id || depth > 1_000) return 0;
    depth += 1;
  }
  return depth;
}

const WORKED_ON = ["in_progress", "hooked"];
const OVER = ["closed", "done"];

/** The finding of one move between two words, by hand from the words' meanings; "" where there is none. */
function moveCode(from: string, to: string): string {
  if (from === to || from === "tombstone") return "";
  if (OVER.includes(from)) return to === "tombstone" || OVER.includes(to) ? "" : "lifecycle.terminal";
  if (OVER.includes(to)) return WORKED_ON.includes(from) ? "" : "lifecycle.transition_skipped";
  return "";
}

/** Counts a history again. */
export function recountHistory(path: string): Recount {
  const lines = rawLines(path).map(historyLine);
  const sums = new Sums();
  const first = new Map<string, Line>();
  const madeLast = new Map<string, number>();
  const parents = new Map<string, string>();
  for (const line of lines) {
    const { id, from, to } = line;
    const madeBefore = madeLast.get(id);
    const otherWork = madeBefore !== undefined && Math.abs(line.made - madeBefore) >= 1_000;
    if (madeBefore === undefined || otherWork) madeLast.set(id, line.made);
    if (!first.has(id)) first.set(id, line);
    parents.set(id, line.parent || (parents.get(id) ?? ""));
    if (from === "" && OVER.includes(to)) sums.add("lifecycle.first_sight_ended", id);
    const code = from === "" ? "" : moveCode(from, to);
    if (code !== "") sums.add(code, id, otherWork);
  }
  countMade([...first.values()], parents, sums);
  return sums.recount(first.size, lines.length);
}

/** Counts a snapshot again. */
export function recountSnapshot(path: string): Recount {
  const lines = rawLines(path).map(snapshotLine);
  const sums = new Sums();
  countMade(lines, new Map(lines.map(({ id, parent }) => [id, parent])), sums);
  return sums.recount(new Set(lines.map(({ id }) => id)).size, lines.length);
}
