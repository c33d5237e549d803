import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DEFAULT_LIFECYCLE, lifecycleFaults, proveLifecycle } from "../../src/core/index.ts";
import type { ActorKind, Edge, LifecycleTable, TableFault } from "../../src/core/index.ts";
import { anyTable } from "../support/lifecycle-tables.ts";
import { seeded } from "../support/seeded.ts";

const { edges } = DEFAULT_LIFECYCLE;

function added(from: string, to: string, by: readonly ActorKind[]): readonly Edge[] {
  return [...edges, { from, to, by, why: "Planted" }];
}

function without(from: string, to?: string): readonly Edge[] {
  return edges.filter((edge) => edge.from !== from || (to !== undefined && edge.to !== to));
}

function changed(from: string, to: string, by: readonly ActorKind[]): readonly Edge[] {
  return edges.map((edge) => (edge.from === from && edge.to === to ? { ...edge, by } : edge));
}

type Planted = {
  readonly defect: string;
  readonly change: Partial<LifecycleTable>;
  readonly proof: TableFault["proof"];
  readonly states?: readonly string[];
  readonly edges?: readonly (readonly [string, string])[];
  readonly says: string;
};

const PLANTED: readonly Planted[] = [
  {
    defect: "a guard on a state that is not there",
    change: { guards: { dnoe: ["reason"] } },
    proof: "known_states",
    states: ["dnoe"],
    says: "dnoe is no state of the table",
  },
  {
    defect: "an edge from a state that is not there",
    change: { edges: added("nowhere", "done", ["human"]) },
    proof: "known_states",
    states: ["nowhere"],
    says: "nowhere is no state of the table",
  },
  {
    defect: "a state that stands there twice",
    change: { states: [...DEFAULT_LIFECYCLE.states, "todo"] },
    proof: "known_states",
    states: ["todo"],
    says: "the state todo stands there twice",
  },
  {
    defect: "an edge that is named twice",
    change: { edges: added("todo", "blocked", ["agent"]) },
    proof: "edges_once",
    edges: [["todo", "blocked"]],
    says: "todo -> blocked stands there twice",
  },
  {
    defect: "an edge from a state to itself",
    change: { edges: added("todo", "todo", ["agent"]) },
    proof: "edges_once",
    edges: [["todo", "todo"]],
    says: "todo -> todo leads nowhere: a state is not left for itself",
  },
  {
    defect: "one state that plays two parts",
    change: { review: "blocked" },
    proof: "roles_apart",
    states: ["blocked"],
    says: "blocked is both parked and review: they must differ",
  },
  {
    defect: "a terminal review",
    change: { review: "cancelled" },
    proof: "roles_open",
    states: ["cancelled"],
    says: "cancelled is review and cannot be terminal",
  },
  {
    defect: "a beginning in the working state",
    change: { initial: ["todo", "backlog", "in_progress"] },
    proof: "beginnings",
    states: ["in_progress"],
    says: "a task cannot begin in in_progress: it is entered by a claim",
  },
  {
    defect: "a beginning in a terminal state",
    change: { initial: ["todo", "backlog", "cancelled"], guards: {} },
    proof: "beginnings",
    states: ["cancelled"],
    says: "a task cannot begin in cancelled: it is terminal",
  },
  {
    defect: "a state that nothing leads to",
    change: { states: [...DEFAULT_LIFECYCLE.states, "island"], edges: added("island", "todo", ["agent"]) },
    proof: "reachable",
    states: ["island"],
    says: "island cannot be reached from todo, backlog",
  },
  {
    defect: "a state that leads nowhere",
    change: { states: [...DEFAULT_LIFECYCLE.states, "pit"], edges: added("todo", "pit", ["agent"]) },
    proof: "no_traps",
    states: ["pit"],
    says: "from pit no terminal state can be reached",
  },
  {
    defect: "an ending that an agent can leave",
    change: { edges: changed("cancelled", "todo", ["human", "agent"]) },
    proof: "endings",
    edges: [["cancelled", "todo"]],
    says: "cancelled -> todo leaves the terminal state cancelled by agent: only a human may",
  },
  {
    defect: "an ending that the system can leave",
    change: { edges: changed("done", "todo", ["system"]) },
    proof: "endings",
    edges: [["done", "todo"]],
    says: "done -> todo leaves the terminal state done by system: only a human may",
  },
  {
    defect: "work that no agent can claim",
    change: { edges: changed("todo", "in_progress", ["human"]) },
    proof: "claimable",
    edges: [["todo", "in_progress"]],
    says: "todo -> in_progress is not for the agent: an agent could claim nothing",
  },
  {
    defect: "lost leases that cannot go back",
    change: { edges: without("in_progress", "todo") },
    proof: "returned",
    edges: [["in_progress", "todo"]],
    says: "in_progress -> todo is missing: a lost lease could not go back",
  },
  {
    defect: "work that the system cannot park",
    change: { edges: changed("in_progress", "blocked", ["agent", "human"]) },
    proof: "parkable",
    edges: [["in_progress", "blocked"]],
    says: "in_progress -> blocked is not for the system: work could not be parked for a human",
  },
  {
    defect: "parked work that only agents can take up again",
    change: { edges: edges.map((edge) => (edge.from === "blocked" ? { ...edge, by: ["agent"] } : edge)) },
    proof: "parked_left",
    states: ["blocked"],
    says: "a human cannot leave blocked: parked work would wait for ever",
  },
  {
    defect: "a completed state that is not terminal",
    change: { terminal: ["cancelled"] },
    proof: "finishable",
    states: ["done"],
    says: "done is completed and must be terminal",
  },
  {
    defect: "work that agents cannot complete",
    change: { edges: edges.map((edge) => (edge.to === "done" ? { ...edge, by: ["human"] } : edge)) },
    proof: "finishable",
    states: ["in_progress", "done"],
    says: "agents cannot get from in_progress to done",
  },
  {
    defect: "a guard that no new task could meet",
    change: { guards: { backlog: ["reason"] } },
    proof: "guards",
    states: ["backlog"],
    says: "backlog cannot demand reason: a new task has none, and begins there",
  },
  {
    defect: "a guard that no claim could meet",
    change: { guards: { in_progress: ["evidence"] } },
    proof: "guards",
    states: ["in_progress"],
    says: "in_progress cannot demand evidence: work has not begun when it is claimed",
  },
  {
    defect: "a guard that the system could not meet",
    change: { guards: { blocked: ["other_actor"] } },
    proof: "guards",
    states: ["blocked"],
    says: "blocked cannot demand other_actor: the system brings none with a lost lease",
  },
];

