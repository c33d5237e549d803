// What loading gives: the seed's sections with their defaults, and what was said about the policy, said or not.

import type { Mode } from "../core/index.ts";

/** A pair of limits as far as it was named: null was not named, `none` takes a limit away. */
export type LimitPatch = { readonly soft: number | "none" | null; readonly hard: number | null };

/** What a file and the environment say about the policy, in the policy's units; null was not named. */
export type PolicyPatch = {
  readonly lineage: {
    readonly depth: LimitPatch | null;
    readonly children: LimitPatch | null;
    readonly descendants: LimitPatch | null;
    readonly templatesPerDay: number | null;
    readonly duplicateWindowMs: number | null;
    readonly rootAgents: readonly string[] | null;
  };
  readonly budget: {
    readonly task: { readonly [dimension: string]: LimitPatch | "none" };
    readonly handBackSteps: number | null;
  };
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
