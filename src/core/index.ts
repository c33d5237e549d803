// The pure core: rules, rows, events and decisions. It imports nothing: no I/O, no clock, no randomness.

export { ACTOR_KINDS, actorName } from "./actor.ts";
export type { Actor, ActorKind } from "./actor.ts";
export { ADMISSION_FIELDS, admissionProblem } from "./admission.ts";
export type { Admission, AdmissionField, AdmissionProblem } from "./admission.ts";
export { catchUp } from "./catch-up.ts";
export { ALLOWED_KINDS } from "./command.ts";
export type { Command, CommandBodies, CommandOf, CommandType, Envelope } from "./command.ts";
export { decide, refusalOf } from "./decide.ts";
export type { Verdict } from "./decide.ts";
export type { Decision, Finding, RecordedDecision, Result } from "./decision.ts";
export { EVENT_TYPES } from "./event.ts";
export type { Draft, Event, EventBodies, EventEnvelope, EventType, Via } from "./event.ts";
export { evolve, IDEMPOTENCY_MS } from "./evolve.ts";
export { judge } from "./judge.ts";
export type { Judged } from "./judge.ts";
export { compileLifecycle, DEFAULT_LIFECYCLE, findEdge, legalMoves, TASK_STATES } from "./lifecycle.ts";
export type { CompiledLifecycle, DefaultState, Edge, LifecycleTable } from "./lifecycle.ts";
export { need, NEED_KEYS_MAX, NEED_ROUNDS_MAX } from "./need.ts";
export { compilePolicy, DAY_ONE_POLICY } from "./policy.ts";
export type { CompiledPolicy, Limit, Limits, Mode, Policy } from "./policy.ts";
export { isReasonCode, reason, REASONS } from "./reasons/index.ts";
export type { Numbers, Reason, ReasonCode, Retry } from "./reasons/index.ts";
export { actorKey, commandKey, HEAD_KEY, taskKey, taskMeterKey, textKey } from "./rows/keys.ts";
export { NEW_HEAD, readHead, readTask, readTaskMeter } from "./rows/read.ts";
export { Defect } from "./rows/rows.ts";
export type {
  ActorRow,
  CommandRow,
  FingerprintRow,
  HeadRow,
  MeterRow,
  Row,
  Rows,
  TaskRow,
  TemplateRow,
  TextRow,
} from "./rows/rows.ts";
export { AMOUNT_MAX, exceeds } from "./rules/budget.ts";
export { closesCycle } from "./rules/cycle.ts";
export { isIdentityLoop } from "./rules/identity.ts";
export { RULES } from "./rules/index.ts";
export type { Rule } from "./rules/rule.ts";
export { dollars, duration, said } from "./wording.ts";
export { workedMs } from "./worked.ts";