for (const { defect, change, proof, states = [], edges: named = [], says } of PLANTED) {
  test(`${defect} is found and named, and nothing else is`, () => {
    const found = lifecycleFaults({ ...DEFAULT_LIFECYCLE, ...change });
    const wanted = named.map(([from, to]) => ({ from, to }));
    assert.deepEqual(found, [{ proof, states, edges: wanted, message: says }]);
  });
}

test("every proof has a planted defect that it finds", () => {
  const planted = new Set(PLANTED.map(({ proof }) => proof));
  assert.deepEqual(
    proveLifecycle(DEFAULT_LIFECYCLE)
      .map(({ name }) => name)
      .filter((name) => !planted.has(name)),
    [],
  );
});

test("the default table passes every proof", () => {
  assert.deepEqual(lifecycleFaults(DEFAULT_LIFECYCLE), []);
});

test("completion through a review is completion by agents", () => {
  assert.deepEqual(lifecycleFaults({ ...DEFAULT_LIFECYCLE, edges: without("in_progress", "done") }), []);
});

/** Whether there is a way, found by trying all ways of up to as many moves as there are states. */
function isWay(table: LifecycleTable, from: string, to: string, by?: ActorKind): boolean {
  let here: readonly string[] = [from];
  for (let moves = 0; moves <= table.states.length; moves += 1) {
    if (here.includes(to)) return true;
    const open = table.edges.filter((edge) => here.includes(edge.from) && (by === undefined || edge.by.includes(by)));
    here = [...here, ...open.map((edge) => edge.to)];
    here = table.states.filter((state) => here.includes(state));
  }
  return false;
}

function has(table: LifecycleTable, from: string, to: string, by: ActorKind): boolean {
  return table.edges.some((edge) => edge.from === from && edge.to === to && edge.by.includes(by));
}

/** The properties again, by walking, with nothing of the proofs in it. */
function isSound(table: LifecycleTable): boolean {
  const { states, initial, terminal, working, released, parked, review, completed, guards } = table;
  const roles = [working, released, parked, completed, ...(review === null ? [] : [review])];
  const pairs = table.edges.map(({ from, to }) => `${from} ${to}`);
  const atBirth = initial.flatMap((state) => guards[state] ?? []);
  return [
    new Set(roles).size === roles.length,
    roles.every((state) => terminal.includes(state) === (state === completed)),
    initial.every((state) => state !== working && !terminal.includes(state)),
    states.every((state) => initial.some((first) => isWay(table, first, state))),
    states.every((state) => terminal.some((last) => isWay(table, state, last))),
    table.edges.every(({ from, to, by }) => from !== to && (!terminal.includes(from) || by.join() === "human")),
    new Set(pairs).size === pairs.length,
    has(table, released, working, "agent"),
    has(table, working, released, "system"),
    has(table, working, parked, "system"),
    states.some((state) => has(table, parked, state, "human")),
    isWay(table, working, completed, "agent"),
    !atBirth.some((guard) => guard === "reason" || guard === "evidence" || guard === "other_actor"),
    !(guards[working] ?? []).some((guard) => guard === "reason" || guard === "evidence"),
    ![released, parked].some((state) => guards[state]?.some((one) => one === "evidence" || one === "other_actor")),
  ].every(Boolean);
}

test("the proofs accept a random table exactly when walking through it finds the same", () => {
  const seen = { sound: 0, faulty: 0 };
  fc.assert(
    fc.property(anyTable, (table) => {
      const faults = lifecycleFaults(table);
      assert.equal(faults.length === 0, isSound(table), faults.map(({ message }) => message).join("; "));
      seen[faults.length === 0 ? "sound" : "faulty"] += 1;
    }),
    seeded({ numRuns: 2_000 }),
  );
  assert.ok(seen.sound > 50 && seen.faulty > 50, JSON.stringify(seen));
});

test("in an accepted table no walk of agents and system leaves an ending, and every walk can still end", () => {
  const step = fc.nat({ max: 1_000 });
  fc.assert(
    fc.property(
      anyTable.filter((table) => lifecycleFaults(table).length === 0),
      fc.array(step, { maxLength: 40 }),
      (table, steps) => {
        let state = table.initial[0] ?? "";
        for (const number of steps) {
          const open = table.edges.filter(({ from, by }) => from === state && by.some((kind) => kind !== "human"));
          const edge = open[number % Math.max(1, open.length)];
          if (table.terminal.includes(state)) assert.equal(edge, undefined);
          state = edge?.to ?? state;
          assert.ok(table.terminal.some((last) => isWay(table, state, last)));
        }
      },
    ),
    seeded(),
  );
});
