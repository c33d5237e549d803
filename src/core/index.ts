// The pure core: rules, rows, events and decisions. It imports nothing: no I/O, no clock, no randomness.

export { ACTOR_KINDS, actorName } from "./actor.ts";
export type { Actor, ActorKind } from "./actor.ts";
export { ADMISSION_FIELDS, admissionProblem } from "./admission.ts";
export type { Admission, AdmissionField, AdmissionProblem } from "./admission.ts";
export { ALLOWED_KINDS } from "./allowed-kinds.ts";
export { windowsAt } from "./calendar.ts";
export { catchUp, CORRECTION_MS } from "./catch-up.ts";
export { RELEASE_CAUSES } from "./command.ts";
export type {
  Amounts,
  Command,
  CommandBodies,
  CommandOf,
  CommandType,
  Envelope,
  RefusedRequest,
  ReleaseCause,
  ReserveStep,
} from "./command.ts";
export { lineBelow, PATH_MAX } from "./commands/create-task.ts";
export { contextOf } from "./context.ts";
export type { Context } from "./context.ts";
export { decide, refusalOf } from "./decide.ts";
export type { Verdict } from "./decide.ts";
export type { Decision, Finding, RecordedDecision, Refusal, Result, Waived } from "./decision.ts";
export { backoffMs, isDeadLetter, isForHumans, rungAt } from "./escalation.ts";
export { EVIDENCE_KINDS } from "./evidence.ts";
export type { EvidenceKind } from "./evidence.ts";
export { EVENT_TYPES } from "./event.ts";
export type { Draft, Event, EventBodies, EventEnvelope, EventType } from "./event.ts";
export type { Via } from "./event-bodies.ts";
export { evolve, evolveInto } from "./evolve.ts";
export { withStep } from "./fold/spending.ts";
export { usualAdd } from "./commands/approvals.ts";
export { judge } from "./judge.ts";
export type { Judged } from "./judge.ts";
export { HELD_MAX, leaseLost, LIVE_MAX, workedMs } from "./lease.ts";
export { drawLifecycle } from "./lifecycle-drawing.ts";
export { lifecycleFaults, proveLifecycle } from "./lifecycle-proofs.ts";
export type { ProofName, Proven, TableFault } from "./lifecycle-proofs.ts";
export {
  compileLifecycle,
  DEFAULT_LIFECYCLE,
  findEdge,
  GUARDS,
  guardsOf,
  legalMoves,
  TASK_STATES,
} from "./lifecycle.ts";
export type { CompiledLifecycle, DefaultState, Edge, Guard, LifecycleTable } from "./lifecycle.ts";
export { countsAt, extensionOf, METER_MAX, taken } from "./meter.ts";
export { need, NEED_KEYS_MAX, NEED_ROUNDS_MAX } from "./need.ts";
export { compilePolicy, DAY_ONE_POLICY, NO_LIMITS, SCOPE_KINDS, WINDOWS } from "./policy.ts";
export type {
  CompiledPolicy,
  Limit,
  Limits,
  Mode,
  Policy,
  ScopeKind,
  ScopeLimits,
  StepLimits,
  Window,
} from "./policy.ts";
export { isReasonCode, reason, REASONS } from "./reasons/index.ts";
export type { Numbers, Reason, ReasonCode, Retry } from "./reasons/index.ts";
export {
  actorKey,
  answerKey,
  childrenKey,
  commandKey,
  dependentsKey,
  DUE_PREFIX,
  dueKey,
  fingerprintKey,
  HEAD_KEY,
  haltKey,
  LESSON_PREFIX,
  liveKey,
  markKey,
  meterKey,
  READY_PREFIX,
  readyKey,
  RESERVATION_PREFIX,
  reservationKey,
  runKey,
  stepsKey,
  taskKey,
  taskScope,
  textKey,
  wrongKey,
} from "./rows/keys.ts";
export { after as rowsAfter } from "./place.ts";
export { ASSIGNMENTS_MAX, FAILED_MAX, LINE_MAX, RING_MAX } from "./remembered.ts";
export { compareKeys, sortedKeys } from "./rows/key-order.ts";
export { Overlay } from "./rows/overlay.ts";
export { isOver, LESSON_KEPT_MS, LESSONS_MAX, REMEMBERED_MS } from "./rows/over.ts";
export { NEW_HEAD, readActor, readHalt, readHead, readMeter, readRow, readSteps, readTask } from "./rows/read.ts";
export { Defect, NO_COUNTS } from "./rows/rows.ts";
export type {
  ActorRow,
  CommandRow,
  Counts,
  Extension,
  FingerprintRow,
  HaltRow,
  HeadRow,
  Lesson,
  LessonRow,
  LiveRow,
  MeterRow,
  ReadyRow,
  ReservationRow,
  Row,
  Rows,
  RunRow,
  TaskRow,
  TemplateRow,
  TextRow,
} from "./rows/rows.ts";
export type { Escalation, Evidence, Lease, Link, Tier } from "./rows/task-row.ts";
export { AMOUNT_MAX } from "./rules/bounds.ts";
export { exceeds, isSpent } from "./rules/budget.ts";
export { lacking } from "./rules/capability.ts";
export { closesCycle } from "./rules/cycle.ts";
export { isIdentityLoop } from "./rules/identity.ts";
export { canBeWaived, RULES, STEP_RULES } from "./rules/index.ts";
export type { Rule } from "./rules/rule.ts";
export { parseScope, scopeKind, scopesOf, WORKSPACE_SCOPE } from "./scope.ts";
export type { Scope } from "./scope.ts";
export { amount, dollars, duration, said } from "./wording.ts";
export { STEP_CLASSES } from "./steps/call.ts";
export type { Call, JudgedCall, StepClass } from "./steps/call.ts";
export { movedOn, NO_STEPS, remembered } from "./steps/memory.ts";
export type { StepMemory } from "./steps/memory.ts";
export { DIGEST_LENGTH, OUTCOMES, RING_STEPS } from "./steps/ring.ts";
export { seenBy } from "./steps/seen-by.ts";
export type { StepRule } from "./rules/step-rule.ts";
