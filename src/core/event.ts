// Events: what happened, in the past tense. The log of them is the truth; rows are its fold. Both verdicts have
// events: a refusal is recorded as `command_refused`.

import type { ActorKind } from "./actor.ts";
import type { RecordedDecision } from "./decision.ts";
import type {
  AgentRegistered,
  AgentSlept,
  AgentWoken,
  CommandRefused,
  DecisionMarked,
  EvidenceRecorded,
  FactRecorded,
  IncarnationStarted,
  LadderClimbed,
  LeaseRenewed,
  LessonLearnt,
  PolicyAdopted,
  RequestApproved,
  RequestDenied,
  ReservationExpired,
  RunEnded,
  RunStarted,
  ScopeHalted,
  ScopeResumed,
  StepCancelled,
  StepRecorded,
  StepReserved,
  StepSettled,
  TaskAssigned,
  TaskCreated,
  TaskEdited,
  TaskMoved,
  TaskPlaced,
} from "./event-bodies.ts";

export type EventBodies = {
  policy_adopted: PolicyAdopted;
  incarnation_started: IncarnationStarted;
  task_created: TaskCreated;
  task_moved: TaskMoved;
  lease_renewed: LeaseRenewed;
  task_edited: TaskEdited;
  task_assigned: TaskAssigned;
  task_placed: TaskPlaced;
  step_reserved: StepReserved;
  step_settled: StepSettled;
  step_cancelled: StepCancelled;
  reservation_expired: ReservationExpired;
  step_recorded: StepRecorded;
  ladder_climbed: LadderClimbed;
  evidence_recorded: EvidenceRecorded;
  run_started: RunStarted;
  run_ended: RunEnded;
  agent_registered: AgentRegistered;
  agent_slept: AgentSlept;
  agent_woken: AgentWoken;
  scope_halted: ScopeHalted;
  scope_resumed: ScopeResumed;
  request_approved: RequestApproved;
  request_denied: RequestDenied;
  decision_marked: DecisionMarked;
  lesson_learnt: LessonLearnt;
  fact_recorded: FactRecorded;
  command_refused: CommandRefused;
};

export type EventType = keyof EventBodies;

/** An event before it has a place in the log: what a command proposes and the rules judge. */
export type Draft = { [T in EventType]: { readonly type: T; readonly body: EventBodies[T] } }[EventType];

/** Place, time and cause of an event. `at` is the server's time in milliseconds and never goes back. */
export type EventEnvelope = {
  readonly v: 3;
  readonly sequence: number;
  readonly at: number;
  readonly workspace: string;
  readonly commandId: string;
  readonly actor: string;
  readonly kind: ActorKind;
  readonly proven: boolean;
  readonly run: string | null;
  readonly fence: number | null;
  /** Digest of the command, on the event that carries its decision. */
  readonly digest: string | null;
  /** The command's decision, on the first event it caused; null on its consequences and on expiries. */
  readonly decision: RecordedDecision | null;
};

export type Event = {
  [T in EventType]: EventEnvelope & { readonly type: T; readonly body: EventBodies[T] };
}[EventType];

export const EVENT_TYPES: { readonly [T in EventType]: true } = {
  policy_adopted: true,
  incarnation_started: true,
  task_created: true,
  task_moved: true,
  lease_renewed: true,
  task_edited: true,
  task_assigned: true,
  task_placed: true,
  step_reserved: true,
  step_settled: true,
  step_cancelled: true,
  reservation_expired: true,
  step_recorded: true,
  ladder_climbed: true,
  evidence_recorded: true,
  run_started: true,
  run_ended: true,
  agent_registered: true,
  agent_slept: true,
  agent_woken: true,
  scope_halted: true,
  scope_resumed: true,
  request_approved: true,
  request_denied: true,
  decision_marked: true,
  lesson_learnt: true,
  fact_recorded: true,
  command_refused: true,
};
