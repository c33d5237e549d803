import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { DEFAULT_LIFECYCLE } from "../../src/core/index.ts";
import type { LifecycleTable } from "../../src/core/index.ts";
import { policyFromConfig } from "../../src/config/index.ts";
import { load, problems } from "./sandbox.ts";

function tableOf(t: TestContext, text: string): LifecycleTable {
  assert.deepEqual(problems(t, text), []);
  return policyFromConfig(load(t, text)).lifecycle;
}

const SHORT = `lifecycle_table:
  states: [open, doing, waiting, shut]
  working: doing
  released: open
  parked: waiting
  completed: shut
  edges:
    open: [doing, { to: shut, by: human }]
    doing: [waiting, shut]
    waiting: open
    shut: { to: open, why: Once more }
`;

test("a short table is filled in: who may move, the kernel's own moves, guards by the part a state plays", (t) => {
  assert.deepEqual(tableOf(t, SHORT), {
    states: ["open", "doing", "waiting", "shut"],
    initial: ["open"],
    working: "doing",
    released: "open",
    parked: "waiting",
    review: null,
    completed: "shut",
    terminal: ["shut"],
    edges: [
      { from: "open", to: "doing", by: ["agent", "human"], why: "open -> doing" },
      { from: "open", to: "shut", by: ["human"], why: "open -> shut" },
      { from: "doing", to: "waiting", by: ["agent", "human", "system"], why: "doing -> waiting" },
      { from: "doing", to: "shut", by: ["agent", "human"], why: "doing -> shut" },
      { from: "waiting", to: "open", by: ["agent", "human"], why: "waiting -> open" },
      { from: "shut", to: "open", by: ["human"], why: "Once more" },
      { from: "doing", to: "open", by: ["system"], why: "Given back" },
    ],
    guards: { doing: ["no_open_blockers"], waiting: ["reason"], shut: ["evidence", "no_open_children"] },
  });
});

test("a table that changes one thing of the default table says that one thing", (t) => {
  const { guards, ...rest } = tableOf(
    t,
    "lifecycle_table: { guards: { done: [evidence, other_actor], blocked: none } }",
  );
  const { guards: usual, ...same } = DEFAULT_LIFECYCLE;
  assert.deepEqual(rest, same);
  assert.deepEqual(guards, {
    in_progress: usual["in_progress"],
    done: ["evidence", "other_actor"],
    cancelled: usual["cancelled"],
  });
  const four = tableOf(t, "lifecycle_table: { states: [todo, in_progress, blocked, done] }");
  assert.deepEqual([four.initial, four.terminal, four.review], [["todo"], ["done"], null]);
  assert.deepEqual(
    four.edges,
    DEFAULT_LIFECYCLE.edges.filter((edge) => four.states.includes(edge.from) && four.states.includes(edge.to)),
  );
});

test("edges in a list keep their order and say where they begin", (t) => {
  const edges = tableOf(
    t,
    `lifecycle_table:
  states: [todo, in_progress, blocked, done]
  edges:
    - { from: blocked, to: done, by: [human] }
    - { from: todo, to: in_progress }
    - { from: in_progress, to: blocked, why: "Stuck" }
    - { from: in_progress, to: done, by: agent }
`,
  ).edges;
  assert.deepEqual(
    edges.map(({ from, to, by, why }) => `${from} ${to} ${by.join()} ${why}`),
    [
      "blocked done human blocked -> done",
      "todo in_progress agent,human Work started",
      "in_progress blocked agent,human,system Stuck",
      "in_progress done agent Work completed",
      "in_progress todo system Given back",
    ],
  );
});

test("a table that fails a proof is refused at the place of the state, move or guard", (t) => {
  const found = (from: string, to: string): readonly string[] => problems(t, SHORT.replace(from, to));
  assert.deepEqual(found("waiting: open", "waiting: []"), [
    "2:25: lifecycle_table: from waiting no terminal state can be reached",
    "2:25: lifecycle_table: a human cannot leave waiting: parked work would wait for ever",
  ]);
  assert.deepEqual(found("{ to: open, why: Once more }", "{ to: open, by: [agent, human] }"), [
    "11:11: lifecycle_table: shut -> open leaves the terminal state shut by agent: only a human may",
  ]);
  assert.deepEqual(found("[waiting, shut]", "[{ to: waiting, by: agent }, shut]"), [
    "9:13: lifecycle_table: doing -> waiting is not for the system: work could not be parked for a human",
  ]);
  assert.deepEqual(found("[doing,", "[{ to: doing, by: human },"), [
    "8:12: lifecycle_table: open -> doing is not for the agent: an agent could claim nothing",
  ]);
  assert.deepEqual(found("[waiting, shut]", "[waiting, shut, waiting]"), [
    "9:28: lifecycle_table: doing -> waiting stands there twice",
  ]);
  assert.deepEqual(found("waiting, shut]\n  working", "waiting, shut, lost]\n  working"), [
    "2:40: lifecycle_table: lost cannot be reached from open",
    "2:40: lifecycle_table: from lost no terminal state can be reached",
  ]);
  assert.deepEqual(problems(t, `${SHORT}  guards:\n    open: reason\n`), [
    "13:5: lifecycle_table: open cannot demand reason: a new task has none, and begins there",
  ]);
});

