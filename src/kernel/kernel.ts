// The one interface every edge works against: commands in, decisions out, and the reads that show what stands. It has
// two implementations to come: in this process, and over HTTP.

import type {
  Actor,
  ActorRow,
  Decision,
  Event,
  HaltRow,
  HeadRow,
  LessonRow,
  Limit,
  MeterRow,
  Mode,
  Policy,
  ReasonCode,
  Refusal,
  Row,
  RunRow,
  TaskRow,
  Window,
} from "../core/index.ts";
import type { Growth } from "./growth-report.ts";
import type { Request } from "./request.ts";
import type { VerifyReport } from "./verify/report.ts";
import type { VerifyOptions } from "./verify/verify.ts";

/** The answer to one command. */
export type Reply = {
  readonly decision: Decision;
  /** `d-<sequence>`, or null where nothing was recorded (a dry run, a malformed command, a throttled refusal). */
  readonly id: string | null;
  /** True when this command id was granted before and the first answer is given again. */
  readonly replayed: boolean;
  /**
   * Of a granted approval: what would refuse the approved request as things stand, each as if those before it were
   * approved too; absent where nothing would.
   */
  readonly stillRefused?: readonly Refusal[];
};

export type TaskView = {
  readonly task: TaskRow;
  readonly text: string | null;
  readonly budget: BudgetView;
};

/** One dimension of one scope in one window. */
export type BudgetLine = {
  readonly dimension: string;
  readonly window: Window;
  readonly used: number;
  /** Reserved and not settled yet. */
  readonly held: number;
  readonly limit: Limit | null;
  /** What humans added to the hard limit for now. */
  readonly extra: number;
  /** Left before the hard limit; null where there is none. */
  readonly remaining: number | null;
  /** When the hard limit is met if spending goes on as in this window so far; null where it is not met within it. */
  readonly projectedAt: number | null;
};

export type BudgetView = {
  /** task/ID, lineage/ID, agent/NAME or workspace. */
  readonly scope: string;
  readonly lines: readonly BudgetLine[];
  /** Of a task; null for other scopes. */
  readonly handBackSteps: { readonly used: number; readonly limit: number } | null;
};

/** A rule and what became of its findings. */
export type RuleView = {
  readonly rule: string;
  readonly mode: Mode;
  /** It cannot be set to observe. */
  readonly fixed: boolean;
  readonly refused: number;
  readonly observed: number;
  readonly wrong: number;
  /** More than 0.5% of at least 200 findings were marked wrong. */
  readonly proposeObserve: boolean;
};

/** Amounts by dimension: steps, tokens, costMicros, durationMs or a name of the policy's own. */
export type Sums = { readonly [dimension: string]: number };

/** A decision that would change, by what it was about. */
export type WhatIfCase = {
  /** `d-<sequence>` */
  readonly id: string;
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** kind:id of who asked. */
  readonly actor: string;
  readonly task: string | null;
  readonly title: string | null;
};

/** One way in which another policy would have decided otherwise. */
export type WhatIfChange = {
  /** granted, or the code it was refused with; of a settlement, the code that its next step was refused with. */
  readonly was: "granted" | ReasonCode;
  readonly becomes: "granted" | ReasonCode;
  readonly count: number;
  /** What was spent on the strength of these grants; empty unless they would be refused. */
  readonly notSpent: Sums;
  /** What these refusals had asked for; empty unless they would be granted. */
  readonly asked: Sums;
  /** The first of them. */
  readonly first: readonly WhatIfCase[];
};

/** The stored past judged under another policy: each decision by itself, the past itself unchanged. */
export type WhatIfReport = {
  readonly judged: number;
  readonly same: number;
  readonly changed: readonly WhatIfChange[];
  readonly notSpent: Sums;
  readonly asked: Sums;
  /** Decisions that stored facts do not tell enough of. */
  readonly notJudged: number;
  readonly events: number;
  /** Sequence of the first event that the chain does not cover, or that is missing at the end; null where it is whole. */
  readonly brokenAt: number | null;
};

/** The stored past decided again by the rules of this version, each command under the policy of its time. */
export type ReplayReport = {
  readonly events: number;
  readonly commands: number;
  /** Decided the same, byte for byte. */
  readonly same: number;
  /** Verdict, code and numbers are the same; the log does not keep enough to compare the rest. */
  readonly partly: number;
  /** The log does not keep what was asked. */
  readonly unknown: number;
  /** Decided otherwise. */
  readonly differ: number;
  /** The first of those, by the decision's sequence. */
  readonly first: readonly { readonly sequence: number; readonly problem: string }[];
  /** The log's format. Which release's rules decided is not recorded. */
  readonly format: number;
  readonly headHash: string;
  /** Sequence of the first event that the chain does not cover, or that is missing at the end; null where it is whole. */
  readonly brokenAt: number | null;
};

