// What an audit of steps gives: plain data for --json, the page, the HTML and the proposed policy. Times in milliseconds
// since 1970, costs in micro-dollars at list price.

import type { Mode, Numbers, ReasonCode } from "../../core/index.ts";
import type { Problem, StepFormat } from "../../formats/index.ts";
import type { Range } from "../report.ts";
import type { Spent } from "./history.ts";

export type Amounts = Readonly<Spent>;

/** A history that would have been refused. */
export type RefusedHistory = {
  /** As `audit show` takes it; `short` is as much of it as no other history begins with. */
  readonly id: string;
  readonly short: string;
  readonly session: string;
  readonly agent: string;
  readonly files: readonly string[];
  readonly own: Amounts;
  readonly range: Range;
  readonly code: ReasonCode;
  readonly rule: string;
  readonly mode: Mode;
  readonly numbers: Numbers;
  /** The refused step's number and time, its tool and its call in one line. */
  readonly step: number;
  readonly atMs: number | null;
  readonly tool: string;
  readonly call: string;
  readonly after: Amounts;
  /** A new result came after a refusal, before a human spoke: to be checked first. */
  readonly reachedNew: boolean;
  readonly success: boolean | null;
};

/** Histories whose first refusal has this code. */
export type StepRuleReport = {
  readonly code: ReasonCode;
  readonly rule: string;
  readonly mode: Mode;
  readonly histories: number;
  readonly after: Amounts;
  readonly reachedNew: number;
  /** The most steps after it first; at most as many as were asked for. */
  readonly worst: readonly RefusedHistory[];
};

/** What a detector found in any history, also where another one spoke first. */
export type Heard = {
  readonly rule: string;
  readonly mode: Mode;
  readonly histories: number;
  readonly reachedNew: number;
};

export type StepFileReport = {
  readonly path: string;
  readonly format: StepFormat;
  readonly sizeBytes: number;
  readonly lines: number;
};

/** Histories that passed one of a task's limits. */
export type PassedLimit = {
  readonly dimension: "steps" | "costMicros";
  readonly limit: number;
  readonly histories: number;
};

/** Runs that told how they ended, and those among them that would have been refused. */
export type ToldOutcomes = {
  readonly succeeded: number;
  readonly succeededRefused: number;
  readonly failed: number;
  readonly failedRefused: number;
};

export type Polled = {
  readonly name: string;
  readonly calls: number;
  readonly histories: number;
  readonly watches: boolean;
};

export type StepsReport = {
  readonly policy: string;
  readonly sinceMs: number | null;
  readonly files: readonly StepFileReport[];
  /** Files that were last written before `sinceMs`, and not read. */
  readonly filesOld: number;
  /** Steps of the others that lie before it: judged, and not counted. */
  readonly stepsOld: number;
  /** What an earlier file told already: steps, and histories that have nothing else. */
  readonly copied: { readonly steps: number; readonly histories: number };
  readonly histories: number;
  /** Closed while files still told of others, for want of room: one that went on then was judged, or counted, anew. */
  readonly closedEarly: number;
  readonly total: Amounts;
  readonly range: Range;
  readonly refused: number;
  /** Those among them that a rule which is enforced would have refused. */
  readonly enforced: number;
  readonly reachedNew: number;
  /** The most histories first. */
  readonly rules: readonly StepRuleReport[];
  readonly heard: readonly Heard[];
  /** The worst of all rules, at least a thousand of each; not part of --json, whose rules have their own worst. */
  readonly worst: readonly RefusedHistory[];
  /** What 99 of 100 histories that were not refused kept below; null where there is none. */
  readonly usual: {
    readonly histories: number;
    readonly priced: number;
    readonly steps: number;
    readonly costMicros: number;
  } | null;
  readonly passed: readonly PassedLimit[];
  readonly outcomes: ToldOutcomes | null;
  readonly pollRuns: number;
  readonly polls: readonly Polled[];
  readonly lines: {
    readonly all: number;
    readonly unknown: readonly { readonly type: string; readonly lines: number }[];
  };
  readonly badLines: { readonly count: number; readonly first: readonly Problem[] };
  /** The oldest and the newest day that prices are of. */
  readonly prices: { readonly from: string; readonly to: string };
  /** So many ids that some may have been counted twice. */
  readonly isFull: boolean;
  readonly elapsedMs: number;
  readonly sizeBytes: number;
};
