// A command id names the kernel's task, the issue names the task back in its description: one task for one issue,
// whatever id was taken.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bench } from "../support/kernels.ts";
import { seeded } from "../support/seeded.ts";
import { adapterAt, ADMISSION, json, scripted } from "./scripted-server.ts";
import type { Reply, Scripted } from "./scripted-server.ts";

const NAMED = [
  "c-1",
  "nightly:2026-11-28",
  "2026-11-28T21:14:41.123+00:00",
  "owner/repo#12",
  "mail@example.org",
  "0f8fad5b-d9cb-469f-a165-70867728950e",
  "a",
  "_",
  "x".repeat(180),
];

const REFUSED = [
  ["", /^RangeError: commandId is empty$/],
  ["two words", /^RangeError: commandId "two words" is not 1 to 180 letters/],
  ["a\nb", /^RangeError: commandId/],
  ["größe", /^RangeError: commandId/],
  ['a"b', /^RangeError: commandId/],
  ["a\\nb", /^RangeError: commandId/],
  ["x".repeat(181), /^RangeError: commandId .{0,160}$/],
  [7, /^TypeError: commandId must be a string, got number$/],
] as const;

/** Keeps the description of the one issue it makes, with line breaks as the real server leaves them. */
function remembering(server: Scripted): void {
  let description = "";
  const issue = (status: string): Reply => json(200, { id: "i-1", status, title: "Import", description });
  server.on("POST /api/companies/co/issues", (response, asked) => {
    const body: unknown = asked.body;
    const said = typeof body === "object" && body !== null && "description" in body ? String(body.description) : "";
    description = `${said.replace(/\\r\\n|\\n|\\r/g, "\n")}\n`;
    issue("todo")(response, asked);
  });
  server.on("GET /api/issues/i-1", (response, asked) => issue("todo")(response, asked));
  server.on("POST /api/issues/i-1/checkout", (response, asked) => issue("in_progress")(response, asked));
}

/** Creates under this id, checks out, and tells the kernel's tasks; null where the id was refused and nothing was sent. */
async function tasksMadeUnder(server: Scripted, commandId: string): Promise<readonly string[] | null> {
  const work = await bench();
  const { adapter } = adapterAt(server.url, { kernel: work.human });
  const before = server.asked.length;
  try {
    await adapter.createTask("Import", "performance", ADMISSION, { commandId });
  } catch (error) {
    assert.match(String(error), /^RangeError: commandId /);
    assert.equal(server.asked.length, before);
    return null;
  }
  await adapter.checkout("i-1");
  return (await work.human.tasks({})).map(({ id, state, holder }) => `${id} ${state} ${holder}`);
}

test("an issue has one task in the kernel, under whatever command id it was made", async () => {
  const server = await scripted();
  remembering(server);
  for (const commandId of NAMED)
    assert.deepEqual(await tasksMadeUnder(server, commandId), [`paperclip-${commandId} in_progress agent:ag`]);
  const text = fc.oneof(fc.string({ unit: "grapheme-ascii", maxLength: 200 }), fc.string({ unit: "binary" }));
  await fc.assert(
    fc.asyncProperty(text, async (commandId) => {
      const made = await tasksMadeUnder(server, commandId);
      assert.deepEqual(made ?? [], made === null ? [] : [`paperclip-${commandId} in_progress agent:ag`]);
    }),
    seeded({ numRuns: 60 }),
  );
});

test("a command id that an issue could not name is refused in words, with a kernel and without", async () => {
  const server = await scripted();
  const work = await bench();
  for (const kernel of [undefined, work.human])
    for (const [commandId, says] of REFUSED) {
      const { adapter } = adapterAt(server.url, { kernel });
      const options: object = { commandId };
      await assert.rejects(adapter.createTask("Import", "performance", ADMISSION, options), says);
    }
  assert.deepEqual(server.asked, []);
  assert.deepEqual(await work.human.tasks({}), []);
});
