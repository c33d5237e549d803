// One refusal of each rule, really produced: what docs/rules.md shows. Where a rule only observes on day one it is
// enforced here; what is told by a harness is never refused, only marked.

import { DAY_ONE_POLICY, reason, RULES } from "../../src/core/index.ts";
import type { Call, Finding } from "../../src/core/index.ts";
import {
  assign,
  claim,
  create,
  edit,
  endRun,
  halt,
  move,
  place,
  record,
  release,
  reserve,
  sleep,
  startRun,
} from "./asks.ts";
import { enforcing, hard, withEscalation, withGuards, withLimits, withLineage } from "./policies.ts";
import { callOf, take } from "./steps.ts";
import { agent, fact, harness, World } from "./world.ts";
import type { As, Kinds } from "./world.ts";

type Told = { readonly world: World; readonly asked: Kinds; readonly as?: As };

const A1 = agent("a-1");

/** A chain of held tasks below each other, by agent and kind; gives the last one. */
function chain(world: World, links: readonly (readonly [string, string])[]): string {
  let parent: string | null = null;
  for (const [by, taskKind] of links) parent = world.held(by, { parent, taskKind });
  return parent ?? "";
}

function fails(world: World, id: string, times: number): void {
  for (let n = 0; n < times; n += 1) {
    world.run(claim(id), A1);
    world.run(release(id, "failed"), A1);
    world.at += 300_000;
  }
}

const WHO: { readonly [rule: string]: () => Told } = {
  asleep: () => {
    const world = new World();
    world.run(sleep("a-1", 1_620_000), A1);
    return { world, asked: create(), as: A1 };
  },
  halted: () => {
    const world = new World();
    const id = world.task();
    world.run(halt(`lineage/${id}`));
    return { world, asked: claim(id), as: A1 };
  },
  run: () => {
    const world = new World();
    world.run(startRun("night-7"), A1);
    world.run(endRun("night-7"), A1);
    world.at += 90_000;
    return { world, asked: create(), as: { ...A1, run: "night-7" } };
  },
  lease: () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(release(id), A1);
    world.run(claim(id), agent("a-2"));
    return { world, asked: record(id), as: agent("a-1", 1) };
  },
  editor: () => {
    const world = new World();
    return { world, asked: edit(world.held("a-2"), { priority: 0 }), as: A1 };
  },
  escalation: () => {
    const world = new World(withEscalation({ retriesMax: 1 }));
    const id = world.task();
    fails(world, id, 2);
    return { world, asked: claim(id), as: A1 };
  },
  capability: () => {
    const world = new World();
    return { world, asked: claim(world.task({ needs: ["signing"] })), as: A1 };
  },
};

const LIFE: { readonly [rule: string]: () => Told } = {
  stranger: () => {
    const world = new World();
    return { world, asked: move(world.task({ assignee: "a-2" }), "cancelled", "no use"), as: A1 };
  },
  lifecycle: () => {
    const world = new World();
    return { world, asked: move(world.task(), "done"), as: A1 };
  },
  continuity: () => {
    const world = new World();
    world.run({ type: "record_fact", body: fact({ task: "x-1", to: "todo" }) }, harness);
    const told = fact({ task: "x-1", from: "in_review", to: "done" });
    return { world, asked: { type: "record_fact", body: told }, as: harness };
  },
  reprocess: () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(move(id, "done"), A1);
    return { world, asked: claim(id), as: A1 };
  },
  reason: () => {
    const world = new World();
    return { world, asked: move(world.held("a-1"), "blocked"), as: A1 };
  },
  blockers: () => {
    const world = new World();
    const blockedBy = [world.task(), world.task()];
    return { world, asked: claim(world.task({ blockedBy })), as: A1 };
  },
  "open-children": () => {
    const world = new World();
    const id = world.held("a-1");
    for (let n = 0; n < 2; n += 1) world.task({ parent: id });
    return { world, asked: move(id, "done"), as: A1 };
  },
  evidence: () => {
    const world = new World(enforcing({ ...DAY_ONE_POLICY, evidence: ["npm test"] }, "evidence"));
    return { world, asked: move(world.held("a-1"), "done"), as: A1 };
  },
  review: () => {
    const world = new World(withGuards({ done: ["other_actor"] }));
    const id = world.held("a-1");
    world.run(move(id, "in_review"), A1);
    return { world, asked: move(id, "done"), as: A1 };
  },
  deadline: () => {
    const world = new World();
    const id = world.held("a-1", { deadlineAt: world.at + 60_000 });
    world.at += 180_000;
    return { world, asked: record(id), as: A1 };
  },
  waits: () => {
    const world = new World();
    const blocker = world.task();
    world.task({ blockedBy: [blocker] });
    return { world, asked: edit(blocker, { blockedBy: ["T-2"] }), as: {} };
  },
};

