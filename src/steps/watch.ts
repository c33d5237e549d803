// The detectors of loops over a plain list of steps: what audits use, and whoever has an agent loop of their own. The
// same rules as the kernel's, in the memory of one process: they find, and enforce nothing.

import {
  DAY_ONE_POLICY,
  movedOn,
  NO_STEPS,
  reason,
  remembered,
  seenBy,
  STEP_CLASSES,
  STEP_RULES,
} from "../core/index.ts";
import type { Call, Finding, JudgedCall, Mode, StepClass, StepLimits, StepMemory, StepRule } from "../core/index.ts";
import { readCall, resultText } from "../text/index.ts";
import { digest } from "./digest.ts";

/** One step, before it is taken. `call` is the tool's arguments as JSON, or the line for a shell. */
export type Step = {
  /** A message calls nothing; `user` is what a human says. */
  readonly kind: "tool" | "message" | "user";
  readonly tool: string;
  readonly call: string;
  /** Milliseconds since 1970 when it begins; null where nobody knows: then nothing counts as polling by its pace. */
  readonly atMs: number | null;
  /** What the step does; left out: what the published tables say. */
  readonly class?: StepClass;
};

/** How a step ended; a result of null says nothing. */
export type Outcome = { readonly result: string | null; readonly failed: boolean };

/**
 * What one rule says of a step: a refusal, or with `soft` a warning. `mode` is the rule's on day one: what only observes
 * there is a guess. `says` is the sentence.
 */
export type StepFinding = Finding & {
  readonly rule: string;
  readonly mode: Mode;
  readonly soft: boolean;
  readonly says: string;
};

/** A step that was judged. */
export type JudgedStep = {
  readonly call: JudgedCall | null;
  /** What all rules say of it, in their order. */
  readonly findings: readonly StepFinding[];
};

export type WatchOptions = {
  /** The numbers of the rules; left out: the day-one policy's. */
  readonly limits?: StepLimits;
  /** Names of the rules that speak; left out: all. */
  readonly rules?: readonly string[];
};

function callOf(step: Step): Call {
  const { text, shape, command, class: read, watches } = readCall(step.tool, step.call);
  return { digest: digest(text), shape: digest(shape), command, class: step.class ?? read, watches };
}

const KINDS: readonly unknown[] = ["tool", "message", "user"];

/** Callers without types get the field's name, and not a fault from inside. */
function checkField(name: string, holds: boolean, wanted: string): void {
  if (!holds) throw new TypeError(`${name} is not ${wanted}`);
}

function checkStep(step: Step): void {
  checkField("step", typeof step === "object" && step !== null, "an object");
  const { kind, tool, call, atMs, class: given } = step;
  checkField("step.kind", KINDS.includes(kind), "tool, message or user");
  checkField("step.tool", typeof tool === "string", "a text");
  checkField("step.call", typeof call === "string", "a text: the arguments as JSON, or the line for a shell");
  checkField("step.atMs", atMs === null || Number.isFinite(atMs), "a time in milliseconds, or null");
  checkField("step.class", given === undefined || STEP_CLASSES.includes(given), `one of ${STEP_CLASSES.join(", ")}`);
}

/** Watches the steps of one task, whoever takes them. */
export class StepWatch {
  readonly #limits: StepLimits;
  readonly #rules: readonly StepRule[];
  #memory: StepMemory = NO_STEPS;
  #atMs = 0;

  /** @throws TypeError for an option that is none. */
  constructor(options: WatchOptions = {}) {
    const unknown = Object.keys(options).find((name) => name !== "limits" && name !== "rules");
    if (unknown !== undefined) throw new TypeError(`${unknown} is no option of StepWatch: use limits or rules`);
    const { limits = DAY_ONE_POLICY.steps, rules } = options;
    this.#limits = limits;
    this.#rules = rules === undefined ? STEP_RULES : STEP_RULES.filter(({ name }) => rules.includes(name));
  }

  /**
   * What the rules say of this step before it is taken. Nothing is remembered of it yet.
   * @throws TypeError naming the field that is not as it should be.
   */
  judge(step: Step): JudgedStep {
    checkStep(step);
    if (step.kind === "user") return { call: null, findings: [] };
    if (step.kind === "message") return this.#found({ ...MESSAGE, class: "message" });
    const asked = { tool: step.tool, call: callOf(step), at: this.#timeOf(step) };
    return this.#found(seenBy(this.#limits, asked, this.#memory));
  }

  #found(call: JudgedCall): JudgedStep {
    if (call.polled) return { call, findings: [] };
    const findings = this.#rules.flatMap(({ name, mode, find }): readonly StepFinding[] => {
      const found = find(this.#memory, call, this.#limits);
      if (found === null) return [];
      const { code, numbers, soft = false } = found;
      return [{ rule: name, mode, code, numbers, soft, says: reason(code).says(numbers) }];
    });
    return { call, findings };
  }

  /**
   * Remembers how a judged step ended.
   * @throws TypeError naming the field that is not as it should be.
   */
  settle(step: Step, judged: JudgedStep, { result, failed }: Outcome): void {
    checkField("outcome.result", result === null || typeof result === "string", "a text or null");
    checkField("outcome.failed", typeof failed === "boolean", "true or false");
    const at = this.#timeOf(step);
    this.#atMs = Math.max(this.#atMs, at);
    if (step.kind === "user") this.#memory = movedOn(this.#memory);
    if (judged.call === null) return;
    const told = result === null ? null : digest(resultText(result));
    this.#memory = remembered(this.#memory, { call: judged.call, at, result: told, failed });
  }

  /** A step that lies in the past: what the rules would have said of it, and then how it ended. */
  take(step: Step, outcome: Outcome): readonly StepFinding[] {
    const judged = this.judge(step);
    this.settle(step, judged, outcome);
    return judged.findings;
  }

  /** Steps since the last outcome that was new; 0 right after one. */
  get stale(): number {
    return this.#memory.stale;
  }

  /** A clock that goes back, or none: the time of the step before. */
  #timeOf({ atMs }: Step): number {
    return Math.max(this.#atMs, atMs ?? 0);
  }
}

const MESSAGE = { digest: digest("message"), shape: digest("message"), polled: false } as const;
