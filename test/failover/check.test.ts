// The checker of the fail-over proof, over a real log with planted losses and doublings: a proof must be able to fail.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Event } from "../../src/core/index.ts";
import { bench } from "../support/kernels.ts";
import { logOf } from "../support/lives.ts";
import { random } from "../support/random.ts";
import type { Answer } from "./answers.ts";
import { readAnswer } from "./answers.ts";
import { check } from "./check.ts";
import type { Findings, Used } from "./check.ts";
import { POLICY, workAt } from "./jobs.ts";
import { usedIn } from "./used.ts";

type Story = { readonly answers: readonly Answer[]; readonly events: readonly Event[]; readonly used: Used };

/** Three agents do a few jobs each; what they were told, and what the log has of it. */
async function story(): Promise<Story> {
  const { human } = await bench({ policy: POLICY });
  const answers: Answer[] = [];
  const agents = ["a", "b", "c"].map((agent, n) => {
    const tell = (answer: Answer): void => void answers.push(readAnswer(JSON.stringify(answer)));
    const isOver = (): boolean => answers.length >= 120;
    return workAt({ kernel: human, agent, dice: random(n), tell, onFault: assert.fail, isOver });
  });
  await Promise.all(agents);
  return { answers, events: await logOf(human), used: await usedIn(human) };
}

const counts = ({ lost, doubled, misbooked }: Findings): readonly number[] => [
  lost.length,
  doubled.length,
  misbooked.length,
];

/** The place of a granted settlement among the answers, and of its event in the log. */
function settled({ answers, events }: Story): { readonly answer: Answer; readonly event: Event } {
  const answer = answers.find(({ code }) => code === "step.settled");
  const event = events.find(({ sequence }) => `d-${sequence}` === answer?.id);
  assert.ok(answer !== undefined && event !== undefined);
  return { answer, event };
}

describe("the checker of the fail-over proof", async () => {
  const honest = await story();
  const { answers, events, used } = honest;
  const { answer, event } = settled(honest);
  const last = events.at(-1);
  assert.ok(last !== undefined);

  test("finds nothing where the log has every answer", () => {
    assert.deepEqual(check(answers, events, used), { lost: [], doubled: [], misbooked: [] });
    assert.ok(answers.length >= 120 && answers.every(({ verdict }) => verdict === "granted"));
    assert.ok((used.get("workspace")?.["costMicros"] ?? 0) > 0);
  });

  test("finds an acknowledged decision that the log does not have", () => {
    const cut = events.filter((one) => one !== last);
    const found = check(answers, cut, used);
    assert.deepEqual(counts(found), [1, 0, 0]);
    assert.match(found.lost[0] ?? "", /was told granted \(.*\) as d-\d+, which is not in the log/);
  });

  test("finds a decision that stands where another was acknowledged", () => {
    const other = events.map((one) => (one === event ? { ...one, commandId: "somebody-else" } : one));
    const found = check(answers, other, used);
    assert.match(found.lost[0] ?? "", /which belongs to agent:\w+ somebody-else$/);
    assert.match(found.doubled[0] ?? "", /^granted and never answered: agent:\w+ somebody-else$/);
  });

  test("finds a decision that was acknowledged as another verdict", () => {
    const told = answers.map((one) => (one === answer ? { ...one, verdict: "refused", code: "lease.lost" } : one));
    assert.match(
      check(told, events, used).lost[0] ?? "",
      /told refused \(lease\.lost\) as d-\d+, which is step\.settled/,
    );
  });

  test("finds a grant that was told without an event", () => {
    const told = answers.map((one) => (one === answer ? { ...one, id: null } : one));
    assert.match(check(told, events, used).lost[0] ?? "", /without an event$/);
  });

  test("finds a command id that is granted twice", () => {
    const again = { ...event, sequence: last.sequence + 1 };
    const found = check(answers, [...events, again], used);
    assert.deepEqual(counts(found), [0, 1, 0]);
    assert.match(found.doubled[0] ?? "", /^granted: agent:\w+ \w+-\d+ 2 times$/);
  });

  test("finds a command id that is answered twice", () => {
    const found = check([...answers, { ...answer, spent: {} }], events, used);
    assert.deepEqual(counts(found), [0, 1, 0]);
    assert.match(found.doubled[0] ?? "", /^answered: /);
  });

  test("finds a grant that nobody was told of", () => {
    const silent = answers.filter((one) => one.code !== "task.created");
    assert.match(check(silent, events, used).doubled[0] ?? "", /^granted and never answered: /);
  });

  test("finds a meter that is not the sum of what was acknowledged", () => {
    const workspace = used.get("workspace");
    const wrong = new Map([...used, ["workspace", { ...workspace, costMicros: 1 }]]);
    const found = check(answers, events, wrong);
    assert.deepEqual(counts(found), [0, 0, 1]);
    assert.match(found.misbooked[0] ?? "", /^workspace costMicros: 1 in the meter, \d+ acknowledged$/);
  });
});

test("a line that is no answer is not taken for one", () => {
  assert.throws(() => readAnswer(`{"commandId":"a-1"}`), /a kernel process said/);
});
