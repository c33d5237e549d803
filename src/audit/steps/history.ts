// What is kept of one history (one agent in one session) while files go by: a few numbers, and of a refusal its place.

import type { ReasonCode, Mode, Numbers } from "../../core/index.ts";
import type { StepFormat } from "../../formats/index.ts";

/** Steps, micro-dollars at list price, and tokens of models without a price. */
export type Spent = { steps: number; costMicros: number; unpricedTokens: number };

/** The first step that would have been refused. */
export type Refusal = {
  readonly code: ReasonCode;
  readonly rule: string;
  readonly mode: Mode;
  readonly numbers: Numbers;
  /** The number of the step, as `audit show` counts. */
  readonly step: number;
  readonly atMs: number | null;
  readonly tool: string;
  /** The call's beginning; of a message its words. */
  readonly call: string;
  /** What came after a refusal, each time until a human spoke. */
  readonly after: Spent;
};

/** `spoken`, `doubted`: rules by their bits, see refusal.ts. */
export type History = {
  readonly session: string;
  /** "" for the main agent. */
  readonly agent: string;
  /** The first file that told of it, and all that did. */
  readonly file: string;
  readonly files: string[];
  readonly format: StepFormat;
  /** Steps by their place, also those copied from an earlier file. */
  places: number;
  /** Of these, what an earlier file told already, and what lies before the moment from which steps count. */
  copied: number;
  old: number;
  /** What counts as its own. */
  readonly own: Spent;
  firstMs: number;
  lastMs: number;
  pollRuns: number;
  refusal: Refusal | null;
  /** Whether a rule that is enforced would have refused, at once or later. */
  isEnforced: boolean;
  /** Rules that would have refused, and those among them after which a new result came. */
  spoken: number;
  doubted: number;
  /** Rules that have spoken since a human last did; 0 where none has. */
  open: number;
  /** How it ended, where its file tells. */
  success: boolean | null;
};

export function newHistory(session: string, agent: string, file: string, format: StepFormat): History {
  return {
    session,
    agent,
    file,
    files: [],
    format,
    places: 0,
    copied: 0,
    old: 0,
    own: nothingSpent(),
    firstMs: Infinity,
    lastMs: -Infinity,
    pollRuns: 0,
    refusal: null,
    isEnforced: false,
    spoken: 0,
    doubted: 0,
    open: 0,
    success: null,
  };
}

export function nothingSpent(): Spent {
  return { steps: 0, costMicros: 0, unpricedTokens: 0 };
}

/** What a person types to name it: the session, and for a subagent its id after a stroke. */
export function nameOf({ session, agent }: Pick<History, "session" | "agent">): string {
  return agent === "" ? session : `${session}/${agent}`;
}
