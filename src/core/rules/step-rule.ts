// What the detectors of loops have in common: they judge a step that is about to be taken by what the task remembers of
// those before it. The finding itself needs no rows, so that audits and SDK users find the same.

import type { Context } from "../context.ts";
import type { Draft } from "../event.ts";
import type { Mode, StepLimits } from "../policy.ts";
import type { ReasonCode } from "../reasons/index.ts";
import { stepsKey } from "../rows/keys.ts";
import { readSteps } from "../rows/read.ts";
import type { JudgedCall } from "../steps/call.ts";
import type { StepMemory } from "../steps/memory.ts";
import type { Judgement, Rule } from "./rule.ts";

export type StepRule = Rule & {
  /** What the detector says of one more call; soft findings only warn. */
  readonly find: (memory: StepMemory, call: JudgedCall, limits: StepLimits) => Judgement | null;
};

type Detector = {
  readonly name: string;
  readonly mode: Mode;
  readonly codes: readonly ReasonCode[];
  readonly find: StepRule["find"];
};

type StepDraft = Extract<Draft, { readonly type: "step_reserved" | "step_recorded" }>;

/** A step that the detectors look at: by whoever may loop, and beside the limit for nobody's note of what was left. */
export function watchedStep(draft: Draft, ctx: Context): StepDraft | null {
  if (draft.type !== "step_reserved" && draft.type !== "step_recorded") return null;
  return draft.body.handBack || ctx.envelope.kind === "human" ? null : draft;
}

let lastCtx: Context | null = null;
let lastMemory: StepMemory | null = null;

/** Every detector asks for the one memory; a decision has one context, in which no row changes. */
function memoryIn(task: string, ctx: Context): StepMemory {
  if (ctx !== lastCtx || lastMemory === null) {
    lastMemory = readSteps(ctx.rows, task);
    lastCtx = ctx;
  }
  return lastMemory;
}

export function stepRule({ name, mode, codes, find }: Detector): StepRule {
  return {
    name,
    mode,
    codes,
    find,
    on: ["step_reserved", "step_recorded"],
    need: (draft) =>
      draft.type === "step_reserved" || draft.type === "step_recorded" ? [stepsKey(draft.body.task)] : [],
    judge: (draft, ctx) => {
      const step = watchedStep(draft, ctx);
      if (step === null || step.body.call === null || step.body.call.polled) return null;
      const { task, call } = step.body;
      const found = find(memoryIn(task, ctx), call, ctx.policy.policy.steps);
      return found === null ? null : { ...found, numbers: { task, ...found.numbers } };
    },
  };
}
