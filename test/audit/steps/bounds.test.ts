// More histories than are kept at once: what is closed keeps its figures, and what goes on is said to count anew.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import type { StepItem } from "../../../src/formats/index.ts";
import { Figures, WORST_KEPT } from "../../../src/audit/steps/figures.ts";
import { newHistory } from "../../../src/audit/steps/history.ts";
import { StepsJudge } from "../../../src/audit/steps/judge.ts";
import type { Bounds } from "../../../src/audit/steps/judge.ts";

const FILE = { path: "f.jsonl", format: "steps", sizeBytes: 0 } as const;

function step(history: string, command: string): StepItem {
  const facts = { form: "step", line: 1, history, agent: "", kind: "tool", id: null } as const;
  return { ...facts, atMs: null, endedAtMs: null, tool: "Bash", call: command, result: "the same", failed: true };
}

function judged(names: readonly string[], bounds: Bounds): StepsJudge {
  const judge = new StepsJudge({ policy: DAY_ONE_POLICY, bounds });
  judge.startFile(FILE, true);
  for (const name of names) judge.take(step(name, "git log"));
  judge.endFile();
  return judge;
}

const SMALL: Bounds = { watches: 4, histories: 8 };
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, place) => `h${place}`);

test("no more histories are kept than the bound allows, and each is in the figures", () => {
  const judge = judged(names(100), SMALL);
  assert.ok(judge.histories.size <= SMALL.histories, String(judge.histories.size));
  assert.equal(judge.closedEarly, 100 - judge.histories.size);
  const figures = judge.closeAll();
  assert.deepEqual([figures.histories, figures.total.steps, judge.histories.size], [100, 100, 0]);
});

test("the one longest without a step is closed first: a loop among many others is found", () => {
  const crowd = names(60).flatMap((name) => ["loop", name]);
  const figures = judged(crowd, SMALL).closeAll();
  const [rule] = [...figures.byRule.values()];
  assert.deepEqual([figures.histories, figures.refused, rule?.worst[0]?.session], [61, 1, "loop"]);
  assert.equal(rule?.worst[0]?.places, 60);
});

test("a history that goes on after it was closed counts anew, and that it was closed is counted", () => {
  const judge = judged([...names(9), "h0"], SMALL);
  assert.ok(judge.closedEarly > 0);
  assert.equal(judge.closeAll().histories, 10);
});

test("a watch that was closed within the bound of histories goes on in its history, and is counted too", () => {
  const judge = judged([...names(5), "h0"], SMALL);
  assert.equal(judge.closedEarly, 1);
  const figures = judge.closeAll();
  assert.deepEqual([figures.histories, figures.total.steps], [5, 6]);
});

test("runs of one name stay apart, however many were closed between them", () => {
  const judge = new StepsJudge({ policy: DAY_ONE_POLICY, bounds: SMALL });
  judge.startFile({ ...FILE, format: "runs" }, true);
  for (let run = 0; run < 50; run += 1) {
    judge.take(step("task", "ls"));
    judge.take({ form: "outcome", history: "task", success: true });
  }
  judge.endFile();
  const figures = judge.closeAll();
  assert.deepEqual([figures.histories, figures.outcomes.succeeded], [50, 50]);
});

test("of many refused histories the worst are kept, and all are counted", () => {
  const figures = new Figures(DAY_ONE_POLICY);
  const count = 5 * WORST_KEPT;
  for (let place = 0; place < count; place += 1) {
    const history = newHistory(`h${place}`, "", "f", "steps");
    history.own.steps = 10;
    const after = { steps: (place * 7_919) % count, costMicros: 0, unpricedTokens: 0 };
    const facts = {
      rule: "repeats",
      mode: "enforce",
      numbers: {},
      step: 8,
      atMs: null,
      tool: "Bash",
      call: "",
    } as const;
    history.refusal = { code: "step.repeated", ...facts, after };
    figures.add(history);
  }
  const [rule] = [...figures.byRule.values()];
  assert.deepEqual([figures.refused, rule?.histories], [count, count]);
  const kept = new Set(rule?.worst.map(({ refusal }) => refusal.after.steps));
  assert.ok(kept.size < 2 * WORST_KEPT);
  for (let steps = count - 1; steps >= count - WORST_KEPT; steps -= 1) assert.ok(kept.has(steps), String(steps));
});
