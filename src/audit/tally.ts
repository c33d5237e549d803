// Counts what the rules found: by rule, by task, by what belongs together. A file is counted at a time, because two
// files may use one id for different tasks; between files only sums and the worst few are kept.

import type { Finding, ReasonCode } from "../core/index.ts";
import { lensOf } from "./lens.ts";
import type { Lens } from "./lens.ts";
import type { Notes } from "./notes.ts";
import type { Sight, Words } from "./sight.ts";
import { Span } from "./span.ts";

/** Findings that belong together. `size` is what the lens measures; `otherWork` counts those to be checked first. */
export type Group = {
  readonly file: string;
  readonly id: string;
  readonly title: string;
  readonly by: string | null;
  count: number;
  otherWork: number;
  size: number;
  readonly span: Span;
};

/** What one rule found, over all files so far. */
export type RuleTally = {
  readonly code: ReasonCode;
  readonly lens: Lens;
  findings: number;
  tasks: number;
  otherWork: number;
  readonly span: Span;
  /** Moves in the file's own words, with how often. */
  readonly moves: Map<string, number>;
  groups: number;
  worst: readonly Group[];
  readonly here: { readonly tasks: Set<string>; readonly groups: Map<string, Group> };
};

/** What is kept of each rule's groups; more than anybody reads, and a bound. */
const WORST_MAX = 1_000;

export class Tally {
  readonly rules: Map<ReasonCode, RuleTally> = new Map();
  tasks = 0;
  /** Tasks with a finding that is not doubtful, and those among them that would not have been made. */
  broken = 0;
  unmade = 0;
  readonly #notes: Notes;
  #file = "";
  readonly #broken: Set<string> = new Set();
  readonly #unmade: Set<string> = new Set();
  /** Ids of earlier files, and of this one; kept only where there are more files. */
  readonly #ids: { readonly earlier: Set<string>; readonly here: Set<string> } | null;

  constructor(notes: Notes, moreFiles: boolean) {
    this.#notes = notes;
    this.#ids = moreFiles ? { earlier: new Set(), here: new Set() } : null;
  }

  /** A task told for the first time in its file. */
  seen({ task, author }: Sight): void {
    this.tasks += 1;
    if (author === null) this.#notes.unnamed += 1;
    if (this.#ids === null) return;
    this.#ids.here.add(task);
    if (this.#ids.earlier.has(task)) this.#notes.idsInMoreFiles += 1;
  }

  add(finding: Finding, sight: Sight, atMs: number, words: Words | null): void {
    const { code } = finding;
    // The table has the edge for another hand; no file tells whose hand it was.
    if (code === "lifecycle.not_yours") return this.#notes.addOtherHand(words);
    const rule = this.rules.get(code) ?? this.#newRule(code);
    const otherWork = sight.otherWork && words !== null ? 1 : 0;
    rule.findings += 1;
    rule.otherWork += otherWork;
    rule.span.add(atMs);
    rule.here.tasks.add(sight.task);
    if (words !== null && !code.startsWith("lineage.")) addOne(rule.moves, `${words.from} -> ${words.to}`);
    this.#addToGroup(rule, finding, sight, atMs, otherWork);
    if (rule.lens.weak === true || otherWork > 0) return;
    this.#broken.add(sight.task);
    if (rule.lens.unmade === true) this.#unmade.add(sight.task);
  }

  startFile(file: string): void {
    this.#file = file;
  }

  /** Sums up the file; ids seen afterwards are other tasks. */
  endFile(): void {
    this.broken += this.#broken.size;
    this.unmade += this.#unmade.size;
    this.#broken.clear();
    this.#unmade.clear();
    for (const id of this.#ids?.here ?? []) this.#ids?.earlier.add(id);
    this.#ids?.here.clear();
    for (const rule of this.rules.values()) {
      rule.tasks += rule.here.tasks.size;
      rule.groups += rule.here.groups.size;
      rule.worst = [...rule.worst, ...rule.here.groups.values()].toSorted(worstFirst).slice(0, WORST_MAX);
      rule.here.tasks.clear();
      rule.here.groups.clear();
    }
  }

  #newRule(code: ReasonCode): RuleTally {
    const here = { tasks: new Set<string>(), groups: new Map<string, Group>() };
    const counts = { findings: 0, tasks: 0, otherWork: 0, groups: 0 };
    const rule: RuleTally = {
      code,
      lens: lensOf(code),
      ...counts,
      span: new Span(),
      moves: new Map(),
      worst: [],
      here,
    };
    this.rules.set(code, rule);
    return rule;
  }

  #addToGroup({ lens, here }: RuleTally, finding: Finding, sight: Sight, atMs: number, otherWork: number): void {
    const { key, id, title, by } = lens.subject(finding, sight);
    let group = here.groups.get(key);
    if (group === undefined) {
      group = { file: this.#file, id, title, by, count: 0, otherWork: 0, size: 0, span: new Span() };
      here.groups.set(key, group);
    }
    group.count += 1;
    group.otherWork += otherWork;
    group.size =
      lens.sizeOf === undefined ? group.count - group.otherWork : Math.max(group.size, lens.sizeOf(finding, sight));
    group.span.add(atMs);
  }
}

function addOne(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** The larger first; among equals the earlier, then the smaller id, so that the same file always gives the same order. */
function worstFirst(a: Group, b: Group): number {
  return b.size - a.size || b.count - a.count || a.span.firstMs - b.span.firstMs || (a.id < b.id ? -1 : 1);
}
