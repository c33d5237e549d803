// Codex's rollouts: calls and results, failures, messages, a human's words, tokens.

import assert from "node:assert/strict";
import { test } from "node:test";
import { codexSession, codexText } from "../support/transcripts/codex.ts";
import { readRecords, readText, summed, type AllItems } from "../support/transcripts/read-all.ts";

const AT = "2026-10-02T09:00:00.000Z";

function record(type: string, payload: unknown): object {
  return { timestamp: AT, type, payload };
}

function item(payload: object): object {
  return record("response_item", payload);
}

function event(payload: object): object {
  return record("event_msg", payload);
}

function call(id: string, name = "exec_command", args = '{ "cmd": "ls" }'): object {
  return item({ type: "function_call", name, arguments: args, call_id: id });
}

function output(id: string, value: unknown): object {
  return item({ type: "function_call_output", call_id: id, output: value });
}

function says(text: string): object {
  return item({ type: "message", role: "assistant", content: [{ type: "output_text", text }] });
}

function tokens(total: object | null, last: object | null): object {
  return event({ type: "token_count", info: { total_token_usage: total, last_token_usage: last } });
}

const META = record("session_meta", { id: "0199a000-0000-7000-8000-000000000001", timestamp: AT, source: "cli" });

function read(records: readonly object[]): Promise<AllItems> {
  return readRecords([META, ...records], "codex");
}

test("a call and its output are one step; stamps that differ each time are taken off the output", async () => {
  const text =
    "Chunk ID: 1f\nWall time: 0.1 seconds\nProcess exited with code 2\nOriginal token count: 9\nOutput:\nno such file\n";
  const { steps } = await read([call("c1"), output("c1", text)]);
  assert.deepEqual(steps, [
    {
      form: "step",
      line: 2,
      history: "0199a000-0000-7000-8000-000000000001",
      agent: "",
      kind: "tool",
      id: "c1",
      atMs: Date.parse(AT),
      endedAtMs: Date.parse(AT),
      tool: "exec_command",
      call: '{"cmd":"ls"}',
      result: "Process exited with code 2\nOutput:\nno such file\n",
      failed: true,
    },
  ]);
});

test("every kind of call is read, those that the provider carries out without a result", async () => {
  const { steps, counts } = await read([
    item({ type: "custom_tool_call", name: "apply_patch", input: "*** Begin", call_id: "c1" }),
    item({ type: "custom_tool_call_output", call_id: "c1", output: "ok" }),
    item({ type: "local_shell_call", call_id: "c2", action: { type: "exec", command: ["ls"] } }),
    output("c2", "x"),
    item({ type: "function_call", name: "list", namespace: "mcp__files__", arguments: "not json", call_id: "c3" }),
    output("c3", [{ type: "input_text", text: "y" }]),
    item({ type: "web_search_call", status: "completed", action: { query: "q" } }),
    item({ type: "tool_search_call", call_id: "c4", arguments: { query: "z" } }),
    item({ type: "tool_search_output", call_id: "c4", tools: ["t"] }),
  ]);
  assert.deepEqual(
    steps.map(({ tool, call: args, result }) => [tool, args, result]),
    [
      ["apply_patch", '"*** Begin"', "ok"],
      ["local_shell", '{"type":"exec","command":["ls"]}', "x"],
      ["mcp__files__list", '"not json"', "y"],
      ["web_search", '{"query":"q"}', null],
      ["tool_search", '{"query":"z"}', ""],
    ],
  );
  assert.deepEqual(counts.unknown, {});
});

test("an event may tell that a call failed where its output does not", async () => {
  const { steps } = await read([
    call("c1"),
    event({ type: "mcp_tool_call_end", call_id: "c1", result: { Ok: { is_error: true } } }),
    output("c1", "text"),
    call("c2"),
    event({ type: "patch_apply_end", call_id: "c2", success: true }),
    output("c2", "text"),
  ]);
  assert.deepEqual(
    steps.map(({ failed }) => failed),
    [true, false],
  );
});

test("words are a step only when their response makes no call; a human's come from the event", async () => {
  const { steps } = await read([
    item({ type: "message", role: "user", content: [{ type: "input_text", text: "<environment_context>" }] }),
    event({ type: "user_message", message: "fix it" }),
    event({ type: "user_message", message: "<environment_context>x" }),
    says("I look."),
    call("c1"),
    tokens({ input_tokens: 10, output_tokens: 1 }, null),
    output("c1", "x"),
    event({ type: "agent_message", message: "Done." }),
    says("Done."),
    event({ type: "task_complete" }),
  ]);
  assert.deepEqual(
    steps.map(({ kind, call: text }) => [kind, text]),
    [
      ["user", "fix it"],
      ["tool", '{"cmd":"ls"}'],
      ["message", "Done."],
    ],
  );
});

test("tokens are the difference of totals: a repeated event adds nothing, a counter that starts anew its last response", async () => {
  const total = { input_tokens: 1_000, cached_input_tokens: 600, cache_write_input_tokens: 100, output_tokens: 50 };
  const more = { input_tokens: 1_500, cached_input_tokens: 900, cache_write_input_tokens: 100, output_tokens: 70 };
  const anew = { input_tokens: 30, output_tokens: 3 };
  const { usages } = await read([
    record("turn_context", { model: "gpt-5.4" }),
    tokens(total, total),
    tokens(total, total),
    event({ type: "token_count", info: null }),
    record("turn_context", { model: "gpt-5.4-mini" }),
    tokens(more, null),
    tokens(anew, anew),
  ]);
  assert.deepEqual(
    usages.map(({ model, usage }) => [model, ...Object.values(usage)]),
    [
      ["gpt-5.4", 300, 50, 600, 100, 0],
      ["gpt-5.4-mini", 200, 20, 300, 0, 0],
      ["gpt-5.4-mini", 30, 3, 0, 0, 0],
    ],
  );
  assert.equal(new Set(usages.map(({ id }) => id)).size, 3);
});

test("what is not known is counted by type, and what is broken is named", async () => {
  const { counts, problems } = await read([
    item({ type: "telepathy" }),
    event({ type: "odd_event" }),
    record("novel", {}),
    record("response_item", null),
    call("c1"),
    call("c1"),
    call("c2", ""),
    record("compacted", { message: "m" }),
    event({ type: "thread_rolled_back" }),
  ]);
  assert.deepEqual(counts.unknown, { "response_item:telepathy": 1, "event_msg:odd_event": 1, novel: 1 });
  assert.deepEqual(
    problems.map(({ line, why }) => `${line} ${why}`),
    ["5 payload is not an object", "7 a call has the id of an earlier one; it is left out", "8 a call has no name"],
  );
});

test("every step of a generated rollout is found", async () => {
  for (const seed of [1, 2, 3]) {
    const session = codexSession({ seed, turns: 12 });
    const { steps, usages, counts } = await readText(codexText(session), "codex");
    const sum = summed(usages);
    assert.deepEqual(
      {
        calls: steps.filter(({ kind, result }) => kind === "tool" && result !== null).length,
        failed: steps.filter(({ failed }) => failed).length,
        messages: steps.filter(({ kind }) => kind === "message").length,
        users: steps.filter(({ kind }) => kind === "user").length,
        inputTokens: sum.inputTokens + sum.cacheReadTokens,
        outputTokens: sum.outputTokens,
      },
      session.own,
      `seed ${seed}`,
    );
    assert.equal(counts.understood, session.records.length);
    assert.ok(usages.every(({ model }) => model === "gpt-5.4"));
  }
});
