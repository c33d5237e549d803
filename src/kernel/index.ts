// The kernel: load, decide, append, reply.

export { chainHash, GENESIS, seal } from "./chain.ts";
export { decodeEvent, decodeRow, encodeEvent, encodeRow } from "./codec.ts";
export { identify, keyDigest } from "./embedded/identity.ts";
export { ensureSecret, isOpenToOthers, readSecret } from "./embedded/secret.ts";
export type { Identity, IdentityOptions } from "./embedded/identity.ts";
export { placeOf, workspaceOf } from "./embedded/place.ts";
export type { Place, PlaceOptions } from "./embedded/place.ts";
export { unreadable } from "./damage.ts";
export { KernelFault } from "./fault.ts";
export { newerFormat } from "./format.ts";
export type { FaultCode } from "./fault.ts";
export { GroupCommit } from "./commit/group-commit.ts";
export type { Commits, GroupCommitOptions } from "./commit/group-commit.ts";
export type { EventShare, Growth, RowShare } from "./growth-report.ts";
export { countFrom } from "./growth.ts";
export { recordHistory } from "./history.ts";
export type { HistoryOptions, HistorySink } from "./history.ts";
export { createKernel } from "./in-process.ts";
export type { KernelOptions } from "./in-process.ts";
export { initWorkspace } from "./init.ts";
export type {
  BudgetLine,
  BudgetView,
  Explanation,
  Kernel,
  LoggedEvent,
  PolicyVersion,
  PolicyView,
  ReplayReport,
  Reply,
  RuleView,
  Sums,
  TaskFilter,
  TaskView,
  WhatIfCase,
  WhatIfChange,
  WhatIfReport,
} from "./kernel.ts";
export type {
  AdmissionRequest,
  AmountsRequest,
  CreateTaskRequest,
  EditTaskRequest,
  LessonRequest,
  RecordEvidenceRequest,
  RecordFactRequest,
  RecordStepRequest,
  Request,
  RequestBodies,
  RequestOptions,
  RequestType,
  ReserveStepRequest,
  SettleStepRequest,
} from "./request.ts";
export { keyed } from "./digest.ts";
export { fingerprint, masked, template } from "../text/index.ts";
export { THROTTLED_COUNTER } from "./counters.ts";
export { CHECKPOINT_EVENTS, eventsSince } from "./checkpoint/take.ts";
export { exportEvents } from "./export/write.ts";
export type { Exported } from "./export/write.ts";
export { verifyExport } from "./export/verify-export.ts";
export type { FileLine } from "./export/verify-export.ts";
export { startIncarnation } from "./restore.ts";
export type { VerifyFinding, VerifyReport } from "./verify/report.ts";
export { verifyStore } from "./verify/verify.ts";
export type { VerifyOptions } from "./verify/verify.ts";
