import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_ONE_POLICY, NO_STEPS, remembered, seenBy } from "../../../src/core/index.ts";
import type { Call, StepLimits } from "../../../src/core/index.ts";
import { callOf, digestOf } from "../../support/steps.ts";

const AT = 1_700_000_000_000;

function seen(call: Call, limits: Partial<StepLimits> = {}, tool: string | null = "Bash"): ReturnType<typeof seenBy> {
  return seenBy({ ...DAY_ONE_POLICY.steps, ...limits }, { tool, call, at: AT }, NO_STEPS);
}

test("a policy gives a tool or a command another class", () => {
  const deploy = callOf("x", { command: "npm run deploy" });
  assert.equal(seen(deploy, { mutate: ["npm run deploy"] }).class, "mutate");
  assert.equal(seen(deploy, { verify: ["npm run"] }).class, "verify", "a name stands for what begins with it");
  assert.equal(seen(deploy, { verify: ["npm ru"] }).class, "observe", "but not for a part of a word");
  assert.equal(seen(callOf("x", { command: "wait.sh" }), { polls: ["./scripts/wait.sh"] }).polled, true);
  assert.equal(seen(callOf("x"), { verify: ["mcp__ci__run"] }, "mcp__ci__run").class, "verify");
});

test("a line that also does something else is what the whole of it does", () => {
  const both = callOf("x", { command: "npm test; git push", class: "mutate" });
  assert.equal(seen(both, { observe: ["npm test"] }).class, "mutate");
  assert.equal(seen(both, { observe: ["npm test", "git push"] }).class, "observe");
  assert.equal(seen(callOf("x", { command: "npm test; deploy" }), { mutate: ["deploy"] }).class, "mutate");
});

test("a message stays one, and a named tool polls from its first call", () => {
  assert.equal(seen(callOf("x", { class: "message" }), { mutate: ["Bash"] }).class, "message");
  assert.equal(seen(callOf("x"), { polls: ["Bash"] }).polled, true);
});

test("a first look is never polling, and what never was looked at neither", () => {
  assert.equal(seen(callOf("x", { watches: true })).polled, false);
  const call = { ...callOf("x"), polled: false };
  const memory = remembered(NO_STEPS, { call, at: AT - 60_000, result: digestOf("r"), failed: false });
  const later = (name: string): boolean =>
    seenBy(DAY_ONE_POLICY.steps, { tool: null, call: callOf(name), at: AT }, memory).polled;
  assert.deepEqual([later("x"), later("y")], [true, false]);
});
