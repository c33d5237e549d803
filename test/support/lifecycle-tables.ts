// Random lifecycle tables: some that tasks could live by, most with something wrong, as people's first drafts are.

import fc from "fast-check";
import { DEFAULT_LIFECYCLE, GUARDS, lifecycleFaults } from "../../src/core/index.ts";
import type { ActorKind, Edge, Guard, LifecycleTable } from "../../src/core/index.ts";

// Words that YAML, JavaScript or a state diagram reads as its own are among them.
const NAMES = [
  "open",
  "doing",
  "waiting",
  "checked",
  "shut",
  "dropped",
  "true",
  "Null",
  "end",
  "s_1",
  "in-review",
  "todo",
];

const by: fc.Arbitrary<readonly ActorKind[]> = fc.uniqueArray(
  fc.constantFrom<ActorKind[]>("agent", "human", "system"),
  {
    minLength: 1,
  },
);

const why = fc.constantFrom("Moved", 'it\'s "done": #1', "ends — so", "- x", "a \u202e b");

function edgesAmong(states: readonly string[]): fc.Arbitrary<readonly Edge[]> {
  const state = fc.constantFrom(...states);
  return fc.array(fc.record({ from: state, to: state, by, why }, { noNullPrototype: true }), { maxLength: 12 });
}

/** The moves that a table cannot do without, and an ending for those that lead nowhere else. */
function backbone({ working, released, parked, completed, terminal, states }: Draft): readonly Edge[] {
  const others = states.filter((state) => ![working, released, parked, ...terminal].includes(state));
  const edge = (from: string, to: string, kinds: readonly ActorKind[]): Edge => ({ from, to, by: kinds, why: "Moved" });
  return [
    edge(released, working, ["agent"]),
    edge(working, released, ["system"]),
    edge(working, parked, ["system", "agent"]),
    edge(parked, released, ["human"]),
    edge(working, completed, ["agent", "human"]),
    ...terminal.map((state) => edge(released, state, ["human"])),
    ...others.flatMap((state) => [edge(released, state, ["agent"]), edge(state, completed, ["human"])]),
  ];
}

type Draft = Omit<LifecycleTable, "edges" | "guards">;

const draft: fc.Arbitrary<Draft> = fc
  .shuffledSubarray(NAMES, { minLength: 4, maxLength: 8 })
  .chain((states) => fc.tuple(fc.constant(states), fc.boolean(), fc.boolean()))
  .map(([states, hasReview, endsTwice]) => {
    const [released = "", working = "", parked = "", completed = "", fifth, sixth] = states;
    return {
      states,
      initial: [released],
      working,
      released,
      parked,
      review: hasReview ? (fifth ?? null) : null,
      completed,
      terminal: endsTwice && sixth !== undefined ? [completed, sixth] : [completed],
    };
  });

/** Its own list first: a later edge between the same states falls away. */
function once(edges: readonly Edge[]): readonly Edge[] {
  const seen = new Map(edges.toReversed().map((edge) => [`${edge.from} ${edge.to}`, edge]));
  return edges.filter((edge) => seen.get(`${edge.from} ${edge.to}`) === edge && edge.from !== edge.to);
}

const guards: fc.Arbitrary<readonly Guard[]> = fc.uniqueArray(fc.constantFrom(...GUARDS), {
  minLength: 1,
  maxLength: 2,
});

/** Any table, sound or not. */
export const anyTable: fc.Arbitrary<LifecycleTable> = draft.chain((roles) =>
  fc
    .record({
      edges: edgesAmong(roles.states),
      isBuilt: fc.boolean(),
      isTidy: fc.boolean(),
      initial: fc.oneof(
        { weight: 3, arbitrary: fc.constant(roles.initial) },
        { weight: 1, arbitrary: fc.subarray([...roles.states], { minLength: 1 }) },
      ),
      guards: fc.dictionary(fc.constantFrom(...roles.states), guards, { maxKeys: 2, noNullPrototype: true }),
    })
    .map(({ edges, isBuilt, isTidy, initial, guards: demanded }) => {
      const isHuman = ({ from }: Edge): boolean => isTidy && roles.terminal.includes(from);
      const own = edges.map((edge): Edge => (isHuman(edge) ? { ...edge, by: ["human"] } : edge));
      const all = isBuilt ? [...backbone(roles), ...own] : own;
      return {
        ...roles,
        initial,
        edges: isTidy ? once(all) : all,
        guards: demanded,
      };
    }),
);

/** The default table, or one that passes every proof. */
export const provenTable: fc.Arbitrary<LifecycleTable> = fc.oneof(
  fc.constant(DEFAULT_LIFECYCLE),
  anyTable.filter((table) => lifecycleFaults(table).length === 0),
);
