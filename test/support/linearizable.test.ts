// The checkers find what they are for: each planted violation, by both of them where both can see it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answered, Operation } from "./call-history.ts";
import { withRepeats } from "./call-history.ts";
import { claimedOrderFaults, searchFaults, timeFaults } from "./linearizable.ts";

type Plan = {
  readonly at: readonly [called: number, returned: number | null];
  readonly by: string;
  readonly type: string;
  readonly body?: Operation["asked"]["body"];
  readonly fence?: number;
  readonly commandId?: string;
  /** Its code and place; left out: no answer came. */
  readonly answer?: Partial<Answered> & { readonly code: string; readonly sequence: number | null };
};

let ids = 0;

function operation({ at: [calledAt, returned], by, type, body = {}, fence, commandId, answer }: Plan): Operation {
  const id = `p ${(ids += 1)}`;
  const verdict =
    answer !== undefined && /^(task|step)\.(created|claimed|released|recorded|reserved|settled)$/.test(answer.code);
  const plain = { replayed: false, verdict: verdict ? "granted" : "refused", at: 0, judgedAt: 0, result: {} };
  const answered = answer === undefined ? null : { ...plain, ...answer };
  const asked = { actor: `agent:${by}`, type, commandId: commandId ?? id, fence, body: { task: "T-1", ...body } };
  return { id, calledAt, asked, returnedAt: answered === null ? null : returned, answered, repeated: false };
}

const history = (plans: readonly Plan[]): readonly Operation[] => withRepeats(plans.map(operation));

const MADE: Plan = { at: [1, 2], by: "h", type: "create_task", answer: { code: "task.created", sequence: 2 } };
const LIMITED: Plan = { ...MADE, body: { limits: { steps: 2 } } };

const claimed = (by: string, at: Plan["at"], sequence: number, fence: number, until: number | null = null): Plan => {
  const result = until === null ? { fence } : { fence, expiresAt: until };
  return { at, by, type: "claim_task", answer: { code: "task.claimed", sequence, result } };
};
const recorded = (by: string, at: Plan["at"], sequence: number, fence?: number): Plan => ({
  at,
  by,
  type: "record_step",
  ...(fence === undefined ? {} : { fence }),
  answer: { code: "step.recorded", sequence },
});
const released = (by: string, at: Plan["at"], sequence: number): Plan => ({
  at,
  by,
  type: "release_task",
  answer: { code: "task.released", sequence },
});

/** Both checks find something. */
function isFoundByBoth(plans: readonly Plan[], what: RegExp): void {
  const operations = history(plans);
  assert.match(claimedOrderFaults(operations)[0] ?? "nothing", what);
  assert.match(searchFaults(operations)[0] ?? "nothing", what);
}

function isRight(plans: readonly Plan[]): void {
  const operations = history(plans);
  assert.deepEqual([claimedOrderFaults(operations), searchFaults(operations)], [[], []]);
}

