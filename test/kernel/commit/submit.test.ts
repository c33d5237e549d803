import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { KernelFault, THROTTLED_COUNTER } from "../../../src/kernel/index.ts";
import { openMemoryStore } from "../../../src/store/index.ts";
import { bench, HARNESS } from "../../support/kernels.ts";

describe("submit", () => {
  test("a granted command is an event, rows and an answer with its decision's id", async () => {
    const { human } = await bench();
    const reply = await human.submit({ type: "create_task", body: { title: "write the parser" } });
    assert.equal(reply.id, "d-2");
    assert.equal(reply.replayed, false);
    assert.deepEqual(reply.decision.result, { task: "T-1", state: "todo", depth: 0 });
    assert.equal(reply.decision.judgedAt, 1);
    assert.equal((await human.task("T-1"))?.task.title, "write the parser");
    assert.equal((await human.decision("d-2"))?.event.type, "task_created");
  });

  test("a repeated command id gets the first answer again, byte for byte, and nothing is written", async () => {
    const { human, clock } = await bench();
    const request = { type: "create_task", body: { title: "once" }, commandId: "same" } as const;
    const first = await human.submit(request);
    clock.now += 60_000;
    const second = await human.submit(request);
    assert.equal(second.replayed, true);
    assert.equal(JSON.stringify(second.decision), JSON.stringify(first.decision));
    assert.equal(second.id, first.id);
    assert.equal((await human.head()).sequence, 2);
  });

  test("a repeat replays whatever the order of its fields", async () => {
    const { human } = await bench();
    await human.submit({ type: "create_task", body: { title: "once", kind: "fix" }, commandId: "same" });
    assert.equal(
      (await human.submit({ type: "create_task", body: { kind: "fix", title: "once" }, commandId: "same" })).replayed,
      true,
    );
  });

  test("a granted command id with another body is refused", async () => {
    const { human } = await bench();
    await human.submit({ type: "create_task", body: { title: "once" }, commandId: "same" });
    const reply = await human.submit({ type: "create_task", body: { title: "twice" }, commandId: "same" });
    assert.equal(reply.decision.code, "command.id_reused");
  });

  test("a refused command id is decided afresh", async () => {
    const { human } = await bench();
    const request = { type: "claim_task", body: { task: "x" }, commandId: "same" } as const;
    assert.equal((await human.submit(request)).decision.code, "task.unknown");
    await human.submit({ type: "create_task", body: { task: "x", title: "now it exists" } });
    assert.equal((await human.submit(request)).decision.code, "task.claimed");
  });

  test("the same command id of another actor is another command", async () => {
    const { human, agent } = await bench();
    await human.submit({ type: "create_task", body: { title: "a" }, commandId: "same" });
    assert.equal(
      (await agent("a-1").submit({ type: "create_task", body: { title: "b" }, commandId: "same" })).replayed,
      false,
    );
  });

  test("no choice of names makes one actor's command id another's", async () => {
    const { human, agent } = await bench();
    await human.submit({ type: "create_task", body: { task: "x", title: "x" } });
    await agent("a").submit({ type: "claim_task", body: { task: "x" }, commandId: "b/c" });
    const other = await agent("a/b").submit({ type: "claim_task", body: { task: "x" }, commandId: "c" });
    assert.deepEqual([other.replayed, other.decision.code], [false, "lease.taken"]);
  });

  test("a grant is remembered for seven days", async () => {
    const { human, clock } = await bench();
    const request = { type: "create_task", body: { title: "once" }, commandId: "same" } as const;
    await human.submit(request);
    clock.now += 7 * 86_400_000 - 1;
    assert.equal((await human.submit(request)).replayed, true);
    clock.now += 1;
    assert.equal((await human.submit(request)).decision.code, "lineage.duplicate_open");
  });

  test("a dry run decides and writes nothing", async () => {
    const { human } = await bench();
    const reply = await human.submit({ type: "create_task", body: { title: "maybe" }, dryRun: true });
    assert.equal(reply.decision.verdict, "granted");
    assert.equal(reply.id, null);
    assert.equal((await human.head()).sequence, 1);
  });

  test("a clock that jumps back leaves time standing still", async () => {
    const { human, clock } = await bench();
    const first = await human.submit({ type: "create_task", body: { title: "a" } });
    clock.now -= 3_600_000;
    const second = await human.submit({ type: "create_task", body: { title: "b" } });
    assert.equal(second.decision.at, first.decision.at);
  });

  test("nobody is refused by name, and nothing is recorded", async () => {
    const { human } = await bench();
    const reply = await human.as(null).submit({ type: "create_task", body: { title: "a" } });
    assert.equal(reply.decision.code, "actor.unknown");
    assert.equal((await human.head()).sequence, 1);
  });

  test("a workspace without a log takes no command but its first policy", async () => {
    const { human } = await bench({ init: false });
    await assert.rejects(
      human.submit({ type: "create_task", body: { title: "a" } }),
      (error) => error instanceof KernelFault && error.code === "workspace.not_initialised",
    );
  });

  test("a malformed credential is a mistake of the program, and never reaches the log", async () => {
    const { human } = await bench();
    for (const id of ["", "  ", "a\nb", "x".repeat(201)])
      assert.throws(() => human.as({ kind: "agent", id, proven: true }), TypeError);
  });

  test("a workspace is made once", async () => {
    const { human } = await bench();
    const { initWorkspace } = await import("../../../src/kernel/index.ts");
    await assert.rejects(initWorkspace(human, DAY_ONE_POLICY, ""), /exists, at sequence 1/);
  });

  test("parallel commands of one process are all decided in one order", async () => {
    const { human, agent } = await bench();
    await human.submit({ type: "create_task", body: { task: "x", title: "x" } });
    const replies = await Promise.all(
      Array.from({ length: 64 }, (_, n) => agent(`a-${n}`).submit({ type: "claim_task", body: { task: "x" } })),
    );
    assert.equal(replies.filter((reply) => reply.decision.verdict === "granted").length, 1);
    assert.equal((await human.head()).sequence, 66);
    assert.equal((await human.verify()).ok, true);
  });

  test("refusals past the bound are answered, counted, and not written", async () => {
    const { human, agent, store } = await bench();
    for (let n = 0; n < 70; n += 1) await agent("a-1").submit({ type: "claim_task", body: { task: "nowhere" } });
    assert.equal((await human.head()).sequence, 61);
    const counters = await store.read("w", (view) => view.counters());
    assert.equal(counters.get(THROTTLED_COUNTER), 10);
    const last = await agent("a-1").submit({ type: "claim_task", body: { task: "nowhere" } });
    assert.deepEqual([last.decision.code, last.id], ["task.unknown", null]);
  });

  test("calls and results are kept as keyed digests only", async () => {
    const { agent, human, store } = await bench();
    await human.submit({ type: "create_task", body: { task: "x", title: "x" } });
    await agent("a-1").submit({ type: "claim_task", body: { task: "x" } });
    await agent("a-1").submit({
      type: "record_step",
      body: { task: "x", tool: "Bash", call: "curl -H 'token: hunter2'", result: "sesame" },
    });
    const bytes = await store.read("w", async (view) =>
      JSON.stringify([await view.events(0, 100), await view.rows({ prefix: "", limit: 100 })]),
    );
    assert.equal(bytes.includes("hunter2") || bytes.includes("sesame"), false);
  });

  test("a fact of a harness is granted with its findings", async () => {
    const { human } = await bench();
    const reply = await human
      .as(HARNESS)
      .submit({ type: "record_fact", body: { task: "x", to: "done", occurredAt: 1 } });
    assert.deepEqual(
      reply.decision.wouldHave?.map((found) => found.code),
      ["lifecycle.first_sight_ended"],
    );
    assert.equal((await human.verify()).ok, true);
  });

  test("an adopted policy acts from the next command on", async () => {
    const { human, store, clock } = await bench();
    assert.equal(
      (await human.submit({ type: "create_task", body: { task: "r", title: "r" } })).decision.verdict,
      "granted",
    );
    const strict = { ...DAY_ONE_POLICY, lineage: { ...DAY_ONE_POLICY.lineage, depth: { soft: null, hard: 0 } } };
    const { human: other } = await bench({ store, policy: strict, init: false });
    clock.now += 1;
    assert.equal(
      (await other.submit({ type: "adopt_policy", body: { policy: strict, source: "depth: 0" }, commandId: "adopt" }))
        .decision.code,
      "policy.adopted",
    );
    assert.equal(
      (await human.submit({ type: "create_task", body: { title: "c", parent: "r" } })).decision.code,
      "lineage.depth_exceeded",
    );
    const { source, author } = await human.policy();
    assert.deepEqual([source, author], ["depth: 0", "human:ada"]);
  });
});

describe("a workspace of another log format", () => {
  for (const [minWriter, code] of [
    [2, "workspace.too_old"],
    [4, "workspace.read_only"],
  ] as const)
    test(`${minWriter} is not written to: ${code}`, async () => {
      const store = openMemoryStore();
      const hash = "0".repeat(64);
      const event = { sequence: 1, at: 1, type: "policy_adopted", bytes: "{}", hash };
      await store.transact("w", (session) => session.append(null, { sequence: 1, hash, minWriter }, [event], []));
      const { human } = await bench({ store, init: false });
      await assert.rejects(
        human.submit({ type: "create_task", body: { title: "x" } }),
        (error) => error instanceof KernelFault && error.code === code,
      );
    });
});
