// A second look at a few histories: the steps around one of them, and every step as a cell of a strip. Only their files
// are read again, and only what is shown is kept.

import { hash } from "node:crypto";
import type { Mode, Numbers, Policy, ReasonCode, StepClass } from "../../core/index.ts";
import type { StepInput } from "../../formats/index.ts";
import { resultText } from "../../text/index.ts";
import { readFile } from "./audit-steps.ts";
import { callLine, resultLine } from "./excerpt.ts";
import { Earlier } from "./earlier.ts";
import type { History } from "./history.ts";
import { StepsJudge } from "./judge.ts";
import type { SeenStep } from "./judge.ts";
import type { Came } from "./outcome.ts";
import { tagsOf } from "./same.ts";

export type Verdict = { readonly code: ReasonCode; readonly numbers: Numbers; readonly mode: Mode };

/** One step as it is shown. `place`: its number, of a human's words that of the step before; texts are not harmless yet. */
export type TraceRow = {
  readonly place: number;
  readonly came: Came;
  readonly atMs: number | null;
  readonly tool: string;
  readonly call: string;
  readonly result: string | null;
  readonly failed: boolean;
  /** Marks same calls and same results among the rows. */
  readonly tag: string;
  readonly refused: Verdict | null;
};

export type Cell = { readonly came: Came; readonly kind: StepClass | "user" };

export type Trace = {
  readonly history: History;
  /** The step that the rows are around; null where no step was asked for and none would have been refused. */
  readonly target: number | null;
  /** Numbers of the steps before it that its verdict counted. */
  readonly counted: readonly number[];
  readonly rows: readonly TraceRow[];
  /** Steps around the target, from the one with this number on. */
  readonly cells: readonly Cell[];
  readonly cellsFrom: number;
};

/** How much is kept before the target and from it on. */
export type Window = { readonly before: number; readonly from: number };

export type TraceOptions = { readonly policy: Policy; readonly rows: Window; readonly cells: Window };

/** A history to look at; `files` are all that tell of it, in their order. */
export type Wanted = {
  readonly session: string;
  readonly agent: string;
  readonly files: readonly string[];
  /** The step to look at; null for the first that would have been refused. */
  readonly at: number | null;
};

type Shown = { readonly row: Omit<TraceRow, "tag">; readonly call: string | null; readonly result: string | null };
type Placed = Cell & { readonly place: number };

/** The last few before the target, the first few from it on. */
class Around<T> {
  readonly #window: Window;
  #before: T[] = [];
  readonly #from: T[] = [];

  constructor(window: Window) {
    this.#window = window;
  }

  add(one: T, isFrom: boolean): void {
    if (isFrom) {
      if (this.#from.length < this.#window.from) this.#from.push(one);
      return;
    }
    this.#before.push(one);
    // Cut now and then, so that a long history does not move the whole list at every step.
    if (this.#before.length > 2 * this.#window.before + 64) this.#before = this.#before.slice(-this.#window.before);
  }

  /** Of a history without a target: what it ended with. */
  all(): readonly T[] {
    const { before, from } = this.#window;
    const kept = this.#from.length === 0 ? before + from : before;
    return [...(kept === 0 ? [] : this.#before.slice(-kept)), ...this.#from];
  }
}

class Tracing {
  readonly #at: number | null;
  readonly #rows: Around<Shown>;
  readonly #cells: Around<Placed>;
  readonly #earlier: Earlier = new Earlier();
  #counted: readonly number[] = [];
  target: number | null = null;

  constructor(at: number | null, { rows, cells }: TraceOptions) {
    this.#at = at;
    this.#rows = new Around(rows);
    this.#cells = new Around(cells);
  }

  add(seen: SeenStep): void {
    const { place, came, judged } = seen;
    if (this.target === null && this.#isTarget(seen)) this.#aimAt(seen);
    const isFrom = this.target !== null;
    const shown = shownOf(seen);
    if (!isFrom) this.#earlier.add(seen, shown.result);
    this.#rows.add(shown, isFrom);
    this.#cells.add({ place, came, kind: judged.call?.class ?? "user" }, isFrom);
  }

  #isTarget({ place, came, refused }: SeenStep): boolean {
    return came !== "user" && (this.#at === null ? refused !== null : place === this.#at);
  }

  #aimAt(seen: SeenStep): void {
    this.target = seen.place;
    this.#counted = this.#earlier.countedBy(seen);
  }

  trace(history: History): Trace {
    const shown = this.#rows.all();
    const tags = tagsOf(shown);
    const cells = this.#cells.all();
    return {
      history,
      target: this.target,
      counted: this.#counted,
      rows: shown.map(({ row }, index) => ({ ...row, tag: tags[index] ?? "" })),
      cells: cells.map(({ came, kind }) => ({ came, kind })),
      cellsFrom: cells[0]?.place ?? 1,
    };
  }
}

function shownOf({ place, item, judged, came, refused }: SeenStep): Shown {
  const { kind, atMs, tool, call, result, failed } = item;
  const verdict: Verdict | null =
    refused === null ? null : { code: refused.finding.code, numbers: refused.finding.numbers, mode: refused.mode };
  const row = { place, came, atMs, tool, call: callLine(call), result: resultLine(result), failed, refused: verdict };
  return {
    row,
    call: kind === "tool" ? (judged.call?.digest ?? null) : null,
    result: kind === "tool" && result !== null ? hash("sha256", resultText(result), "base64url") : null,
  };
}

/** Reads the files of the wanted histories again, each file once, and gives a trace of each that they still hold. */
export async function traceHistories(
  wanted: readonly Wanted[],
  inputs: readonly StepInput[],
  options: TraceOptions,
): Promise<readonly (Trace | null)[]> {
  const traces = new Map<History, Tracing>();
  const byName = Map.groupBy(wanted, ({ session, agent }) => `${session}\n${agent}`);
  const wantedOf = ({ session, agent, file }: History): Wanted | undefined =>
    byName.get(`${session}\n${agent}`)?.find(({ files }) => files.includes(file));
  const judge = new StepsJudge({
    policy: options.policy,
    only: (session, agent) => byName.has(`${session}\n${agent}`),
    onStep: (seen) => {
      const tracing = traces.get(seen.history) ?? new Tracing(wantedOf(seen.history)?.at ?? null, options);
      traces.set(seen.history, tracing);
      tracing.add(seen);
    },
  });
  const paths = new Set(wanted.flatMap(({ files }) => files));
  const read = inputs.filter(({ path }) => paths.has(path));
  for (const [place, input] of read.entries()) {
    judge.startFile(input, place === read.length - 1);
    await readFile(input, judge, {});
    judge.endFile();
  }
  const found = [...traces];
  return wanted.map((one) => {
    const own = found.filter(([history]) => wantedOf(history) === one);
    const [history, tracing] = own.find(([, { target }]) => target !== null) ?? own[0] ?? [];
    return history === undefined || tracing === undefined ? null : tracing.trace(history);
  });
}
