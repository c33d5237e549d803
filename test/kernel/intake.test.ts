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
  [
    "a newline in an id",
    { type: "claim_task", body: { task: "x\ny" } },
    "task: has a control character, U+000A: remove it",
  ],
  [
    "a terminal code in a title",
    { type: "create_task", body: { title: "\u001b[2J" } },
    "title: has a control character, U+001B: remove it",
  ],
  ["a title that shows nothing", { type: "create_task", body: { title: "\u3164\ufe0f" } }, "title: is empty"],
  [
    "a title that turns the direction of a line",
    { type: "create_task", body: { title: "a \u202e b" } },
    "title: has a control character, U+202E: remove it",
  ],
  [
    "a text that turns the direction of a line",
    { type: "create_task", body: { title: "a", text: "b\u2067c" } },
    "text: has a control character, U+2067: remove it",
  ],
  [
    "a joiner in an id",
    { type: "create_task", body: { task: "x\u200dy", title: "a" } },
    "task: has a control character, U+200D: remove it",
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

  for (const [script, title] of [
    ["an emoji of two persons", "deploy \u{1f469}\u200d\u{1f4bb}"],
    ["an emoji with a selector", "mend the \u2764\ufe0f button"],
    ["Persian", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"],
    ["a soft hyphen", "Donau\u00addampfschiff"],
  ] as const)
    test(`${script} may stand in titles, texts and reasons, and is kept as it was written`, async () => {
      const { human } = await bench();
      const made = await human.submit({ type: "create_task", body: { title, text: title } });
      assert.equal(made.decision.verdict, "granted");
      const shown = await human.task("T-1");
      assert.deepEqual([shown?.task.title, shown?.text], [title, title]);
      await human.submit({ type: "move_task", body: { task: "T-1", to: "cancelled", reason: title } });
      const again = await human.submit({ type: "reopen_task", body: { task: "T-1", reason: title } });
      assert.equal(again.decision.verdict, "granted");
    });

  test("an unseen sign in a kind makes no other kind for an agent to give itself", async () => {
    const { human, agent } = await bench();
    const maker = agent("a-1");
    await human.submit({ type: "create_task", body: { task: "top", title: "top", kind: "feature", assignee: "a-1" } });
    const claim = await maker.submit({ type: "claim_task", body: { task: "top" } });
    const body = { title: "below", kind: "feature\ufe0f", parent: "top", assignee: "a-1" };
    const { decision } = await maker.submit({
      type: "create_task",
      body,
      fence: Number(claim.decision.numbers["fence"]),
    });
    assert.equal(decision.code, "lineage.identity_loop");
  });

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
