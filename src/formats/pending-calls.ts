// Calls that wait for their results. A result stands on a later line than its call, other calls may come in between, and
// some results never come: what waits is bounded in number and in size, and the oldest is given out first.

import type { StepItem } from "./step-items.ts";

/** A call as it was made, its result not yet known. */
export type OpenCall = Pick<StepItem, "line" | "history" | "agent" | "id" | "atMs" | "tool" | "call">;

/** What came back of a call. */
export type CallResult = {
  readonly result: string | null;
  readonly failed: boolean;
  readonly endedAtMs: number | null;
};

/**
 * `open`: false for a call whose id this file had before, which is left out. `fail`: marks a waiting call as failed,
 * whatever its result will say. `close`: gives the call out; a result of no waiting call is passed over.
 * `drain`: gives out all that still waits, oldest first.
 */
export type PendingCalls = {
  readonly open: (call: OpenCall) => boolean;
  readonly fail: (id: string) => void;
  readonly close: (id: string, result: CallResult) => void;
  readonly drain: () => void;
};

export const PENDING_MAX = 4_096;
const PENDING_CHARS_MAX = 8_388_608;
const DONE_MAX = 4_096;

const NO_RESULT: CallResult = { result: null, failed: false, endedAtMs: null };

type Waiting = { readonly call: OpenCall; failed: boolean };

/** A step from a call and what came back of it. */
export function toolStep(call: OpenCall, { result, failed, endedAtMs }: CallResult = NO_RESULT): StepItem {
  const { line, history, agent, id, atMs, tool } = call;
  return {
    form: "step",
    line,
    history,
    agent,
    kind: "tool",
    id,
    atMs,
    endedAtMs,
    tool,
    call: call.call,
    result,
    failed,
  };
}

/** Makes an empty waiting room that gives finished steps to `emit`. */
export function pendingCalls(emit: (step: StepItem) => void): PendingCalls {
  const waiting = new Map<string, Waiting>();
  const done = new Set<string>();
  let chars = 0;

  const giveOut = (id: string, found: Waiting, result: CallResult): void => {
    waiting.delete(id);
    chars -= found.call.call.length;
    done.add(id);
    for (const oldest of done) {
      if (done.size <= DONE_MAX) break;
      done.delete(oldest);
    }
    emit(toolStep(found.call, found.failed ? { ...result, failed: true } : result));
  };
  const makeRoom = (): void => {
    for (const [id, found] of waiting) {
      if (waiting.size <= PENDING_MAX && chars <= PENDING_CHARS_MAX) return;
      giveOut(id, found, NO_RESULT);
    }
  };
  const open = (call: OpenCall): boolean => {
    const { id } = call;
    if (id === null) emit(toolStep(call));
    else if (waiting.has(id) || done.has(id)) return false;
    else {
      waiting.set(id, { call, failed: false });
      chars += call.call.length;
      makeRoom();
    }
    return true;
  };
  const fail = (id: string): void => {
    const found = waiting.get(id);
    if (found !== undefined) found.failed = true;
  };
  const close = (id: string, result: CallResult): void => {
    const found = waiting.get(id);
    if (found !== undefined) giveOut(id, found, result);
  };
  const drain = (): void => {
    for (const [id, found] of waiting) giveOut(id, found, NO_RESULT);
  };
  return { open, fail, close, drain };
}