test("a name that is none of the states is told where it stands, with the nearest one", (t) => {
  const found = (from: string, to: string): readonly string[] => problems(t, SHORT.replace(from, to));
  assert.deepEqual(found("working: doing", "working: dong"), [
    "3:12: lifecycle_table.working: unknown state dong (did you mean doing?)",
  ]);
  assert.deepEqual(found("    waiting: open", "    wating: open"), [
    "10:5: lifecycle_table.edges.wating: unknown state wating (did you mean waiting?)",
  ]);
  assert.deepEqual(found("[waiting, shut]", "[waiting, shutt]"), [
    "9:22: lifecycle_table.edges.doing: unknown state shutt (did you mean shut?)",
  ]);
  assert.deepEqual(found("  working: doing\n", ""), [
    "2:11: lifecycle_table.working: is missing, and there is no state in_progress; name one of open, doing, waiting, shut",
  ]);
  assert.deepEqual(found("working: doing", "wroking: doing"), [
    "3:3: lifecycle_table.wroking: unknown key (did you mean working?)",
  ]);
});

test("what has not the form of its part is refused as what it is", (t) => {
  const found = (part: string): string => problems(t, `lifecycle_table: { ${part} }`).join();
  const at = (column: number, message: string): string => `1:${column}: lifecycle_table.${message}`;
  assert.equal(found("states: 5"), at(28, "states: expected a list of names of states, found 5"));
  assert.equal(found("states: []"), at(28, "states: expected a list of names of states, found a list"));
  assert.equal(found("states: [todo, 5]"), at(35, "states: expected the name of a state, found 5"));
  assert.equal(found("states: [todo, todo]"), at(35, 'states: the state "todo" stands there twice'));
  assert.equal(
    found("states: [constructor]"),
    at(29, 'states: "constructor" is no name for a state: it means something else'),
  );
  assert.match(found("states: [a b]"), /"a b" is no name for a state: use up to 64 letters/);
  assert.equal(found("working: [todo]"), at(29, "working: expected a state, found a list"));
  assert.equal(found("terminal: [done, done]"), at(30, "terminal: the state done stands there twice"));
  assert.equal(found("initial: []"), at(29, "initial: expected a state or a list of states, found a list"));
  assert.equal(found("edges: 5"), at(27, "edges: expected moves under the state they leave, found 5"));
  assert.equal(found("edges: [todo]"), at(28, 'edges.0: expected { from, to }, found the text "todo"'));
  assert.equal(found("edges: [{ from: todo }]"), at(28, "edges.0: to is missing"));
  assert.equal(
    found("edges: { todo: { to: done, bye: human } }"),
    at(47, "edges.todo.bye: unknown key (did you mean by?)"),
  );
  assert.equal(
    found("edges: { todo: { to: done, by: robot } }"),
    at(51, 'edges.todo.by: expected agent or human or system, found the text "robot"'),
  );
  assert.equal(found("edges: { todo: { to: done, why: 5 } }"), at(52, "edges.todo.why: expected a text, found 5"));
  assert.equal(
    found("guards: [done]"),
    at(28, "guards: expected guards under the state that demands them, found a list"),
  );
  assert.equal(
    found("guards: { done: evidnce }"),
    at(36, 'guards.done: expected a guard, found the text "evidnce" (did you mean evidence?)'),
  );
  assert.equal(found("guards: { gone: [reason] }").split(" (")[0], at(30, "guards.gone: unknown state gone"));
});

test("a long list that aliases put into every place of a table is refused at once", (t) => {
  const many = Array.from({ length: 20_000 }, (_, i) => `x${i}`).join(", ");
  const states = Array.from({ length: 60 }, (_, i) => `s${i}`);
  const text = `
lifecycle: { max_depth: 5 }
evidence: &many [${many}]
lifecycle_table:
  states: [${states.join(", ")}]
  working: s0
  released: s1
  parked: s2
  completed: s3
  edges:
${states.map((state) => `    ${state}: *many\n`).join("")}  guards:
${states.map((state) => `    ${state}: *many\n`).join("")}`;
  const startedMs = performance.now();
  assert.ok(problems(t, text).length < 60 * 70 + 10);
  assert.ok(performance.now() - startedMs < 20_000);
});

test("a table has at most 1,024 edges and 64 states", (t) => {
  const states = Array.from({ length: 65 }, (_, i) => `s${i}`);
  assert.match(
    problems(t, `lifecycle_table: { states: [${states.join(", ")}] }`).join(),
    /^1:28: lifecycle_table.states: expected at most 64 states, found 65$/,
  );
  const edge = "{ from: s0, to: s1 }";
  const text = `lifecycle_table:\n  states: [${states.slice(0, 4).join(", ")}]\n  working: s0\n  released: s1\n  parked: s2\n  completed: s3\n  edges: [${`${edge}, `.repeat(1_024)}${edge}]\n`;
  assert.deepEqual(problems(t, text), ["7:10: lifecycle_table.edges: expected at most 1024 edges, found more"]);
});
