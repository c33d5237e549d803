// The page of a few steps: what the agent would have read, and which steps the verdict counted.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  findHistory,
  traceHeadLines,
  traceHistories,
  traceJsonLine,
  tracePageLines,
} from "../../../src/audit/index.ts";
import type { Trace } from "../../../src/audit/index.ts";
import { FIRST_RUNG } from "../../../src/audit/show/step-words.ts";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import type { Policy } from "../../../src/core/index.ts";
import { RUN_ENDS_AT } from "../../../src/core/rules/ladder.ts";
import { findInputs, isStepInput } from "../../../src/formats/index.ts";
import { bash, circle, failingCheck, honest, idOf, monologue, repeated } from "../../support/looping-transcripts.ts";
import type { Act } from "../../support/looping-transcripts.ts";
import { wordsOf } from "../../support/transcripts/words.ts";
import { nightOf } from "../steps/audited-steps.ts";

const words = wordsOf(21);
const OPTIONS = { width: 80, paint: (_: string, text: string) => text, policyName: "the day-one policy" };

async function traced(acts: readonly Act[], policy: Policy = DAY_ONE_POLICY, at: number | null = null): Promise<Trace> {
  const inputs = (await findInputs([nightOf([{ id: idOf(1), acts }])])).inputs.filter(isStepInput);
  const [located] = await findHistory(idOf(1), inputs);
  assert.ok(located !== undefined);
  const wanted = { ...located, files: located.files.map(({ path }) => path), at };
  const about = { policy, rows: { before: 6, from: 3 }, cells: { before: 0, from: 0 } };
  const [trace] = await traceHistories([wanted], inputs, about);
  assert.ok(trace !== undefined && trace !== null);
  return trace;
}

function pageOf(trace: Trace): string {
  return tracePageLines(trace, OPTIONS).join("\n");
}

describe("as the agent would have read it", () => {
  test("the first refusal says how many more end the run, as the kernel's does", async () => {
    assert.deepEqual(FIRST_RUNG, { strikes: 1, left: RUN_ENDS_AT - 1 });
    const page = pageOf(await traced(repeated(12)));
    assert.match(page, /^as the agent would have read it$/m);
    assert.match(page, /^ {2}do not retry it, also not through another tool: 2 more refusals end the run$/m);
  });

  test("of a rule that observes the agent would have read nothing", async () => {
    const trace = await traced([...honest(words, 8), ...failingCheck(words, 20)]);
    const page = pageOf(trace);
    assert.match(page, /^observed: the agent would have read nothing; enforced, it would have read:$/m);
    assert.doesNotMatch(page, /as the agent would have read it/);
    const value: unknown = JSON.parse(traceJsonLine(trace));
    assert.ok(typeof value === "object" && value !== null && "asRead" in value && "ifEnforced" in value);
    assert.equal(value.asRead, null);
    assert.ok(Array.isArray(value.ifEnforced) && value.ifEnforced.length === 4);
  });
});

describe("the steps that the verdict counted", () => {
  const numbersOf = ({ rows, target }: Trace) => rows.find(({ place }) => place === target)?.refused?.numbers ?? {};

  test("are the failing checks and not the edits between them", async () => {
    const trace = await traced([...honest(words, 8), ...failingCheck(words, 20)]);
    assert.equal(trace.counted.length, numbersOf(trace)["count"]);
    assert.ok(
      trace.counted.every((place) => place % 2 === 0),
      "checks have the even places",
    );
    assert.match(pageOf(trace), /^counted: steps 10, 12, 14, 16, 18$/m);
  });

  test("are said to be more where they are too many for a line", async () => {
    const trace = await traced([...honest(words, 8), ...failingCheck(words, 20)], DAY_ONE_POLICY, 47);
    assert.equal(trace.counted.length, 19);
    assert.match(pageOf(trace), /^counted: 19 steps, the last of them 28, 30, 32, .*, 46$/m);
  });

  test("leave out a check that failed otherwise and passed since", async () => {
    const other = [bash("npm run lint", "1 problem", true), bash("npm run lint", "clean")];
    const acts = [...failingCheck(words, 14), ...other, ...failingCheck(words, 20)];
    const trace = await traced(acts, DAY_ONE_POLICY, null);
    const rounds = trace.counted.map((place) => acts[place - 1]?.input);
    assert.equal(rounds.length, numbersOf(trace)["count"]);
    assert.ok(rounds.every((input) => JSON.stringify(input).includes("npm test -- parser")));
  });

  test("are those of the one call, of the rounds, or the words", async () => {
    assert.deepEqual((await traced([...honest(words, 8), ...repeated(12)])).counted, [9, 10, 11, 12, 13, 14]);
    assert.match(pageOf(await traced([...honest(words, 8), ...repeated(12)])), /^counted: steps 9 to 14$/m);
    const round = await traced([...honest(words, 2), ...circle(12)]);
    const { count, period } = numbersOf(round);
    assert.equal(round.counted.length, Number(count) * Number(period));
    assert.equal(round.counted.at(-1), (round.target ?? 0) - 1);
    const talk = await traced([...honest(words, 5), ...monologue(words, 12)]);
    assert.deepEqual(
      talk.counted,
      Array.from({ length: Number(numbersOf(talk)["count"]) }, (_, at) => 6 + at),
    );
  });

  test("are none where no rule would have refused", async () => {
    const trace = await traced(repeated(12), DAY_ONE_POLICY, 3);
    assert.deepEqual(trace.counted, []);
    assert.doesNotMatch(pageOf(trace), /counted:/);
  });
});

test("-q has what it is and the verdict", async () => {
  const lines = traceHeadLines(await traced(repeated(12)), OPTIONS);
  assert.equal(lines[0], idOf(1));
  assert.match(lines.slice(1).join(" "), /^12 steps, .* in .*\.jsonl step 7 would have been refused by .* limit 6\.$/);
});
