// Issues that people wrote on the board, told to a kernel that takes less in a title than a board does.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Kernel } from "../../src/kernel/index.ts";
import { IdleEnforcementError } from "../../src/paperclip/index.ts";
import { bench } from "../support/kernels.ts";
import type { Bench } from "../support/kernels.ts";
import { adapterAt, json, scripted } from "./scripted-server.ts";
import type { Scripted } from "./scripted-server.ts";

const TITLES: readonly (readonly [what: string, title: string, told: string | RegExp])[] = [
  ["a family of emoji", "\u{1f468}\u200d\u{1f469}\u200d\u{1f467} plan", /^\u{1f468}.*\u{1f467} plan$/u],
  ["a soft hyphen", "co\u00adoperate", "cooperate"],
  ["a line end", "first line\r\nsecond line", "first line second line"],
  ["a line separator", "one\u2028two", "one two"],
  ["a tab and blanks at its ends", "\t fix\tit  ", "fix it"],
  ["a bidi control", "safe\u202egpj.exe", "safegpj.exe"],
  ["a terminal code", "\u001b[2Jgone", "[2Jgone"],
  ["a lone surrogate", "half \ud83d", "half \ufffd"],
  ["a quotation mark and a backslash", 'say "a\\b"', 'say "a\\b"'],
  ["2,000 letters", "x".repeat(2_000), `${"x".repeat(997)}…`],
  ["600 emoji", "\u{1f600}".repeat(600), `${"\u{1f600}".repeat(249)}…`],
  ["nothing to be seen", "\u200b\u00ad\n", "i-1"],
];

async function both(): Promise<{ readonly server: Scripted; readonly work: Bench }> {
  const [server, work] = await Promise.all([scripted(), bench()]);
  server.on("POST /api/issues/i-1/checkout", json(200, { id: "i-1", status: "in_progress" }));
  return { server, work };
}

for (const [what, title, told] of TITLES) {
  test(`an issue with ${what} in its title is told to the kernel and checked out`, async () => {
    const { server, work } = await both();
    server.on("GET /api/issues/i-1", json(200, { id: "i-1", status: "todo", title }));
    await adapterAt(server.url, { kernel: work.human }).adapter.checkout("i-1");
    const task = (await work.human.task("i-1"))?.task;
    assert.equal(task?.holder, "agent:ag");
    assert.match(task?.title ?? "", typeof told === "string" ? /(?:)/ : told);
    if (typeof told === "string") assert.equal(task?.title, told);
  });
}

/** The workspace as a process sees it that was told that a task is unknown a moment before another one made it. */
function late(kernel: Kernel): Kernel {
  let isFirst = true;
  const task: Kernel["task"] = async (id) => {
    if (!isFirst) return kernel.task(id);
    isFirst = false;
    return null;
  };
  return { ...kernel, task };
}

test("an issue that another process tells of at the same moment is told once, and claimed", async () => {
  const { server, work } = await both();
  server.on("GET /api/issues/i-1", json(200, { id: "i-1", status: "todo", title: "t" }));
  const { adapter } = adapterAt(server.url, { kernel: late(racing(work)) });
  assert.equal((await adapter.checkout("i-1")).status, "in_progress");
  const task = (await work.human.task("i-1"))?.task;
  assert.deepEqual([task?.author, task?.holder], ["human:bea", "agent:ag"]);
});

/** Somebody else, who tells the kernel of the issue just before this one does. */
function racing({ human }: Bench): Kernel {
  const submit: Kernel["submit"] = async (request) => {
    if (request.type === "create_task")
      await human.as({ kind: "human", id: "bea", proven: true }).submit({ ...request, commandId: "hers" });
    return human.submit(request);
  };
  return { ...human, submit };
}

test("another agent's sleep is not taken for this agent's own", async () => {
  const { server, work } = await both();
  await work.human.submit({ type: "sleep_agent", body: { agent: "sly", timeoutMs: 600_000 } });
  const issue = { id: "i-1", status: "todo", title: "busywork", createdByAgentId: "sly" };
  server.on("GET /api/issues/i-1", json(200, issue));
  const { adapter } = adapterAt(server.url, { kernel: work.human });
  await assert.rejects(adapter.checkout("i-1"), IdleEnforcementError);
  assert.equal(adapter.isIdle, false);
});
