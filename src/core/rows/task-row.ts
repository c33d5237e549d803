// The row of a task: its place, its life, who holds it, and what bears on its next move.

import type { EvidenceKind } from "../evidence.ts";
import type { Policy } from "../policy.ts";

/** Who does, or may do, the work of a task of some kind: one link in a line of causes. */
export type Link = { readonly agent: string; readonly kind: string };

/**
 * Who may take the work up: how far it has climbed after failed attempts. `human` is parked; `stuck` was parked because
 * its steps went round in circles; of both no agent takes it up again.
 */
export type Tier = "anybody" | "peer" | "lead" | "human" | "stuck";

export type Escalation = {
  readonly tier: Tier;
  /** Failed attempts since it was last parked, or a human acted on it. */
  readonly failures: number;
  /** How often it was parked, since a human last revived it as a dead letter. */
  readonly parks: number;
  /** Agents that failed; a peer is none of them. */
  readonly failed: readonly string[];
  /** Not claimed before this time. */
  readonly notBefore: number;
};

/** The ladder as it stood at the claim, with the states it leads to: a later policy does not change what a loss means. */
export type Ladder = Policy["escalation"] & { readonly released: string; readonly parked: string };

/** The right to work on a task. Time is reserved from `since` to `expiresAt`; a human's lease never expires. */
export type Lease = {
  readonly since: number;
  readonly ttlMs: number;
  readonly expiresAt: number | null;
  readonly scopes: readonly string[];
  /** Sum of the epochs of halts it was granted under. */
  readonly epoch: number;
  /** Says what becomes of the task when the lease is lost. */
  readonly ladder: Ladder;
};

export type Evidence = { readonly what: EvidenceKind; readonly name: string; readonly passed: boolean };

export type TaskRow = {
  readonly kind: "task";
  readonly id: string;
  readonly title: string;
  readonly taskKind: string;
  readonly state: string;
  /** In the state that claims are made from, and in the index of what is ready. */
  readonly ready: boolean;
  /** In a terminal state. */
  readonly ended: boolean;
  readonly parent: string | null;
  readonly root: string;
  /** The root it was made under, even where it claims to be a root of its own: counters charge both. */
  readonly originRoot: string;
  readonly path: readonly string[];
  readonly createdBy: string | null;
  readonly origins: readonly string[];
  readonly author: string;
  readonly assignee: string | null;
  readonly holder: string | null;
  /** Who held it last; the one who did the work. */
  readonly worker: string | null;
  readonly fence: number;
  readonly attempt: number;
  readonly lease: Lease | null;
  readonly escalation: Escalation;
  readonly priority: number;
  readonly needs: readonly string[];
  readonly blockedBy: readonly string[];
  readonly openBlockers: number;
  /** Limits of its own by dimension, for its life. */
  readonly limits: { readonly [dimension: string]: number };
  readonly deadlineAt: number | null;
  /** Creations and wakes in a row since a human or a timer acted. */
  readonly causeHops: number;
  /** Whoever worked above it, along causes, nearest last. */
  readonly line: readonly Link[];
  /** Agents it was given to since its last progress, latest last. */
  readonly assignments: readonly string[];
  /** How often it entered each state since its last progress. */
  readonly entries: { readonly [state: string]: number };
  /** Of the present attempt and fence. */
  readonly evidence: readonly Evidence[];
  /** Children ever created below it, those not ended, and, on a root, all descendants ever created. */
  readonly children: number;
  readonly openChildren: number;
  readonly descendants: number;
  readonly fingerprint: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};
