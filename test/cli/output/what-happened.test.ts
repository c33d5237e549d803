// Events, approvals and lessons in the words of people: one printable line each, whatever a caller wrote.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EVENT_TYPES } from "../../../src/core/index.ts";
import type { Draft, Event, LessonRow, RecordedDecision } from "../../../src/core/index.ts";
import { approvalLine } from "../../../src/cli/output/approval.ts";
import { eventLine } from "../../../src/cli/output/describe-event.ts";
import { lessonBlock, lessonLine } from "../../../src/cli/output/lesson-lines.ts";
import { plain } from "../../../src/cli/output/paint.ts";
import { whatHappened } from "../../../src/cli/output/what-happened.ts";

const AT = Date.UTC(2026, 0, 31, 10);
const BAD = "two\nlines\u001b[31m\u202e";

function event(draft: Draft, decision: RecordedDecision | null = null): Event {
  return {
    v: 3,
    sequence: 17,
    at: AT,
    workspace: "w",
    commandId: "c",
    actor: "a-1",
    kind: "agent",
    proven: true,
    run: null,
    fence: null,
    digest: null,
    decision,
    ...draft,
  };
}

const SPENT = { task: "T-1", scopes: ["task/T-1"], amounts: { steps: 1, costMicros: 300_000, tokens: 1_800 } };
const STEP = { ...SPENT, tool: "bash", call: null, handBack: false };
const CLOSED = { ...SPENT, reservation: "r-9", reserved: {}, reservedAt: AT, handBack: false };
const EDITED = { task: "T-1", openBlockers: 0, limits: null, needs: null, blockedBy: null };

const SAID: readonly (readonly [Draft, string])[] = [
  [
    { type: "task_edited", body: { ...EDITED, priority: 0, needs: [], blockedBy: ["T-2", "T-3"], deadlineAt: 0 } },
    "T-1 edited: priority=0 needs=none blocked by T-2,T-3 no deadline",
  ],
  [
    { type: "task_assigned", body: { task: "T-1", assignee: "agent:a-2", reason: BAD, progress: true } },
    "T-1 given to a-2: two\\u{a}lines\\u{1b}[31m\\u{202e}",
  ],
  [
    { type: "task_assigned", body: { task: "T-1", assignee: null, reason: null, progress: true } },
    "T-1 given to nobody",
  ],
  [
    { type: "step_reserved", body: { ...STEP, started: false, expiresAt: AT } },
    "r-17 reserved: step on T-1 with bash, $0.30, 1,800 tokens",
  ],
  [
    { type: "step_settled", body: { ...CLOSED, result: null, failed: true, late: true } },
    "r-9 settled late, failed, $0.30, 1,800 tokens",
  ],
  [
    {
      type: "step_settled",
      body: { ...CLOSED, amounts: { costMicros: 9, estimatedMicros: 9 }, result: null, failed: false, late: false },
    },
    "r-9 settled, $0.000009 guessed",
  ],
  [{ type: "step_cancelled", body: CLOSED }, "r-9 cancelled"],
  [{ type: "reservation_expired", body: { reservation: "r-9", closed: false } }, "r-9 presumed spent"],
  [
    { type: "step_recorded", body: { ...STEP, tool: null, result: null, failed: false, handBack: true } },
    "hand-back step on T-1, $0.30, 1,800 tokens",
  ],
  [
    {
      type: "evidence_recorded",
      body: { task: "T-1", attempt: 1, of: 1, what: "command", name: "npm test", passed: false, digest: null },
    },
    "command npm test failed for T-1",
  ],
  [{ type: "run_started", body: { run: "night-7", task: "T-1" } }, "run night-7 started for T-1"],
  [
    { type: "run_ended", body: { run: "night-7", actor: "agent:a-1", reason: "in circles" } },
    "run night-7 ended: in circles",
  ],
  [{ type: "agent_registered", body: { agent: "agent:a-2", capabilities: ["review"] } }, "a-2 can review"],
  [
    { type: "scope_halted", body: { scope: "lineage/T-1", epoch: 1, reason: "circles" } },
    "lineage/T-1 halted: circles",
  ],
  [{ type: "scope_resumed", body: { scope: "workspace", epoch: 1, reason: null } }, "workspace resumed"],
  [{ type: "request_denied", body: { sequence: 9, reason: "no" } }, "d-9 denied: no"],
  [{ type: "decision_marked", body: { sequence: 9, codes: [], reason: null } }, "d-9 marked wrong"],
  [
    {
      type: "request_approved",
      body: {
        sequence: 9,
        actor: "agent:a-1",
        scope: "task/T-1",
        raises: [{ dimension: "costMicros", window: 0, add: 10_000_000 }],
        waiver: null,
        until: AT,
        reason: "worth it",
      },
    },
    "d-9 approved, task/T-1 cost +$10.00 until 2026-01-31T10:00:00.000Z: worth it",
  ],
  [{ type: "command_refused", body: { command: "sweep", asked: {} } }, "sweep"],
  [
    {
      type: "command_refused",
      body: { command: "deny_request", asked: { refused: { sequence: 9, code: "x" }, reason: "no", needs: [] } },
    },
    'deny_request decision=d-9 reason="no"',
  ],
];

