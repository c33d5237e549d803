// Random policies and random file texts: near enough to the real thing to reach every branch, far enough to be wrong.

import fc from "fast-check";
import { RULES } from "../../src/core/index.ts";
import type { ActorKind, Limit, Mode, Policy, ScopeLimits } from "../../src/core/index.ts";
import { isOwnDimension } from "../../src/config/dimensions.ts";
import { KEYS } from "../../src/config/key-table.ts";
import { nameProblem } from "../../src/config/names.ts";
import { provenTable } from "../support/lifecycle-tables.ts";

const AMOUNT_MAX = 2 ** 40;

function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

function amount(max: number, min = 0): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, 20) }), fc.constant(max));
}

function limit(max: number, min = 0): fc.Arbitrary<Limit> {
  return amount(max, min).chain((hard) => record({ soft: fc.option(amount(hard, min)), hard: fc.constant(hard) }));
}

const ownDimension = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/).filter(isOwnDimension);
const dimension = fc.oneof(fc.constantFrom("steps", "durationMs", "costMicros", "tokens"), ownDimension);
const agent = fc
  .string({ unit: "binary", minLength: 1, maxLength: 20 })
  .filter((name) => nameProblem(name, new Set()) === null);
const mode = fc.constantFrom<Mode[]>("enforce", "observe");

const limits = fc.dictionary(dimension, limit(AMOUNT_MAX), { maxKeys: 4, noNullPrototype: true });
const scope: fc.Arbitrary<ScopeLimits> = record({ lifetime: limits, hour: limits, day: limits, month: limits });
const spanMs = fc.integer({ min: 1_000, max: 31 * 86_400_000 });
const again = fc.integer({ min: 1, max: 16 });

/** Two numbers, the first at most the second. */
function inOrder(max: number): fc.Arbitrary<readonly [number, number]> {
  return fc
    .tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
}

const escalation: fc.Arbitrary<Policy["escalation"]> = fc
  .tuple(inOrder(16), inOrder(86_400_000), fc.integer({ min: 1, max: 100 }), fc.option(agent))
  .map(([[retriesMax, attemptsMax], [backoffFirstMs, backoffMaxMs], backoffFactor, lead]) => ({
    attemptsMax,
    retriesMax,
    backoffFirstMs,
    backoffFactor,
    backoffMaxMs,
    lead: lead === "none" ? null : lead,
  }));

/** Different names, each of one class. */
const classes = fc
  .uniqueArray(fc.tuple(agent, fc.constantFrom("mutate", "observe", "verify")), {
    maxLength: 6,
    selector: ([name]) => name,
  })
  .map((pairs) => {
    const of = (wanted: string): string[] => pairs.filter(([, found]) => found === wanted).map(([name]) => name);
    return { mutate: of("mutate"), observe: of("observe"), verify: of("verify") };
  });

const steps: fc.Arbitrary<Policy["steps"]> = fc
  .tuple(
    record({
      repeats: limit(32, 1),
      errors: limit(32, 1),
      rounds: limit(4, 1),
      shortRounds: limit(10, 1),
      variations: limit(32, 1),
      stale: limit(1_000, 1),
      failing: limit(1_000, 1),
      messages: limit(1_000, 1),
    }),
    inOrder(86_400_000),
    fc.uniqueArray(agent, { maxLength: 3 }),
    classes,
  )
  .map(([limitsOfSteps, [pollMs, slowPollMs], polls, lists]) => ({
    ...limitsOfSteps,
    pollMs,
    slowPollMs,
    polls,
    ...lists,
  }));

/** A complete policy; its lifecycle is the default table or one that passes every proof. */
export const policy: fc.Arbitrary<Policy> = record({
  version: fc.constant(3),
  lifecycle: provenTable,
  lineage: record({
    depth: limit(32),
    children: limit(AMOUNT_MAX),
    descendants: limit(AMOUNT_MAX),
    liveAgents: limit(64),
    creations: limit(256),
    creationsWindowMs: spanMs,
    templatesPerDay: amount(AMOUNT_MAX),
    duplicateWindowMs: amount(AMOUNT_MAX),
    rootAgents: fc.uniqueArray(agent, { maxLength: 5 }),
    causeHopsMax: fc.integer({ min: 0, max: 1_000 }),
    signaturesMax: again,
    assignmentsMax: again,
    entriesMax: again,
  }),
  admission: fc.uniqueArray(fc.constantFrom<ActorKind[]>("agent", "human", "system")),
  budget: record({
    task: scope,
    lineage: scope,
    agent: scope,
    workspace: scope,
    handBackSteps: amount(AMOUNT_MAX),
    reservationMs: spanMs,
  }),
  steps,
  lease: record({ ttlMs: spanMs }),
  escalation,
  evidence: fc.uniqueArray(agent, { maxLength: 3 }),
  modes: fc
    .tuple(...RULES.map(() => mode))
    .map((modes) =>
      Object.fromEntries(
        RULES.map(({ name, fixed }, index) => [name, fixed === true ? "enforce" : (modes[index] ?? "enforce")]),
      ),
    ),
});

const NAMES = [...new Set(KEYS.flatMap(({ path }) => path.split(".")))];
const SCALARS = [
  "5",
  "0",
  "-1",
  "1.5",
  "1e3",
  "010",
  "true",
  "none",
  "null",
  "enforce",
  "observe",
  '"x"',
  "http://x",
  ".inf",
  "*a",
  "&a 5",
  "!!str x",
];
const name = fc.oneof(fc.constantFrom(...NAMES, "soft", "hard", "<<"), fc.string({ maxLength: 5 }));
const scalar = fc.oneof(fc.constantFrom(...SCALARS), fc.string({ maxLength: 8 }));

const flow = fc.letrec<{ value: string; map: string; list: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, tie("map"), tie("list")),
  map: fc
    .array(fc.tuple(name, tie("value")), { maxLength: 4 })
    .map((pairs) => `{ ${pairs.map(([key, value]) => `${key}: ${value}`).join(", ")} }`),
  list: fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(", ")}]`),
}));

const block = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), name, fc.oneof(fc.constant(""), flow.value)), { maxLength: 8 })
  .map((lines) => lines.map(([indent, key, value]) => `${"  ".repeat(indent)}${key}: ${value}`).join("\n"));

/** YAML of every quality, from plausible files to noise. */
export const fileText: fc.Arbitrary<string> = fc.oneof(
  block,
  flow.map,
  fc.string({ maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(..." \n\t:-[]{}&*!|>'\"%@`#,?a1<.\\".split("")), maxLength: 60 }),
);
