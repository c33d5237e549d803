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
      "policy.lifecycle: has no place for 1 task (T-1 in backlog): keep their states in the table",
    );
    assert.equal((await adopting.submit({ ...adopt, dryRun: true })).decision.code, "command.invalid");
    await human.submit({ type: "move_task", body: { task: "T-1", to: "todo" } });
    assert.equal((await adopting.submit(adopt)).decision.code, "policy.adopted");
  });
});