for (const [draft, says] of SAID) {
  test(`${draft.type} reads as "${says}"`, () => {
    assert.equal(whatHappened(event(draft)), says);
    assert.ok(Object.hasOwn(EVENT_TYPES, draft.type));
  });
}

const DECIDED = {
  verdict: "granted",
  code: "step.recorded",
  message: "",
  next: [],
  judgedAt: 16,
  policyHash: "",
} as const;

test("a line of the log tells what was waived, observed, and refused afterwards", () => {
  const line = eventLine(
    event(
      { type: "step_cancelled", body: CLOSED },
      {
        ...DECIDED,
        numbers: {},
        wouldHave: [{ code: "lineage.root_not_allowed", numbers: {} }],
        waived: [{ code: "lineage.depth_exceeded", numbers: {}, by: 9 }],
        nextRefused: { code: "budget.hard_limit", numbers: {}, message: "full", next: [] },
      },
    ),
    plain,
  );
  assert.match(
    line,
    /granted step\.recorded, observed lineage\.root_not_allowed, waived lineage\.depth_exceeded, then refused budget\.hard_limit$/,
  );
});

test("the line that approves a full budget adds a quarter of its limit, in the flag's own units", () => {
  const full = (dimension: string, limit: number): string =>
    approvalLine(9, { ...DECIDED, verdict: "refused", code: "budget.hard_limit", numbers: { dimension, limit } });
  assert.equal(full("costMicros", 15_000_000), 'exec-kernel approve d-9 --add cost=3.75 --for 2h --reason "..."');
  assert.equal(full("costMicros", 40_000_000), 'exec-kernel approve d-9 --add cost=10 --for 2h --reason "..."');
  assert.equal(full("costMicros", 1), 'exec-kernel approve d-9 --add cost=0.000001 --for 2h --reason "..."');
  assert.equal(full("durationMs", 21_600_000), 'exec-kernel approve d-9 --add time=5400s --for 2h --reason "..."');
  const missing = approvalLine(9, {
    ...DECIDED,
    verdict: "refused",
    code: "budget.hard_limit",
    numbers: { dimension: "costMicros", limit: 4_000_000, used: 4_000_000, held: 500_000, asks: 1_500_000 },
  });
  assert.match(missing, /--add cost=2 /, "or what is missing, where that is more");
  const over = { dimension: "costMicros", limit: 1_000_000, used: 3_000_000, held: 0, asks: 0 };
  const booked = approvalLine(9, { ...DECIDED, verdict: "refused", code: "budget.hard_limit", numbers: over });
  assert.match(booked, /--add cost=2.25 /, "a quarter beyond what was booked above it");
  assert.equal(full("steps", 50), 'exec-kernel approve d-9 --add steps=13 --for 2h --reason "..."');
  const deep = approvalLine(9, {
    ...DECIDED,
    verdict: "refused",
    code: "lineage.depth_exceeded",
    numbers: { limit: 6 },
  });
  assert.equal(deep, 'exec-kernel approve d-9 --reason "..."');
});

const LESSON: LessonRow = {
  kind: "lesson",
  sequence: 9,
  at: AT,
  task: "T-1",
  taskKind: "task",
  title: "fetch the parts",
  actor: "agent:a-1",
  what: BAD,
  outcome: "blocked",
  blocker: "no access",
  workaround: null,
};

test("a lesson is told in printable lines that name it as one", () => {
  assert.equal(
    lessonLine({ ...LESSON, workaround: "x".repeat(300) }),
    `lesson of T-1, blocked: two\\u{a}lines\\u{1b}[31m\\u{202e}; blocker: no access; workaround: ${"x".repeat(200)}...`,
  );
  assert.deepEqual(lessonBlock(LESSON, AT, plain), [
    "T-1  blocked  now  a-1  fetch the parts",
    "  learnt      two\\u{a}lines\\u{1b}[31m\\u{202e}",
    "  blocker     no access",
  ]);
  assert.equal(lessonBlock({ ...LESSON, what: LESSON.title, blocker: null }, AT, plain).length, 1);
});
