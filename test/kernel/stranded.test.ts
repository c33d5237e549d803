import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY, DEFAULT_LIFECYCLE } from "../../src/core/index.ts";
import type { Policy } from "../../src/core/index.ts";
import { createKernel } from "../../src/kernel/index.ts";
import { bench } from "../support/kernels.ts";

/** The default table without `backlog`. */
const SHORTER: Policy = {
  ...DAY_ONE_POLICY,
  lifecycle: {
    ...DEFAULT_LIFECYCLE,
    states: DEFAULT_LIFECYCLE.states.filter((state) => state !== "backlog"),
    initial: ["todo"],
    edges: DEFAULT_LIFECYCLE.edges.filter(({ from, to }) => from !== "backlog" && to !== "backlog"),
  },
};

/** The default table with another name for the state in which work waits for a human. */
function renamedParked(name: string): Policy {
  const renamed = (state: string): string => (state === DEFAULT_LIFECYCLE.parked ? name : state);
  const { states, edges, guards } = DEFAULT_LIFECYCLE;
  const lifecycle = {
    ...DEFAULT_LIFECYCLE,
    states: states.map(renamed),
    parked: name,
    edges: edges.map((edge) => ({ ...edge, from: renamed(edge.from), to: renamed(edge.to) })),
    guards: Object.fromEntries(Object.entries(guards).map(([state, demanded]) => [renamed(state), demanded])),
  };
  return { ...DAY_ONE_POLICY, lifecycle };
}

describe("adopting a table that lacks a state", () => {
  test("is refused while a task stands in it, and names the task; later it is adopted", async () => {
    const { human, store, clock } = await bench();
    const adopting = createKernel({
      store,
      workspace: "w",
      actor: human.actor,
      clock: () => clock.now,
      digestKey: "",
      readPolicy: () => SHORTER,
    });
    const adopt = { type: "adopt_policy", body: { policy: SHORTER, source: "# shorter" } } as const;
    await human.submit({ type: "create_task", body: { title: "x", state: "backlog" } });
    const refused = (await adopting.submit(adopt)).decision;
    assert.equal(refused.code, "command.invalid");
    assert.equal(
      refused.message,
      "policy.lifecycle: has no place for 1 task (T-1 in backlog): keep these states in the table",
    );
    assert.equal((await adopting.submit({ ...adopt, dryRun: true })).decision.code, "command.invalid");
    await human.submit({ type: "move_task", body: { task: "T-1", to: "todo" } });
    assert.equal((await adopting.submit(adopt)).decision.code, "policy.adopted");
  });

  test("is refused while a lease leads to it, whatever state the task is in", async () => {
    const { human, store, clock, agent } = await bench();
    const renamed = renamedParked("stuck");
    const adopting = createKernel({
      store,
      workspace: "w",
      actor: human.actor,
      clock: () => clock.now,
      digestKey: "",
      readPolicy: () => renamed,
    });
    const adopt = { type: "adopt_policy", body: { policy: renamed, source: "# renamed" } } as const;
    await human.submit({ type: "create_task", body: { title: "x" } });
    await agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
    const refused = (await adopting.submit(adopt)).decision;
    assert.match(refused.message, /no place for 1 task \(T-1 held, and bound for blocked\)/);
    await agent("a-1").submit({ type: "release_task", body: { task: "T-1" } });
    assert.equal((await adopting.submit(adopt)).decision.code, "policy.adopted");
  });
});
