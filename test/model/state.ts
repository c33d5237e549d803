// The naive model of the kernel: what it remembers. Plain maps and lists that only ever hold what happened; everything
// that can be counted or derived (meters, children, depth, who is live) is counted anew whenever somebody asks, so that
// no counter of the kernel is checked against a counter with the same fault.

import type { Actor, ActorKind, Policy } from "../../src/core/index.ts";
import { actorName } from "../../src/core/index.ts";
import type { Happening, ModelCall } from "./steps.ts";

export type Amounts = Readonly<Record<string, number>>;

export type Tier = "anybody" | "peer" | "lead" | "human" | "stuck";

/** One lease: time is charged from `since`; `expiresAt` is null for a human's. */
export type ModelLease = {
  since: number;
  ttlMs: number;
  expiresAt: number | null;
  charge: Charge;
  /** Halts that had ever been declared over the work when it was claimed. */
  readonly epoch: number;
};

export type Link = { readonly agent: string; readonly kind: string };

export type ModelTask = {
  readonly id: string;
  readonly kind: string;
  readonly author: string;
  readonly createdBy: string | null;
  readonly originRoot: string;
  readonly fingerprint: string;
  readonly template: string;
  readonly createdAt: number;
  readonly causeHops: number;
  readonly line: readonly Link[];
  state: string;
  endedAt: number | null;
  parent: string | null;
  /** Every parent it was ever put below, at its making and later. */
  readonly parents: string[];
  assignee: string | null;
  holder: string | null;
  worker: string | null;
  fence: number;
  attempt: number;
  lease: ModelLease | null;
  tier: Tier;
  failures: number;
  parks: number;
  failed: string[];
  notBefore: number;
  priority: number;
  needs: readonly string[];
  blockedBy: readonly string[];
  limits: Amounts;
  deadlineAt: number | null;
  /** Since the last progress: to whom it was given, which states it entered. */
  assignments: string[];
  entries: string[];
  /** What its steps came to, since a human last set it going. */
  happened: Happening[];
  evidence: { readonly what: string; readonly name: string; readonly passed: boolean }[];
};

/** Something charged to scopes: held until it closes, used afterwards. */
export type Charge = {
  readonly scopes: readonly string[];
  readonly madeAt: number;
  readonly reserved: Amounts;
  readonly handBack: boolean;
  closed: { readonly at: number; readonly actual: Amounts } | null;
};

export type ModelReservation = {
  readonly id: string;
  readonly task: string;
  readonly actor: string;
  readonly started: boolean;
  readonly expiresAt: number;
  readonly charge: Charge;
  /** Presumed is spent without word; it can be corrected once. */
  state: "open" | "presumed" | "closed";
  readonly call: ModelCall | null;
};

export type ModelActor = {
  readonly name: string;
  capabilities: readonly string[] | null;
  asleepSince: number | null;
  asleepUntil: number | null;
  cause: string | null;
  /** Times of its refusals, for the bound on what is recorded. */
  readonly refusedAt: number[];
};

export type ModelRun = { readonly actor: string; readonly run: string; ended: boolean };

export type Extension = {
  readonly scope: string;
  readonly dimension: string;
  readonly window: number;
  readonly add: number;
  readonly until: number;
};

export type ModelWaiver = {
  readonly actor: string;
  readonly asked: string;
  readonly code: string;
  readonly until: number;
};

/** A recorded decision, as far as a human can answer it. */
export type ModelDecision = {
  readonly actor: string;
  readonly asked: string;
  readonly refused: string | null;
  readonly numbers: Readonly<Record<string, string | number>>;
  readonly marks: readonly string[];
  answered: boolean;
  marked: boolean;
};

export type Granted = { readonly asked: string; readonly until: number; readonly answer: string };

export type World = {
  at: number;
  policy: Policy;
  readonly tasks: Map<string, ModelTask>;
  readonly actors: Map<string, ModelActor>;
  readonly charges: Charge[];
  readonly reservations: Map<string, ModelReservation>;
  /** By scope: how often it was halted, and whether it is now. */
  readonly halts: Map<string, { epoch: number; halted: boolean }>;
  readonly runs: ModelRun[];
  readonly extensions: Extension[];
  waivers: ModelWaiver[];
  readonly decisions: Map<number, ModelDecision>;
  readonly granted: Map<string, Granted>;
  /** Tasks whose lease a halt ended. */
  readonly touched: string[];
};

export function newWorld(policy: Policy): World {
  return {
    at: 0,
    policy,
    tasks: new Map(),
    actors: new Map(),
    charges: [],
    reservations: new Map(),
    halts: new Map(),
    runs: [],
    extensions: [],
    waivers: [],
    decisions: new Map(),
    granted: new Map(),
    touched: [],
  };
}

export function nameOf(actor: Actor): string {
  return actorName(actor.kind, actor.id);
}

export function kindOf(name: string): ActorKind {
  const kind = name.slice(0, name.indexOf(":"));
  return kind === "human" || kind === "agent" || kind === "system" ? kind : "harness";
}

export function actorOf(world: World, name: string): ModelActor {
  let found = world.actors.get(name);
  if (found === undefined) {
    found = { name, capabilities: null, asleepSince: null, asleepUntil: null, cause: null, refusedAt: [] };
    world.actors.set(name, found);
  }
  return found;
}

export function isEnded(world: World, task: ModelTask): boolean {
  return world.policy.lifecycle.terminal.includes(task.state);
}