describe("the checkers of histories", () => {
  test("a history in which all went well has no fault", () => {
    const reserved = { code: "step.reserved", sequence: 6, result: { reservation: "r-6" } };
    isRight([
      MADE,
      claimed("a", [3, 6], 3, 1),
      { at: [4, 5], by: "b", type: "claim_task", answer: { code: "lease.taken", sequence: 4 } },
      recorded("a", [7, 8], 5, 1),
      { at: [9, 10], by: "a", type: "reserve_step", answer: reserved },
      released("a", [11, 12], 7),
      claimed("b", [13, 14], 8, 2),
      {
        at: [15, 16],
        by: "a",
        type: "settle_step",
        body: { reservation: "r-6" },
        answer: { code: "step.settled", sequence: 9 },
      },
      { at: [17, 18], by: "a", type: "record_step", fence: 1, answer: { code: "lease.not_held", sequence: 10 } },
    ]);
  });

  test("two at once may come in either order", () => {
    const swapped = [MADE, released("b", [3, 20], 4), claimed("b", [4, 19], 3, 1), claimed("a", [5, 18], 5, 2)];
    isRight(swapped);
  });

  test("a double claim is found", () => {
    isFoundByBoth([MADE, claimed("a", [3, 4], 3, 1), claimed("b", [5, 6], 4, 2)], /b claim_task/);
  });

  test("a claim after the lease was over is none, one before is", () => {
    const after = claimed("b", [5, 6], 4, 2);
    const at = (time: number): Plan => ({
      ...after,
      answer: { ...after.answer, code: "task.claimed", sequence: 4, at: time },
    });
    isRight([MADE, claimed("a", [3, 4], 3, 1, 100), at(100)]);
    isFoundByBoth([MADE, claimed("a", [3, 4], 3, 1, 100), at(99)], /b claim_task/);
  });

  test("a fence that does not go up is found", () => {
    isFoundByBoth(
      [MADE, claimed("a", [3, 4], 3, 1), released("a", [5, 6], 4), claimed("b", [7, 8], 5, 1)],
      /b claim_task/,
    );
  });

  test("a stale fence that was accepted is found", () => {
    const again = [claimed("a", [3, 4], 3, 1), released("a", [5, 6], 4), claimed("a", [7, 8], 5, 2)];
    isRight([MADE, ...again, recorded("a", [9, 10], 6, 2)]);
    isFoundByBoth([MADE, ...again, recorded("a", [9, 10], 6, 1)], /a record_step fence 1/);
  });

  test("a budget overspent by one is found, and one that was refused too early", () => {
    const held = [LIMITED, claimed("a", [3, 4], 3, 1), recorded("a", [5, 6], 4)];
    const full: Plan = {
      at: [9, 10],
      by: "a",
      type: "record_step",
      answer: { code: "budget.hard_limit", sequence: 6 },
    };
    isRight([...held, recorded("a", [7, 8], 5), full]);
    isFoundByBoth([...held, recorded("a", [7, 8], 5), recorded("a", [9, 10], 6)], /record_step/);
    isFoundByBoth([...held, full], /budget\.hard_limit/);
  });

  test("what is reserved counts, and a reservation is closed once", () => {
    const reserve: Plan = {
      at: [5, 6],
      by: "a",
      type: "reserve_step",
      answer: { code: "step.reserved", sequence: 4, result: { reservation: "r-4" } },
    };
    const settle = (at: Plan["at"], sequence: number): Plan => ({
      at,
      by: "a",
      type: "settle_step",
      body: { task: undefined, reservation: "r-4" },
      answer: { code: "step.settled", sequence },
    });
    const held = [LIMITED, claimed("a", [3, 4], 3, 1), reserve, recorded("a", [7, 8], 5)];
    isRight([...held, settle([9, 10], 6)]);
    isFoundByBoth([...held, recorded("a", [9, 10], 6)], /record_step/);
    isFoundByBoth([...held, settle([9, 10], 6), settle([11, 12], 7)], /settle_step/);
  });

  test("an order that real time contradicts is found", () => {
    const twisted = [MADE, recorded("a", [5, 6], 3), recorded("a", [3, 4], 4)];
    assert.match(timeFaults(history(twisted))[0] ?? "", /ended before/);
    // Without the numbers it can only be seen where the specification minds.
    isFoundByBoth([MADE, recorded("a", [3, 4], 4), claimed("a", [5, 6], 3, 1)], /record_step|ended before/);
  });

  test("an answered write that was lost is found", () => {
    const gone: Plan = {
      at: [5, 6],
      by: "b",
      type: "claim_task",
      answer: { code: "task.unknown", sequence: null, judgedAt: 2 },
    };
    isFoundByBoth([MADE, gone], /task\.unknown/);
    isFoundByBoth([MADE, claimed("a", [3, 4], 3, 1), claimed("b", [5, 6], 3, 1)], /b claim_task|both stand/);
  });

  test("one command granted twice under one id is found; answered again it is none", () => {
    const step = { ...recorded("a", [5, 6], 4), commandId: "x" };
    const held = [MADE, claimed("a", [3, 4], 3, 1), step];
    const again = { ...recorded("a", [7, 8], 5), commandId: "x" };
    isFoundByBoth([...held, again], /record_step/);
    const answer = { code: "step.recorded", sequence: 4, replayed: true };
    isRight([...held, { ...again, answer }]);
    const other = { ...answer, result: { steps: 9 } };
    assert.match(searchFaults(history([...held, { ...again, answer: other }]))[0] ?? "", /record_step/);
  });

  test("a command without an answer may have happened or not, but not both", () => {
    const lost: Plan = { at: [3, null], by: "a", type: "claim_task" };
    const plans = [MADE, lost];
    const taken: Plan = { at: [5, 6], by: "b", type: "claim_task", answer: { code: "lease.taken", sequence: 4 } };
    const free = claimed("b", [7, 8], 5, 2);
    for (const more of [[taken], [claimed("b", [5, 6], 3, 1)], [claimed("b", [5, 6], 3, 1), released("b", [7, 8], 4)]])
      assert.deepEqual(searchFaults(history([...plans, ...more])), []);
    assert.match(searchFaults(history([...plans, taken, free]))[0] ?? "", /b claim_task/);
  });

  test("a lost answer found in the log has its place in the claimed order", () => {
    const lost: Plan = { at: [3, null], by: "a", type: "claim_task", commandId: "lost" };
    const operations = history([MADE, lost, claimed("b", [5, 6], 4, 2)]);
    assert.deepEqual(claimedOrderFaults(operations), []);
    assert.match(claimedOrderFaults(operations, new Map([["agent:a lost", 3]]))[0] ?? "", /b claim_task/);
  });

  test("ten at once are searched through", () => {
    const many = Array.from({ length: 10 }, (_, n) => recorded("a", [10 + n, 100 - n], 20 - n));
    isRight([MADE, claimed("a", [3, 4], 3, 1), ...many]);
    isFoundByBoth([{ ...LIMITED, body: { limits: { steps: 9 } } }, claimed("a", [3, 4], 3, 1), ...many], /record_step/);
  });
});
