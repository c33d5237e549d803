import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Request } from "../../src/kernel/index.ts";
import { agentActor, bench } from "../support/kernels.ts";
import { seeded } from "../support/seeded.ts";

const BAD: readonly (readonly [name: string, request: unknown, message: string])[] = [
  ["an unknown command", { type: "delete_everything", body: {} }, `type: "delete_everything" is not a command`],
  ["no request", null, "request: is not an object"],
  ["no body", { type: "claim_task" }, "body: is missing"],
  [
    "an unknown field",
    { type: "claim_task", body: { task: "x", force: true } },
    "force: is not a field of this command",
  ],
  ["an empty id", { type: "claim_task", body: { task: "" } }, "task: is empty"],
  ["a blank title", { type: "create_task", body: { title: "  " } }, "title: is empty"],
  ["an id of 10 KB", { type: "claim_task", body: { task: "x".repeat(10_240) } }, "task: has 10240 bytes, limit 200"],
  ["an id counted in bytes", { type: "claim_task", body: { task: "ä".repeat(101) } }, "task: has 202 bytes, limit 200"],
  ["a NUL byte", { type: "claim_task", body: { task: "x\0y" } }, "task: has a NUL byte: remove it"],
  ["a newline in an id", { type: "claim_task", body: { task: "x\ny" } }, "task: has a control character: remove it"],
  [
    "a terminal code in a title",
    { type: "create_task", body: { title: "\u001b[2J" } },
    "title: has a control character: remove it",
  ],
  [
    "a lone surrogate",
    { type: "create_task", body: { title: "a \ud800 b" } },
    "title: has a lone surrogate: send valid Unicode",
  ],
  [
    "a lone surrogate in a text",
    { type: "create_task", body: { title: "a", text: "\udc00" } },
    "text: has a lone surrogate: send valid Unicode",
  ],
  [
    "a negative amount",
    { type: "record_step", body: { task: "x", tokens: -1 } },
    "tokens: is -1: it cannot be negative",
  ],
  [
    "a huge amount",
    { type: "record_step", body: { task: "x", tokens: 2 ** 41 } },
    `tokens: is ${2 ** 41}, limit ${2 ** 40}`,
  ],
  ["half a token", { type: "record_step", body: { task: "x", tokens: 0.5 } }, "tokens: is not a whole number"],
  ["not a number", { type: "record_step", body: { task: "x", tokens: "12" } }, "tokens: is not a number"],
  ["NaN", { type: "record_step", body: { task: "x", tokens: Number.NaN } }, "tokens: is not a number"],
  [
    "a dimension that every object has",
    { type: "record_step", body: { task: "x", amounts: { constructor: 1 } } },
    "amounts.constructor: is no name for a dimension: use letters and digits",
  ],
  [
    "steps of the caller's own",
    { type: "record_step", body: { task: "x", amounts: { steps: 0 } } },
    "amounts.steps: is counted by the kernel itself",
  ],
  ["a negative fence", { type: "claim_task", body: { task: "x" }, fence: -1 }, "fence: is -1: it cannot be negative"],
  ["an empty command id", { type: "claim_task", body: { task: "x" }, commandId: "" }, "commandId: is empty"],
  ["a reopen without a reason", { type: "reopen_task", body: { task: "x" } }, "reason: is missing"],
  [
    "a sleep for ever and a day",
    { type: "sleep_agent", body: { agent: "a", timeoutMs: 1e15 } },
    `timeoutMs: is ${1e15}, limit 31536000000`,
  ],
];

/** What a caller in JavaScript, or JSON from a wire, may send whatever the types say. */
function untyped(value: unknown): value is Request {
  return value !== undefined;
}

describe("intake", () => {
  for (const [name, request, message] of BAD) {
    test(`${name} is refused by the name of its field`, async () => {
      const { human } = await bench();
      assert.ok(untyped(request));
      const { decision, id } = await human.submit(request);
      assert.deepEqual([decision.code, decision.message, id], ["command.invalid", message, null]);
      assert.equal((await human.head()).sequence, 1);
    });
  }

  test("whatever is sent gets a decision and leaves the log whole", async () => {
    const { human, store } = await bench();
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("T-1", "", "\ud800", "x".repeat(300), "__proto__"),
    );
    const body = fc.dictionary(
      fc.constantFrom("task", "title", "to", "reason", "parent", "amounts", "agent", "kind", "__proto__"),
      fc.oneof(text, fc.anything()),
    );
    const type = fc.constantFrom(
      "create_task",
      "claim_task",
      "move_task",
      "release_task",
      "record_step",
      "sleep_agent",
      "wake_agent",
      "nothing",
    );
    await fc.assert(
      fc.asyncProperty(type, body, fc.constantFrom("a-1", "a-2"), async (kind, sent, who) => {
        const request: unknown = { type: kind, body: sent };
        assert.ok(untyped(request));
        const { decision } = await human.as(agentActor(who)).submit(request);
        assert.match(decision.verdict, /^(granted|refused)$/);
      }),
      seeded({ numRuns: 400 }),
    );
    const report = await human.verify();
    assert.deepEqual([report.findings, report.ok], [[], true]);
    await store.close();
  });
});
