import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../src/core/index.ts";
import { recordHistory } from "../../src/kernel/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import { operationsIn } from "../support/call-history.ts";
import { HARNESS, agentActor, bench } from "../support/kernels.ts";

type Recorded = { readonly kernel: Kernel; readonly lines: string[]; readonly text: () => string };

function recorded(kernel: Kernel): Recorded {
  const lines: string[] = [];
  let now = 0n;
  const clock = (): bigint => (now += 10n);
  const wrapped = recordHistory(kernel, (line) => lines.push(line), { process: "p", clock });
  return { kernel: wrapped, lines, text: () => lines.map((line) => `${line}\n`).join("") };
}

function fieldsOf(line: string | undefined): object {
  const value: unknown = JSON.parse(line ?? "null");
  assert.ok(typeof value === "object" && value !== null);
  return value;
}

describe("a recorded history", () => {
  test("has a line before and one after each command, whoever asks", async () => {
    const { kernel, lines } = recorded((await bench()).human);
    await kernel.submit({ type: "create_task", body: { task: "x", title: "secret title" }, commandId: "one" });
    await kernel.as(agentActor("a-1")).submit({ type: "claim_task", body: { task: "x" }, fence: 3 });
    assert.deepEqual(fieldsOf(lines[0]), {
      process: "p",
      op: 1,
      type: "call",
      time: 10,
      command: {
        workspace: "w",
        actor: "human:ada",
        type: "create_task",
        commandId: "one",
        body: { task: "x", title: "sha256:6711c18682c05f5c" },
      },
    });
    assert.deepEqual(fieldsOf(lines[1]), {
      process: "p",
      op: 1,
      type: "return",
      time: 20,
      decision: {
        sequence: 2,
        replayed: false,
        verdict: "granted",
        code: "task.created",
        at: 1_700_000_000_000,
        judgedAt: 1,
        result: { task: "x", state: "todo", depth: 0 },
      },
    });
    assert.deepEqual(
      lines.map((line) => /"op":(\d+),"type":"(\w+)"/.exec(line)?.slice(1).join(" ")),
      ["1 call", "1 return", "2 call", "2 return"],
    );
    assert.match(lines[2] ?? "", /"actor":"agent:a-1".*"commandId":"[0-9a-f-]{36}","fence":3/);
  });

  test("has no text and no secret that a command carries", async () => {
    const { kernel, text } = recorded((await bench()).human);
    const secret = "hunter2";
    const admission = { consumer: secret, painPoint: secret, expectedValue: secret, validationPath: secret };
    await kernel.submit({
      type: "create_task",
      body: { title: secret, text: secret, scope: secret, kind: secret, admission },
    });
    const step = { task: "T-1", call: secret, result: secret, tokens: 5 };
    await kernel.submit({ type: "record_step", body: step });
    const lesson = { what: secret, blocker: secret, workaround: secret };
    await kernel.submit({ type: "move_task", body: { task: "T-1", to: "blocked", reason: secret, lesson } });
    await kernel.as(HARNESS).submit({ type: "record_evidence", body: { task: "T-1", what: "link", name: secret } });
    await kernel.submit({ type: "halt_scope", body: { scope: "workspace", reason: secret } });
    await kernel.submit({ type: "adopt_policy", body: { policy: { name: secret }, source: secret } });
    assert.ok(!text().includes(secret), text());
    assert.match(text(), /"tokens":5/);
  });

  test("says that the outcome is not known where the kernel could not answer, and passes the fault on", async () => {
    const { human, store } = await bench();
    const { kernel, lines } = recorded(human);
    await store.close();
    await assert.rejects(kernel.submit({ type: "claim_task", body: { task: "x" } }));
    assert.match(lines[1] ?? "", /^\{"process":"p","op":1,"type":"fault","time":20,"code":"\w+/);
    const [operation] = operationsIn([`${lines.join("\n")}\n`]);
    assert.deepEqual([operation?.answered, operation?.returnedAt], [null, null]);
  });

  test("a call that cannot be written down is not made, and an answer stands whether it can be or not", async () => {
    const { human } = await bench();
    const broken = (from: number): Kernel => {
      let told = 0;
      const sink = (): void => {
        told += 1;
        if (told >= from) throw new Error("the disk is full");
      };
      return recordHistory(human, sink, { process: "p" });
    };
    await assert.rejects(broken(1).submit({ type: "create_task", body: { title: "x" } }), /disk is full/);
    assert.equal((await human.head()).sequence, 1);
    const { decision } = await broken(2).submit({ type: "create_task", body: { title: "x" } });
    assert.equal(decision.verdict, "granted");
  });

  test("a malformed request is refused as it is without a recorder", async () => {
    const { human } = await bench();
    const { kernel, lines } = recorded(human);
    const wrong: Kernel["submit"] = (request) => kernel.submit(request);
    const given: unknown = { type: "claim_task", body: { task: 7 }, commandId: 5 };
    const { decision } = await Reflect.apply(wrong, null, [given]);
    assert.equal(decision.code, "command.invalid");
    assert.equal(lines.length, 2);
  });

  test("reads are those of the kernel itself", async () => {
    const { kernel, lines } = recorded((await bench()).human);
    assert.equal((await kernel.policy()).policy.version, DAY_ONE_POLICY.version);
    assert.equal((await kernel.verify()).ok, true);
    assert.deepEqual(lines, []);
  });
});
