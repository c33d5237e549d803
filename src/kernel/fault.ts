// Faults of the world or of the caller's set-up: no decision was made. A fault is never dressed up as a refusal.

export type FaultCode =
  | "key.empty"
  | "workspace.not_initialised"
  | "workspace.exists"
  | "workspace.read_only"
  | "workspace.too_old"
  | "log.unknown_event"
  | "log.corrupt"
  | "reply.lost"
  | "thread.ended";

export class KernelFault extends Error {
  override name = "KernelFault";
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string) {
    super(message);
    this.code = code;
  }
}
