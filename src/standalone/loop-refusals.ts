// The loop detector's refusals: the kernel's own words for what was found, and a next step that needs no kernel.

import { reason } from "../core/index.ts";
import type { Numbers, ReasonCode } from "../core/index.ts";
import { LoopDetectionError } from "./errors.ts";

function found(code: ReasonCode, numbers: Numbers, next: string): string {
  return `${reason(code).says(numbers)}. ${next}`;
}

export function tooDeep(task: string, parent: string, depth: number, limit: number): LoopDetectionError {
  const next = `create nothing; do it inside ${parent}`;
  return new LoopDetectionError(
    "depth_exceeded",
    task,
    found("lineage.depth_exceeded", { task, parent, depth, limit }, next),
  );
}

export function ownAncestor(task: string, by: "parent" | "created-by"): LoopDetectionError {
  const next = `create nothing; name another ${by === "parent" ? "parent" : "creator"}`;
  return new LoopDetectionError("cycle_detected", task, found("lineage.cycle", { task, by }, next));
}

export function sameWork(task: string, agent: string, parent: string, kind: string): LoopDetectionError {
  const next = `create nothing; do it inside ${parent}`;
  return new LoopDetectionError("identity_loop", task, found("lineage.identity_loop", { agent, parent, kind }, next));
}

export function alreadyDone(task: string): LoopDetectionError {
  const text = `${task} was completed; it is not done again. use its result, or choose another id`;
  return new LoopDetectionError("reprocess_detected", task, text);
}