/** A task whose holder took these steps. */
function afterSteps(world: World, steps: readonly (readonly [Call, string, boolean?])[]): string {
  const id = world.held("a-1");
  for (const [call, result, failed = false] of steps) take(world, id, call, result, { failed });
  return id;
}

const counted = (
  count: number,
  step: (n: number) => readonly [Call, string, boolean?],
): (readonly [Call, string, boolean?])[] => Array.from({ length: count }, (_, n) => step(n));

const READ = callOf("read");

const STEPS: { readonly [rule: string]: () => Told } = {
  ladder: () => {
    const world = new World();
    const task = afterSteps(
      world,
      counted(9, () => [READ, "same"]),
    );
    return { world, asked: record(task, { call: callOf("other") }), as: A1 };
  },
  repetition: () => {
    const world = new World();
    const task = afterSteps(
      world,
      counted(6, () => [READ, "same"]),
    );
    return { world, asked: record(task, { call: READ }), as: A1 };
  },
  circling: () => {
    const world = new World();
    const task = afterSteps(
      world,
      counted(12, (n) => [callOf(`${n % 4}`), `${n % 4}`]),
    );
    return { world, asked: record(task, { call: callOf("0") }), as: A1 };
  },
  variation: () => {
    const world = new World(enforcing(DAY_ONE_POLICY, "variation"));
    const page = (n: number): Call => callOf(`page ${n}`, { shape: callOf("page #").shape });
    const task = afterSteps(
      world,
      counted(12, (n) => [page(n), "nothing"]),
    );
    return { world, asked: record(task, { call: page(12) }), as: A1 };
  },
  stall: () => {
    const world = new World(enforcing(DAY_ONE_POLICY, "stall"));
    const edit = (n: number): Call => callOf(`edit ${n}`, { class: "mutate" });
    const check = callOf("npm test", { class: "verify" });
    const steps = counted(10, (n) => (n % 2 === 0 ? [edit(n), "ok"] : [check, "1 failed", true]));
    return { world, asked: record(afterSteps(world, steps), { call: edit(10) }), as: A1 };
  },
  monologue: () => {
    const world = new World();
    const message = callOf("message", { class: "message" });
    const task = afterSteps(
      world,
      counted(5, () => [message, ""]),
    );
    return { world, asked: record(task, { call: message }), as: A1 };
  },
};

