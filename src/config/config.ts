// What loading gives: the seed's sections with their defaults, and what was said about the policy, said or not.

import type { ActorKind, LifecycleTable, Limit, Mode, Policy, ScopeKind, Window } from "../core/index.ts";

/** A pair of limits as far as it was named: null was not named, `none` takes a limit away. */
export type LimitPatch = { readonly soft: number | "none" | null; readonly hard: number | null };

/** Limits by dimension; `none` takes the whole limit away. */
export type LimitPatches = { readonly [dimension: string]: LimitPatch | "none" };

export type ScopePatch = { readonly [W in Window]: LimitPatches };

/** A section of which each part may be named or not. */
type Named<T> = { readonly [K in keyof T]: (T[K] extends Limit ? LimitPatch : T[K]) | null };

type Escalation = Policy["escalation"];

/** What a file and the environment say about the policy, in the policy's units; null was not named. */
export type PolicyPatch = {
  readonly lifecycle: LifecycleTable | null;
  readonly lineage: Named<Policy["lineage"]>;
  readonly admission: readonly ActorKind[] | null;
  readonly budget: { readonly [S in ScopeKind]: ScopePatch } & {
    readonly handBackSteps: number | null;
    readonly reservationMs: number | null;
  };
  readonly steps: Named<Policy["steps"]>;
  readonly lease: Named<Policy["lease"]>;
  /** A lead of `none` takes the lead away. */
  readonly escalation: Named<Omit<Escalation, "lead">> & { readonly lead: string | null };
  readonly evidence: readonly string[] | null;
  readonly modes: { readonly [rule: string]: Mode };
};

/** A loaded configuration; `policy` is null when nothing names a part of it, `source` is the file's path or null. */
export type Config = {
  readonly lifecycle: { readonly maxDepth: number; readonly maxHeapSize: number };
  readonly budget: { readonly maxSteps: number; readonly maxDepth: number; readonly maxDurationSeconds: number };
  readonly paperclip: { readonly apiUrl: string };
  readonly policy: PolicyPatch | null;
  readonly source: string | null;
};

/** What holds where nothing is said: the seed's numbers. */
export const DEFAULTS: Omit<Config, "policy" | "source"> = {
  lifecycle: { maxDepth: 10, maxHeapSize: 1_000 },
  budget: { maxSteps: 50, maxDepth: 10, maxDurationSeconds: 1_800 },
  paperclip: { apiUrl: "http://127.0.0.1:3100" },
};
