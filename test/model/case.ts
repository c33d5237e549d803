// One request as the model's rules see it: who asks, and what it would make, claim, move, spend, give or place.

import type { Actor } from "../../src/core/index.ts";
import type { RequestBodies } from "../../src/kernel/index.ts";
import type { Link, ModelTask, World } from "./state.ts";
import type { ModelCall } from "./steps.ts";

export type Making = {
  readonly id: string;
  readonly body: RequestBodies["create_task"];
  readonly kind: string;
  readonly state: string;
  readonly line: readonly Link[];
  readonly originRoot: string;
  readonly causeHops: number;
  readonly fingerprint: string;
  readonly template: string;
};

export type Spending = { readonly asked: Readonly<Record<string, number>>; readonly handBack: boolean };

export type Case = {
  readonly world: World;
  readonly actor: Actor;
  /** kind:id */
  readonly name: string;
  readonly fence: number | null;
  readonly run: string | null;
  readonly type: string;
  /** The task it writes to, where there is one. */
  readonly task: ModelTask | null;
  readonly makes: Making | null;
  /** It would hold `task` afterwards. */
  readonly claims: boolean;
  /** The state `task` would move to by this actor's own hand. */
  readonly to: string | null;
  readonly reason: string | null;
  readonly spends: Spending | null;
  /** What the step calls; null where nobody said. */
  readonly calls: ModelCall | null;
  readonly renews: boolean;
  readonly gives: string | null;
  readonly places: string | null;
  readonly waitsFor: readonly string[] | null;
  /** An edit that would loosen the task's own limits or put its deadline back. */
  readonly loosens: boolean;
};

/** What one rule found: null, or the code of its refusal. */
export type Finding = string | null;

export function isAgent(it: Case): boolean {
  return it.actor.kind === "agent";
}
