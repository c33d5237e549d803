// The one interface every edge works against: commands in, decisions out, and the reads that show what stands. It has
// two implementations to come: in this process, and over HTTP.

import type { Actor, ActorRow, Decision, Event, HeadRow, Limit, Policy, TaskRow } from "../core/index.ts";
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

export type BudgetLine = {
  readonly dimension: string;
  readonly used: number;
  readonly limit: Limit | null;
  /** Left before the hard limit; null where there is none. */
  readonly remaining: number | null;
};

export type BudgetView = {
  readonly scope: string;
  readonly lines: readonly BudgetLine[];
  readonly handBackSteps: { readonly used: number; readonly limit: number };
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
  budget(scope: string): Promise<BudgetView | null>;
  events(afterSequence: number, limit: number): Promise<readonly LoggedEvent[]>;
  /** The event that carries decision `d-<sequence>`, or null. */
  decision(id: string): Promise<LoggedEvent | null>;
  policy(): Promise<PolicyView>;
  verify(onProgress?: (done: number, total: number) => void): Promise<VerifyReport>;
}