const LINEAGE: { readonly [rule: string]: () => Told } = {
  cycle: () => {
    const world = new World();
    const root = world.task();
    const parent = world.task({ parent: root });
    return { world, asked: place(parent, world.task({ parent })), as: {} };
  },
  depth: () => {
    const world = new World();
    let parent = world.task();
    for (let deep = 1; deep <= 6; deep += 1) parent = world.task({ parent });
    return { world, asked: create({ parent }), as: A1 };
  },
  identity: () => {
    const world = new World();
    const parent = world.held("a-1");
    return { world, asked: create({ parent, assignee: "a-1" }), as: A1 };
  },
  children: () => {
    const world = new World();
    const parent = world.task();
    for (let n = 0; n < 60; n += 1) world.task({ parent });
    return { world, asked: create({ parent }), as: A1 };
  },
  descendants: () => {
    const world = new World();
    const root = world.task();
    const parents = Array.from({ length: 6 }, () => world.task({ parent: root }));
    for (let n = 0; n < 294; n += 1) world.task({ parent: parents[n % 6] ?? root });
    return { world, asked: create({ parent: root }), as: A1 };
  },
  creations: () => {
    const world = new World(withLineage({ causeHopsMax: 1_000 }));
    for (let n = 0; n < 60; n += 1) world.run(create({ title: `${n}` }), A1);
    world.at += 60_000;
    return { world, asked: create(), as: A1 };
  },
  "cause-hops": () => {
    const world = new World();
    let id = world.task();
    for (let hop = 0; hop < 8; hop += 1) {
      const by = `a-${1 + (hop % 2)}`;
      world.run(claim(id), agent(by));
      const made = world.run(create({ taskKind: by }), agent(by));
      world.run(release(id), agent(by));
      id = String(made.result?.["task"]);
    }
    world.run(claim(id), A1);
    return { world, asked: create(), as: A1 };
  },
  "ping-pong": () => {
    const world = new World();
    const id = world.held("a-1");
    for (let n = 0; n < 4; n += 1) world.run(assign(id, n % 2 === 0 ? "a-2" : "a-1"), A1);
    return { world, asked: assign(id, "a-2"), as: A1 };
  },
  "ping-pong-chain": () => {
    const world = new World(enforcing(DAY_ONE_POLICY, "ping-pong-chain"));
    const links = ["a-1", "a-2", "a-1", "a-2"].map((by, n) => [by, `part ${n}`] as const);
    return { world, asked: create({ parent: chain(world, links), assignee: "a-1" }), as: agent("a-2") };
  },
  flapping: () => {
    const world = new World(enforcing(DAY_ONE_POLICY, "flapping"));
    const id = world.task();
    for (let n = 0; n < 3; n += 1) {
      world.run(claim(id), A1);
      world.run(move(id, "in_review"), A1);
    }
    return { world, asked: claim(id), as: A1 };
  },
  signature: () => {
    const world = new World(enforcing(DAY_ONE_POLICY, "signature"));
    const links = [
      ["a-1", "plan"],
      ["a-2", "build"],
      ["a-1", "plan"],
      ["a-2", "test"],
    ] as const;
    const parent = chain(world, links);
    return { world, asked: create({ parent, taskKind: "plan", assignee: "a-1" }), as: agent("a-2") };
  },
  "live-agents": () => {
    const world = new World();
    const root = world.task();
    for (let n = 0; n < 20; n += 1) world.held(`b-${n}`, { parent: root });
    return { world, asked: claim(world.task({ parent: root })), as: A1 };
  },
  duplicate: () => {
    const world = new World();
    world.task({ fingerprint: "same" });
    return { world, asked: create({ fingerprint: "same" }), as: A1 };
  },
  template: () => {
    const world = new World(enforcing(DAY_ONE_POLICY, "template"));
    for (let n = 0; n < 5; n += 1) world.run(create({ title: "patrol digest" }), A1);
    return { world, asked: create({ title: "patrol digest" }), as: A1 };
  },
  provenance: () => {
    const world = new World(enforcing(DAY_ONE_POLICY, "provenance"));
    return { world, asked: create({ parent: world.held("a-2") }), as: A1 };
  },
  admission: () => {
    const world = new World(enforcing(DAY_ONE_POLICY, "admission"));
    const admission = { consumer: "n/a", painPoint: "", expectedValue: "", validationPath: "" };
    return { world, asked: create({ admission }), as: A1 };
  },
};

const SPENDING: { readonly [rule: string]: () => Told } = {
  bounds: () => {
    const world = new World();
    return { world, asked: reserve(world.held("a-1"), { amounts: { tokens: 2 ** 41 } }), as: A1 };
  },
  budget: () => {
    const world = new World(withLimits({ lineage: { lifetime: { costMicros: hard(40_000_000) } } }));
    const id = world.held("a-1");
    world.run(record(id, { amounts: { costMicros: 39_600_000 } }), A1);
    return { world, asked: reserve(id, { amounts: { costMicros: 900_000 } }), as: A1 };
  },
};

const ALL: { readonly [rule: string]: () => Told } = { ...WHO, ...LIFE, ...STEPS, ...LINEAGE, ...SPENDING };

function lines(word: string, { code, numbers }: Finding): readonly string[] {
  const { says, next } = reason(code);
  const steps = next(numbers).map((step, index) => `(${index + 1}) ${step}`);
  return [`${word} ${code}: ${says(numbers)}`, `legal now: ${steps.join("; ")}`];
}

/** What the rule's example says, as the command line tells it. @throws where the rule said nothing. */
export function ruleExample(rule: string): string {
  const make = ALL[rule];
  if (make === undefined) throw new Error(`the rule ${rule} has no example`);
  const { world, asked, as = {} } = make();
  const decision = world.run(asked, as);
  const codes = RULES.find(({ name }) => name === rule)?.codes ?? [];
  const [word, found] =
    decision.verdict === "refused"
      ? (["refused", decision] as const)
      : (["observed", decision.wouldHave?.[0]] as const);
  if (found === undefined || !codes.includes(found.code))
    throw new Error(`the example of ${rule} says ${found?.code ?? decision.code}`);
  return lines(word, found).join("\n");
}
