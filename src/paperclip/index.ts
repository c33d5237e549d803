// The adapter to Paperclip: an agent's acts there, judged before they are sent.

export { PaperclipAdapter } from "./adapter.ts";
export type { MoveOptions, TaskAdmission } from "./adapter.ts";
export { CHECKOUT_STATES } from "./check-out.ts";
export type { CreateOptions } from "./create.ts";
export {
  IdleEnforcementError,
  KernelRefusalError,
  PaperclipConflictError,
  PaperclipError,
  TaskAdmissionError,
} from "./errors.ts";
export type { ConflictKind, PaperclipErrorKind } from "./errors.ts";
export type { PaperclipComment, PaperclipIssue } from "./issue.ts";
export type { Rested, Woken } from "./rest.ts";
export { addressProblem } from "./settings.ts";
export type { Clock, PaperclipOptions } from "./settings.ts";
export { InvalidTransitionError } from "../standalone/index.ts";
