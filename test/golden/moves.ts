// The moves of a golden story: one maker a kind of command, over few names, so that they meet. Frozen: any change here
// changes the golden logs.

import type { Request, RequestType } from "../../src/kernel/index.ts";
import type { Random } from "../support/random.ts";

/** What the story's hands know from the answers so far. */
export type Known = {
  readonly tasks: string[];
  /** Who holds what, as far as the answers told, and under which fence. */
  readonly held: Map<string, { readonly agent: string; readonly fence: number }>;
  /** Open reservations, and who made them. */
  readonly reserved: Map<string, string>;
  /** Refusals that a human may answer. */
  readonly refusals: string[];
  readonly halted: Set<string>;
  at: number;
  made: number;
};

export const AGENTS = ["a-1", "a-2", "grüße-3", "エージェント-4"];
const TITLES = [
  "write the parser",
  "Prüfe größere Zahlen",
  "解析器を書く",
  "исправить сборку",
  "اكتب الاختبار",
  "naïve 𝔘 café",
  "ﬁx Ⅷ №7",
];
const KINDS = ["feature", "test", "docs"];
const WORDS = ["because it must be", "weil es muss — „bald“", "そのため", "потому что", "line one\nline two 🙂"];
const RUNS = ["run-1", "läuft-2"];
const EMPTY = "T-1";
const RECENT = 10;

const some = (dice: Random, percent: number): boolean => dice.below(100) < percent;
const maybe = <T>(dice: Random, percent: number, make: () => T): T | undefined =>
  some(dice, percent) ? make() : undefined;

function task(dice: Random, { tasks }: Known): string {
  if (tasks.length === 0) return EMPTY;
  return some(dice, 75) ? dice.pick(tasks.slice(-RECENT)) : some(dice, 95) ? dice.pick(tasks) : "T-999";
}

/** A task that this hand holds, mostly. */
function own(dice: Random, known: Known, actor: string): string {
  const mine = [...known.held].filter(([, { agent }]) => agent === actor).map(([id]) => id);
  return mine.length > 0 && some(dice, 90) ? dice.pick(mine) : task(dice, known);
}

/** A reservation of this hand's, mostly. */
function reservation(dice: Random, { reserved }: Known, actor: string): string {
  const mine = [...reserved].filter(([, agent]) => agent === actor || some(dice, 5)).map(([id]) => id);
  return mine.length === 0 ? "r-1" : dice.pick(mine);
}

const last = (dice: Random, ids: readonly string[], none: string): string =>
  ids.length === 0 ? none : dice.pick(ids.slice(-RECENT));

function amounts(dice: Random): { readonly tokens?: number | undefined; readonly costMicros?: number | undefined } {
  return { tokens: maybe(dice, 60, () => dice.below(900)), costMicros: maybe(dice, 60, () => dice.below(400_000)) };
}

const CALLS = ["npm test", "cat src/läufer.ts", "git status", "sed -i s/a/b/ x.ts", "curl https://example.org/status"];

function call(dice: Random): { readonly tool?: string | undefined; readonly call?: string | undefined } {
  return some(dice, 70) ? { tool: "Bash", call: dice.pick(CALLS) } : {};
}

function scope(dice: Random, known: Known): string {
  const kind = dice.below(8);
  if (kind < 3) return `agent/${dice.pick(AGENTS)}`;
  if (kind === 3) return "workspace";
  return kind < 6 ? `task/${task(dice, known)}` : `lineage/${task(dice, known)}`;
}

const halted = (dice: Random, known: Known): string =>
  known.halted.size === 0 ? scope(dice, known) : dice.pick([...known.halted]);

function admission(dice: Random): Extract<Request, { readonly type: "create_task" }>["body"]["admission"] {
  if (some(dice, 30)) return undefined;
  return {
    consumer: "the release team",
    painPoint: some(dice, 15) ? "tbd" : "Zeilen mit Tabs brechen ab",
    expectedValue: "fewer failed runs",
    validationPath: "npm test passes",
  };
}

type Move = (dice: Random, known: Known, actor: string) => Request;

export type MoveName = Exclude<RequestType, "adopt_policy"> | "loop";

/** The same step again and again is what the rules against loops are for; the story sends this one many times. */
const loop: Move = (dice, known, actor) => ({
  type: "record_step",
  body: { task: own(dice, known, actor), tool: "Bash", call: "npm test", result: "1 failing", failed: true },
});

