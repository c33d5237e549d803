// Bugs planted on purpose: a rule switched off, a number changed behind the checks' back. The simulation must find each,
// or it proves nothing when it finds none.

import type { Policy } from "../../src/core/index.ts";
import { BUSY_POLICY } from "./worlds.ts";

const off = (...rules: readonly string[]): Policy => ({
  ...BUSY_POLICY,
  modes: { ...BUSY_POLICY.modes, ...Object.fromEntries(rules.map((rule) => [rule, "observe" as const])) },
});

/** What is planted, and what must be said of it. */
export type Planted = { readonly bug: string; readonly policy: Policy; readonly found: RegExp };

export const PLANTED: readonly Planted[] = [
  { bug: "budgets only observe", policy: off("budget"), found: /stands at \d+ of \d+/ },
  { bug: "the same work is made twice", policy: off("duplicate", "creations"), found: /lineage\.duplicate_open/ },
  { bug: "depth has no end", policy: off("depth"), found: /lineage\.depth_exceeded/ },
  {
    bug: "descendants are not counted",
    policy: off("descendants", "creations"),
    found: /lineage\.descendants_exceeded/,
  },
  { bug: "a storm of tasks passes", policy: off("creations"), found: /lineage\.creations_exceeded/ },
  { bug: "a loop has no end", policy: off("repetition"), found: /step\.repeated/ },
  { bug: "sleepers work", policy: off("asleep"), found: /, asleep$/ },
  { bug: "an agent holds the whole and its own piece", policy: off("identity"), found: /lineage\.identity_loop/ },
  { bug: "children are not counted", policy: off("children", "creations"), found: /lineage\.children_exceeded/ },
  { bug: "done needs no evidence", policy: off("evidence"), found: /enters done without evidence/ },
  {
    bug: "leases outlive their time",
    policy: { ...BUSY_POLICY, lease: { ttlMs: BUSY_POLICY.lease.ttlMs * 4 } },
    found: /the lease of .* lives for/,
  },
  {
    bug: "work is done with children still open",
    policy: {
      ...BUSY_POLICY,
      lifecycle: { ...BUSY_POLICY.lifecycle, guards: { ...BUSY_POLICY.lifecycle.guards, done: [] } },
    },
    found: /enters done without no_open_children/,
  },
];
