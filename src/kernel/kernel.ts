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
  RunRow,
  TaskRow,
  Window,
} from "../core/index.ts";
import type { Growth } from "./growth-report.ts";
import type { Request } from "./request.ts";
import type { VerifyReport } from "./verify.ts";

/** The answer to one command. */
export type Reply = {
  readonly decision: Decision;
  /** `d-<sequence>`, or null where nothing was recorded (a dry run, a malformed command, a throttled refusal). */
  readonly id: string | null;
  /** True when this command id was granted before and the first answer is given again. */
  readonly replayed: boolean;
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

/** One way in which another policy would have decided otherwise. */
export type WhatIfChange = {
  /** granted, or the code it was refused with. */
  readonly was: "granted" | ReasonCode;
  readonly becomes: "granted" | ReasonCode;
  readonly count: number;
  /** Ids of the first decisions. */
  readonly first: readonly string[];
};

/** The stored past judged under another policy: each decision by itself, the past itself unchanged. */
export type WhatIfReport = {
  readonly judged: number;
  readonly same: number;
  readonly changed: readonly WhatIfChange[];
  /** Decisions that stored facts do not tell enough of. */
  readonly notJudged: number;
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
  /** The budget of a scope; null where there is no such scope or task. */
  budget(scope: string): Promise<BudgetView | null>;
  /** Every meter that something was booked on. */
  meters(): Promise<readonly MeterRow[]>;
  /** Scopes that are or were halted. */
  halts(): Promise<readonly HaltRow[]>;
  /** A run of an actor (kind:id). */
  run(actor: string, run: string): Promise<RunRow | null>;
  /** Lessons that fit the words, best first; without words the newest. */
  lessons(query: string, limit: number): Promise<readonly LessonRow[]>;
  /** Refused decisions that a human may override and nobody answered yet, oldest first; of the last 100,000 events. */
  pending(limit: number): Promise<readonly LoggedEvent[]>;
  rules(): Promise<readonly RuleView[]>;
  /** Judges the stored past under this policy. */
  whatIf(policy: Policy): Promise<WhatIfReport>;
  events(afterSequence: number, limit: number): Promise<readonly LoggedEvent[]>;
  /** The event that carries decision `d-<sequence>`, or null. */
  decision(id: string): Promise<LoggedEvent | null>;
  policy(): Promise<PolicyView>;
  /** How it grows and what holds it; bounded work however long the log is. */
  growth(): Promise<Growth>;
  verify(onProgress?: (done: number, total: number) => void): Promise<VerifyReport>;
}
