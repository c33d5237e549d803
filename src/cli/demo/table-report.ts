// The demo's table for people. Wide as it is meant to be; where the terminal is narrower, columns close up and the word
// "refused" gives way, so that no line wraps at 80.

import { styleText } from "node:util";
import { DAY_ONE_POLICY, dollars } from "../../core/index.ts";
import type { Policy } from "../../core/index.ts";
import { allHolds, problemOf, rowsHolding } from "./result.ts";
import type { DemoResult, Durations, Outcome } from "./result.ts";
import { DEMO_POLICY, WORKSPACE } from "./setting.ts";

export type TableOptions = {
  readonly colour: boolean;
  readonly columns: number;
  readonly env: { readonly [name: string]: string | undefined };
};

type Ink = "green" | "red" | "yellow" | "dim" | "bold";
type Paint = (ink: Ink, text: string) => string;
type Line = {
  readonly label: string;
  readonly without: string;
  readonly with: string;
  readonly note: string;
  readonly holds: boolean;
};
/** The columns where the two figures end and where the note begins. */
type Layout = { readonly withoutEnd: number; readonly withEnd: number; readonly note: number };

const WIDE: Layout = { withoutEnd: 45, withEnd: 54, note: 57 };
const HEADER: Line = { label: "", without: "without", with: "with", note: "", holds: true };

function lineOf(row: Outcome): Line {
  const problem = problemOf(row);
  const label = `${String(row.number).padStart(2)} ${row.name}`;
  return {
    label,
    without: row.without.shown,
    with: row.with.shown,
    note: problem === null ? row.with.note : `FAILED ${problem}`,
    holds: problem === null,
  };
}

/** The closest layout that keeps two blanks between columns. */
function closeLayout(lines: readonly Line[]): Layout {
  const withoutEnd = Math.max(...lines.map((line) => line.label.length + 2 + line.without.length));
  const withEnd = withoutEnd + 2 + Math.max(...lines.map((line) => line.with.length));
  return { withoutEnd, withEnd, note: withEnd + 2 };
}

function widest(lines: readonly Line[], { note }: Layout): number {
  return Math.max(...lines.map((line) => note + line.note.length));
}

function atLeast(a: Layout, b: Layout): Layout {
  const withoutEnd = Math.max(a.withoutEnd, b.withoutEnd);
  const withEnd = Math.max(a.withEnd, withoutEnd + b.withEnd - b.withoutEnd);
  return { withoutEnd, withEnd, note: withEnd + 3 };
}

function shortened(line: Line): Line {
  return { ...line, note: line.note.replace(/^refused /, "").replace(/ {2,}/g, " ") };
}

function rendered({ label, without, with: guarded, note, holds }: Line, layout: Layout, paint: Paint): string {
  const left = label + without.padStart(layout.withoutEnd - label.length);
  const right = guarded.padStart(layout.withEnd - layout.withoutEnd);
  const tail = note === "" ? "" : " ".repeat(layout.note - layout.withEnd) + note;
  if (label === "") return paint("dim", left + right);
  return holds ? left + paint("green", right) + paint("dim", tail) : left + paint("red", right + tail);
}

function table(rows: readonly Outcome[], columns: number, paint: Paint): readonly string[] {
  const lines = [HEADER, ...rows.map(lineOf)];
  const close = closeLayout(lines);
  const wide = atLeast(WIDE, close);
  if (widest(lines, wide) <= columns) return lines.map((line) => rendered(line, wide, paint));
  return lines.map((line) => rendered(shortened(line), close, paint));
}

function verified({ verify }: DemoResult): string {
  const events = `${verify.events.toLocaleString("en-US")} events`;
  if (verify.ok) return `${events}, chain intact, 0 rows differ`;
  const [first] = verify.findings;
  return `${events}, ${verify.found} FINDINGS, first at ${first?.at}: ${first?.problem}`;
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

function took({ p50Ms, p99Ms }: Durations): string {
  return `p50 ${ms(p50Ms)} ms  p99 ${ms(p99Ms)} ms`;
}

function moneyOf({ budget }: Policy): string {
  return dollars(budget.lineage.lifetime["costMicros"]?.hard ?? 0);
}

/** What the demo's policy changes, so that nobody takes it for the one a workspace begins with. */
function changed(): readonly string[] {
  const enforced = Object.keys(DEMO_POLICY.modes).filter((rule) => DEMO_POLICY.modes[rule] === "enforce");
  const money = `${moneyOf(DEMO_POLICY)} a lineage, not ${moneyOf(DAY_ONE_POLICY)}`;
  return [
    `day one, but ${money},`,
    `${enforced.join(", ")} enforced, ${DEMO_POLICY.steps.polls.join(", ")} is polling`,
  ];
}

type Next = { readonly command: string; readonly does: string };

function nextSteps({ storePath, refusal }: DemoResult): readonly Next[] {
  const own = [
    { command: "init", does: "a store and your human key, here" },
    { command: 'task create "first task"', does: "something for an agent to claim" },
    { command: "why d-2", does: "what decided, and by which number" },
    { command: "audit PATH", does: "a history you have, read-only" },
  ];
  if (storePath === null) return own;
  const there = `--store ${storePath} -w ${WORKSPACE}`;
  return [
    { command: `events ${there}`, does: "" },
    { command: `why ${refusal ?? "d-2"} ${there}`, does: "" },
    ...own.filter(({ command }) => !command.startsWith("why")),
  ];
}

/** How a person in this shell calls the program: by name where it is installed, through npx, or from a clone. */
function calling(env: TableOptions["env"]): { readonly name: string; readonly first: readonly string[] } {
  const script = env["npm_lifecycle_event"];
  if (script === "npx") return { name: "npx exec-kernel", first: [] };
  if (script === undefined) return { name: "exec-kernel", first: [] };
  return { name: "exec-kernel", first: ['  alias exec-kernel="$PWD/node_modules/.bin/node $PWD/bin/exec-kernel.cjs"'] };
}

function next(result: DemoResult, { env }: TableOptions, paint: Paint): readonly string[] {
  const steps = nextSteps(result);
  const { name, first } = calling(env);
  const width = Math.max(...steps.filter(({ does }) => does !== "").map(({ command }) => command.length)) + 2;
  const lines = steps.map(
    ({ command, does }) => `  ${name} ${does === "" ? command : command.padEnd(width) + paint("dim", does)}`,
  );
  return ["next", ...first, ...lines];
}

/** The whole report, ending in a line break. */
export function tableReport(result: DemoResult, options: TableOptions): string {
  const paint: Paint = (ink, text) =>
    options.colour && text !== "" ? styleText(ink, text, { validateStream: false }) : text;
  const { seed, processes, synchronous, decision, rows, durationMs } = result;
  const sync = synchronous === "full" || synchronous === "extra" ? "fsync on" : `fsync ${synchronous}`;
  const score = `${rowsHolding(rows)}/${rows.length} in ${(durationMs / 1_000).toFixed(1)} s`;
  const lines = [
    `seed ${seed} · ${processes} processes · no network, no key · SQLite, ${sync}`,
    ...table(rows, options.columns, paint),
    `verify    ${result.verify.ok ? verified(result) : paint("red", verified(result))}`,
    `decision  ${took(decision.alone)}      (many at once: ${took(decision.atOnce)})`,
    ...changed().map((part, index) => `${(index === 0 ? "policy" : "").padEnd(10)}${part}`),
    ...(result.storePath === null ? [] : [`store     ${result.storePath}`]),
    paint(allHolds(result) ? "bold" : "red", score),
    "",
    ...next(result, options, paint),
  ];
  return `${lines.join("\n")}\n`;
}
