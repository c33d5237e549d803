// Where the copied part of a fork ends, and that nothing in it is counted again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { copiedPart, originOf, uuidTimeMs } from "../../src/formats/codex-fork.ts";
import { codexSession, codexText, type CodexOptions } from "../support/transcripts/codex.ts";
import { readText, summed } from "../support/transcripts/read-all.ts";

const PARENT = codexSession({ seed: 7, turns: 6, startMs: Date.UTC(2026, 9, 2, 9) });
const FORK: CodexOptions = { seed: 8, turns: 4, startMs: Date.UTC(2026, 9, 2, 15), parent: PARENT };

async function countOf(options: CodexOptions): Promise<object> {
  const { steps, usages } = await readText(codexText(codexSession(options)), "codex");
  const sum = summed(usages);
  return {
    calls: steps.filter(({ kind }) => kind === "tool").length,
    failed: steps.filter(({ failed }) => failed).length,
    messages: steps.filter(({ kind }) => kind === "message").length,
    users: steps.filter(({ kind }) => kind === "user").length,
    inputTokens: sum.inputTokens + sum.cacheReadTokens,
    outputTokens: sum.outputTokens,
  };
}

test("a fork has its own steps and tokens only, whether its copies were stamped anew or keep their times", async () => {
  for (const keepTimes of [false, true]) {
    const options = { ...FORK, keepTimes };
    assert.deepEqual(await countOf(options), codexSession(options).own, `keepTimes ${keepTimes}`);
  }
});

test("a fork of a version whose turns have no ids is told by the pause after the copies", async () => {
  const parent = codexSession({ seed: 7, turns: 6, withoutTurnIds: true });
  for (const keepTimes of [false, true]) {
    const options = { ...FORK, parent, keepTimes, withoutTurnIds: true };
    assert.deepEqual(await countOf(options), codexSession(options).own, `keepTimes ${keepTimes}`);
  }
});

test("a fork of a fork subtracts what both inherited", async () => {
  const child = codexSession(FORK);
  const options: CodexOptions = { seed: 9, turns: 3, startMs: Date.UTC(2026, 9, 3, 9), parent: child, keepTimes: true };
  assert.deepEqual(await countOf(options), codexSession(options).own);
});

test("a fork without a turn of its own has no steps and no tokens", async () => {
  const nothing = { calls: 0, failed: 0, messages: 0, users: 0, inputTokens: 0, outputTokens: 0 };
  assert.deepEqual(await countOf({ ...FORK, turns: 0 }), nothing);
});

test("a subagent's steps are in its parent's history, under its own id, and its prompt is no human's words", async () => {
  const session = codexSession({ ...FORK, spawned: true });
  const { steps } = await readText(codexText(session), "codex");
  assert.equal(steps.filter(({ kind }) => kind === "tool").length, session.own.calls);
  assert.ok(
    steps.every(({ history, agent, kind }) => history === PARENT.id && agent === session.id && kind !== "user"),
  );
});

test("where no copied total is seen, the first total counts only what its response used", async () => {
  const at = "2026-10-02T15:00:00.000Z";
  const id = "0199a8a0-0000-7000-8000-000000000001";
  const meta = { timestamp: at, type: "session_meta", payload: { id, forked_from_id: "p", timestamp: at } };
  const turn = { timestamp: at, type: "turn_context", payload: { turn_id: id, model: "gpt-5.4" } };
  const info = {
    total_token_usage: { input_tokens: 9_000, output_tokens: 900 },
    last_token_usage: { input_tokens: 10, output_tokens: 1 },
  };
  const tokens = { timestamp: at, type: "event_msg", payload: { type: "token_count", info } };
  const text = [meta, turn, tokens].map((record) => JSON.stringify(record)).join("\n");
  const { usages } = await readText(text, "codex");
  assert.deepEqual(
    usages.map(({ usage }) => [usage.inputTokens, usage.outputTokens]),
    [[10, 1]],
  );
});

test("only UUIDs of version 7 tell a time", () => {
  assert.equal(uuidTimeMs("0199a8a0-1234-7000-8000-000000000001"), 0x0199a8a01234);
  assert.equal(uuidTimeMs("0199a8a0-1234-4000-8000-000000000001"), null);
  assert.equal(uuidTimeMs(5), null);
});

test("turns with other ids are told by when they say they began", () => {
  const forkedAtMs = Date.UTC(2026, 9, 2, 15);
  const meta = { id: "x", forked_from_id: "p", timestamp: new Date(forkedAtMs).toISOString() };
  const isCopied = copiedPart(meta, forkedAtMs);
  const started = (seconds: number): object => ({ type: "task_started", turn_id: "v4", started_at: seconds });
  assert.equal(isCopied("event_msg", { ...started(forkedAtMs / 1_000 - 60) }, forkedAtMs + 5_000), true);
  assert.equal(isCopied("response_item", {}, forkedAtMs + 9_000), true);
  assert.equal(isCopied("event_msg", { ...started(forkedAtMs / 1_000 + 1) }, forkedAtMs + 9_000), false);
  assert.equal(isCopied("event_msg", { ...started(0) }, null), false);
});

test("a subagent that was given no history loses nothing, even where turns have no ids", async () => {
  const startMs = Date.UTC(2026, 9, 2, 15);
  const line = (afterMs: number, type: string, payload: object): string =>
    `${JSON.stringify({ timestamp: new Date(startMs + afterMs).toISOString(), type, payload })}\n`;
  const source = { subagent: { thread_spawn: { parent_thread_id: "p" } } };
  const { steps } = await readText(
    line(9, "session_meta", { id: "c", timestamp: new Date(startMs).toISOString(), source }) +
      line(300, "turn_context", { model: "gpt-5.4" }) +
      line(301, "event_msg", { type: "user_message", message: "look" }) +
      line(3_000, "response_item", { type: "function_call", name: "rg", arguments: "{}", call_id: "c1" }) +
      line(3_100, "response_item", { type: "function_call_output", call_id: "c1", output: "x" }),
    "codex",
  );
  assert.deepEqual(
    steps.map(({ history, agent, tool, result }) => [history, agent, tool, result]),
    [["p", "c", "rg", "x"]],
  );
});

test("the parent is named by the fork, or by the agent that spawned it", () => {
  const spawn = { subagent: { thread_spawn: { parent_thread_id: "b" } } };
  assert.deepEqual(originOf({ id: "a" }), { id: "a", parent: null, spawned: false });
  assert.deepEqual(originOf({ id: "a", forked_from_id: "f" }), { id: "a", parent: "f", spawned: false });
  assert.deepEqual(originOf({ id: "a", forked_from_id: "f", source: spawn }), { id: "a", parent: "b", spawned: true });
  assert.deepEqual(originOf({ source: { subagent: "review" } }), { id: null, parent: null, spawned: true });
  assert.deepEqual(originOf({ parent_thread_id: "b", thread_source: "user" }), {
    id: null,
    parent: "b",
    spawned: false,
  });
});