export const MOVES: Readonly<Record<MoveName, Move>> = {
  loop,
  create_task: (dice, known, actor) => ({
    type: "create_task",
    body: {
      task: maybe(dice, 8, () => `größe-${(known.made += 1)}`),
      title: `${dice.pick(TITLES)} ${dice.below(some(dice, 30) ? 3 : 10_000)}`,
      kind: dice.pick(KINDS),
      text: maybe(dice, 30, () => dice.pick(WORDS)),
      state: maybe(dice, 8, () => dice.pick(["backlog", "done", "flying"])),
      parent: maybe(dice, 60, () => own(dice, known, actor)),
      createdBy: maybe(dice, 12, () => task(dice, known)),
      assignee: maybe(dice, 25, () => dice.pick(AGENTS)),
      priority: maybe(dice, 30, () => dice.below(5)),
      needs: maybe(dice, 10, () => ["rust"]),
      blockedBy: maybe(dice, 12, () => [task(dice, known)]),
      limits: maybe(dice, 8, () => ({ steps: 2 + dice.below(9) })),
      deadlineAt: maybe(dice, 6, () => known.at + dice.below(7_200_000)),
      admission: admission(dice),
    },
  }),
  start_incarnation: (dice) => ({
    type: "start_incarnation",
    body: { restoredFrom: { sequence: 1 + dice.below(9), hash: "0f".repeat(32) } },
  }),
  edit_task: (dice, known) => ({
    type: "edit_task",
    body: {
      task: task(dice, known),
      priority: dice.below(5),
      blockedBy: maybe(dice, 40, () => [task(dice, known)]),
      deadlineAt: maybe(dice, 20, () => known.at + dice.below(7_200_000)),
    },
  }),
  assign_task: (dice, known) => ({
    type: "assign_task",
    body: { task: task(dice, known), assignee: maybe(dice, 85, () => dice.pick(AGENTS)), reason: dice.pick(WORDS) },
  }),
  place_task: (dice, known) => ({ type: "place_task", body: { task: task(dice, known), parent: task(dice, known) } }),
  claim_task: (dice, known) => ({ type: "claim_task", body: { task: maybe(dice, 60, () => task(dice, known)) } }),
  renew_lease: (dice, known, actor) => ({ type: "renew_lease", body: { task: own(dice, known, actor) } }),
  move_task: (dice, known, actor) => ({
    type: "move_task",
    body: {
      task: own(dice, known, actor),
      to: dice.pick(["todo", "in_progress", "in_review", "blocked", "done", "cancelled", "flying"]),
      reason: maybe(dice, 70, () => dice.pick(WORDS)),
      lesson: maybe(dice, 40, () => ({ what: "größere Blöcke lesen", workaround: maybe(dice, 50, () => "回避策") })),
    },
  }),
  release_task: (dice, known, actor) => ({
    type: "release_task",
    body: {
      task: own(dice, known, actor),
      cause: dice.pick(["given_back", "failed", "crashed", "rate_limited", "timed_out"]),
    },
  }),
  reopen_task: (dice, known) => ({ type: "reopen_task", body: { task: task(dice, known), reason: "noch einmal" } }),
  reserve_step: (dice, known, actor) => ({
    type: "reserve_step",
    body: { task: own(dice, known, actor), ...call(dice), ...amounts(dice), started: some(dice, 40) },
  }),
  settle_step: (dice, known, actor) => ({
    type: "settle_step",
    body: {
      reservation: reservation(dice, known, actor),
      ...amounts(dice),
      result: maybe(dice, 60, () => dice.pick(WORDS)),
      failed: some(dice, 30),
      next: maybe(dice, 40, () => ({ task: own(dice, known, actor), ...call(dice), ...amounts(dice) })),
    },
  }),
  cancel_step: (dice, known, actor) => ({
    type: "cancel_step",
    body: { reservation: reservation(dice, known, actor) },
  }),
  record_step: (dice, known, actor) => ({
    type: "record_step",
    body: {
      task: own(dice, known, actor),
      ...call(dice),
      ...amounts(dice),
      result: maybe(dice, 60, () => `${dice.pick(WORDS)} ${dice.below(50)}`),
      failed: some(dice, 20),
      handBack: some(dice, 10),
    },
  }),
  record_evidence: (dice, known) => ({
    type: "record_evidence",
    body: {
      task: task(dice, known),
      what: "command",
      name: "npm test",
      exitCode: dice.below(2),
      output: dice.pick(WORDS),
    },
  }),
  start_run: (dice) => ({ type: "start_run", body: { run: dice.pick(RUNS) } }),
  end_run: (dice) => ({ type: "end_run", body: { run: dice.pick(RUNS), reason: dice.pick(WORDS) } }),
  register_agent: (dice) => ({
    type: "register_agent",
    body: { agent: dice.pick(AGENTS), capabilities: some(dice, 60) ? ["rust", "größe"] : [] },
  }),
  sleep_agent: (dice) => ({
    type: "sleep_agent",
    body: { agent: dice.pick(AGENTS), timeoutMs: maybe(dice, 70, () => dice.below(900_000)), reason: dice.pick(WORDS) },
  }),
  wake_agent: (dice) => ({ type: "wake_agent", body: { agent: dice.pick(AGENTS), reason: "Arbeit" } }),
  halt_scope: (dice, known) => ({ type: "halt_scope", body: { scope: scope(dice, known), reason: dice.pick(WORDS) } }),
  resume_scope: (dice, known) => ({ type: "resume_scope", body: { scope: halted(dice, known) } }),
  approve_request: (dice, known) => ({
    type: "approve_request",
    body: { decision: last(dice, known.refusals, "d-1"), reason: dice.pick(WORDS) },
  }),
  deny_request: (dice, known) => ({
    type: "deny_request",
    body: { decision: last(dice, known.refusals, "d-1"), reason: "nein" },
  }),
  mark_wrong: (dice, known) => ({ type: "mark_wrong", body: { decision: last(dice, known.refusals, "d-1") } }),
  sweep: () => ({ type: "sweep", body: {} }),
  record_fact: (dice, known) => ({
    type: "record_fact",
    body: {
      task: `seen-${dice.below(12)}`,
      from: maybe(dice, 60, () => dice.pick(["todo", "in_progress", "in_review"])),
      to: dice.pick(["todo", "in_progress", "in_review", "done", "blocked"]),
      occurredAt: known.at - dice.below(86_400_000),
      title: maybe(dice, 60, () => dice.pick(TITLES)),
      parent: maybe(dice, 30, () => `seen-${dice.below(12)}`),
      author: maybe(dice, 50, () => dice.pick(AGENTS)),
      assignee: maybe(dice, 50, () => dice.pick(AGENTS)),
    },
  }),
};
