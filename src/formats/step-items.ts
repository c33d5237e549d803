// What a history of an agent's steps is made of, whatever tool wrote it down: steps, what the model used, how a run
// ended, and at last how many lines were understood. Types only: every reader of steps gives these.

import type { ProblemItem } from "./problem.ts";

/**
 * One step. `message`: the model spoke and made no call in that message; `user`: a human's words.
 * `line`: of the call, from 1. `history`: the session. `agent`: "" for the main one, else the subagent's id.
 * `id`: of the call, the message or the user's row, null where none is written; a step copied into another file keeps it.
 * `tool`: "" unless kind is tool. `call`: the arguments as compact JSON text; for message and user the text.
 * `result`: null where none was ever written. Times in ms since 1970: of the call, and of its result.
 */
export type StepItem = {
  readonly form: "step";
  readonly line: number;
  readonly history: string;
  readonly agent: string;
  readonly kind: "tool" | "message" | "user";
  readonly id: string | null;
  readonly atMs: number | null;
  readonly endedAtMs: number | null;
  readonly tool: string;
  readonly call: string;
  readonly result: string | null;
  readonly failed: boolean;
};

/** Tokens by price: those read from a cache or written to one are not in `inputTokens`. `cacheWriteTokens`: for 5 minutes. */
export type Usage = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly cacheWriteHourTokens: number;
};

/**
 * What one message of a model used. One id may come several times, as its message grew or was copied into another file:
 * it counts once, at its maximum. `costMicros`: told by the history itself (in micro-dollars), where it is.
 */
export type UsageItem = {
  readonly form: "usage";
  readonly line: number;
  readonly history: string;
  readonly agent: string;
  readonly id: string | null;
  readonly model: string;
  readonly atMs: number | null;
  readonly usage: Usage;
  readonly costMicros?: number;
};

/** How a run ended, where its history says so; it follows the run's steps. */
export type OutcomeItem = { readonly form: "outcome"; readonly history: string; readonly success: boolean };

/**
 * Every line that is not empty, by what became of it. INVARIANT: lines = understood + broken + the sum of unknown.
 * `understood` counts lines that hold no step too; `broken`: named by a problem; `unknown`: by type of record.
 */
export type LineCounts = {
  readonly lines: number;
  readonly understood: number;
  readonly broken: number;
  readonly unknown: { readonly [type: string]: number };
};

/** The last item of every file. */
export type LinesItem = { readonly form: "lines"; readonly counts: LineCounts };

/** What a reader of one format finds in lines. */
export type FoundItem = StepItem | UsageItem | OutcomeItem;

/** What comes out of a file of steps. */
export type StepFileItem = FoundItem | LinesItem | ProblemItem;
