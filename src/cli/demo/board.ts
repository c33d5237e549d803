// What an agent of the demo sees of its work. The same agents run on two boards: a bare one (a JSON file) and the
// kernel. They cannot tell which.

import type { AdmissionRequest } from "../../kernel/index.ts";

/** What a new task is for, as its maker says. */
export type Admission = AdmissionRequest;

/** The answer to one request; a bare board refuses almost nothing. */
export type Answer = {
  readonly granted: boolean;
  /** A code of the reason table; `bare` where no rule spoke. */
  readonly code: string;
  readonly task: string;
  readonly fence: number | null;
  /** What a granted reservation is settled by. */
  readonly reservation: string;
  /** Micro-dollars that are left, where a full budget refused. */
  readonly leftMicros: number;
  readonly commandId: string;
  /** `d-<sequence>`; null where nothing was recorded. */
  readonly decision: string | null;
  /** Observed rules that would have refused it. */
  readonly wouldHave: number;
};

/** Told after each answer, once it is durable; the agent goes on only when the listener is done. */
export type Heard = (answer: Answer, durationMs: number) => Promise<void>;

/** What a process tells of an answer as soon as it has it, before it does anything else. */
export type Acknowledged = {
  readonly commandId: string;
  readonly decision: string | null;
  readonly durationMs: number;
};

export type NewWork = {
  readonly title: string;
  readonly kind: string;
  readonly parent?: string;
  readonly assignee?: string;
  readonly admission?: Admission;
};
export type Step = {
  readonly tool: string;
  readonly call: string;
  readonly result: string;
  readonly failed?: boolean;
  readonly fence: number | null;
};
/** A call to a model that is yet to be made, and what it may cost at most. */
export type Call = {
  readonly task: string;
  readonly call: string;
  readonly costMicros: number;
  readonly fence: number | null;
};
export type Entry = {
  readonly task: string;
  readonly state: string;
  readonly author: string;
  readonly assignee: string | null;
};
/** What a task and all below it cost: spent, and reserved for calls under way. */
export type Money = { readonly usedMicros: number; readonly heldMicros: number };

/** One board, as one actor. */
export interface Board {
  create(work: NewWork): Promise<Answer>;
  claim(task: string): Promise<Answer>;
  move(task: string, to: string): Promise<Answer>;
  /** Means the task for another agent. */
  assign(task: string, agent: string): Promise<Answer>;
  /** Stops working on it, as far as it is held. */
  release(task: string): Promise<Answer>;
  step(task: string, step: Step): Promise<Answer>;
  /** Asks for the money of a call before it is made ... */
  reserve(call: Call): Promise<Answer>;
  /** ... and says afterwards what it cost. */
  settle(reservation: string, costMicros: number): Promise<Answer>;
  sleep(durationMs: number): Promise<Answer>;
  /** What stands on the board, whoever put it there. */
  entry(task: string): Promise<Entry | null>;
  entries(): Promise<readonly Entry[]>;
  money(root: string): Promise<Money>;
  /** True when what was acknowledged is still there. */
  remembers(acknowledged: Acknowledged): Promise<boolean>;
}