/** What a decision rested on, found by deciding it again over the log up to it. */
export type Explanation = {
  readonly agreement: "same" | "partly" | "unknown" | "differs";
  /** What differs, in words; empty unless it does. */
  readonly problem: string;
  /** Rows that were read, by key, in binary order; null where there was none. */
  readonly rows: readonly { readonly key: string; readonly row: Row | null }[];
  /** Sequence of the first event that the chain does not cover, or that is missing at the end; null where it is whole. */
  readonly brokenAt: number | null;
};

/** Where a policy stands in the log. */
export type PolicyVersion = {
  readonly sequence: number;
  readonly hash: string;
  /** kind:id */
  readonly author: string;
  /** When it was adopted, in milliseconds since 1970. */
  readonly at: number;
};

export type TaskFilter = {
  readonly state?: string | undefined;
  /** Tasks an agent holds, made or is assigned. */
  readonly agent?: string | undefined;
  /** At most this many, in the order of their ids. */
  readonly limit?: number | undefined;
  /** Only this task and what lies below it. */
  readonly below?: string | undefined;
};

export type PolicyView = {
  readonly policy: Policy;
  readonly hash: string;
  readonly source: string;
  readonly sequence: number;
  readonly author: string;
};

/** An event with its place in the hash chain. */
export type LoggedEvent = { readonly event: Event; readonly hash: string };

/** One workspace, as one actor. Reads need no actor; `submit` without one is refused with `actor.unknown`. */
export interface Kernel {
  readonly workspace: string;
  readonly actor: Actor | null;
  /** The same workspace as another actor. */
  as(actor: Actor | null): Kernel;
  /** Judges one command. Refusals are values; throws KernelFault or StoreFault when no decision could be made. */
  submit(request: Request): Promise<Reply>;
  head(): Promise<HeadRow>;
  task(id: string): Promise<TaskView | null>;
  tasks(filter: TaskFilter): Promise<readonly TaskRow[]>;
  /** Agents that were ever seen, by name; asleep ones whose time is over count as awake. */
  agents(): Promise<readonly ActorRow[]>;
  /**
   * The budget of a scope: every limit, and what else was used over the lifetime; of one window alone, with all that was
   * used in it, where one is named. Null where there is no such scope or task.
   */
  budget(scope: string, window?: Window): Promise<BudgetView | null>;
  /** Every meter that something was booked on. */
  meters(): Promise<readonly MeterRow[]>;
  /** Scopes that are or were halted. */
  halts(): Promise<readonly HaltRow[]>;
  /** A run of an actor (kind:id). */
  run(actor: string, run: string): Promise<RunRow | null>;
  /** Lessons that fit the words, best first; without words the newest. */
  lessons(query: string, limit: number): Promise<readonly LessonRow[]>;
  /**
   * Refused decisions that a human may override, nobody answered yet and whose time to wait, where they told one, is not
   * over; oldest first, of the last 100,000 events.
   */
  pending(limit: number): Promise<readonly LoggedEvent[]>;
  /** True for a refusal that nobody answered and that stands in nobody's way any more: approving it would help nobody. */
  isOver(id: string): Promise<boolean>;
  rules(): Promise<readonly RuleView[]>;
  /** Judges the stored past under this policy. */
  whatIf(policy: Policy, onProgress?: (done: number, total: number) => void): Promise<WhatIfReport>;
  /** Decides the stored past again and compares. */
  replay(onProgress?: (done: number, total: number) => void): Promise<ReplayReport>;
  /**
   * Decides `d-<sequence>` again over the log from the last checkpoint before it, and tells which rows that read; null where
   * there is none.
   */
  explain(id: string, onProgress?: (done: number, total: number) => void): Promise<Explanation | null>;
  /** The policy in force before this sequence; null where it was the first. */
  policyAt(sequence: number): Promise<PolicyVersion | null>;
  events(afterSequence: number, limit: number): Promise<readonly LoggedEvent[]>;
  /** The event that carries decision `d-<sequence>`, or null. */
  decision(id: string): Promise<LoggedEvent | null>;
  policy(): Promise<PolicyView>;
  /** How it grows and what holds it; bounded work however long the log is. */
  growth(): Promise<Growth>;
  /**
   * Checks the log, its fold and what rows count; whatever is wrong in the data is in the report. Throws KernelFault for a
   * log of a newer format.
   */
  verify(options?: VerifyOptions): Promise<VerifyReport>;
  /**
   * Where 65,536 events lie behind the last checkpoint: verifies those, and takes another where all is whole; says whether
   * it did. For hosts that live long, off the path of commands; needs memory for all rows.
   */
  checkpoint(): Promise<boolean>;
}
