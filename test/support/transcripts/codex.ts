// Makes rollouts as Codex writes them, and forks of them: a fork begins with the parent's records, stamped anew or as
// they were, and goes on with the parent's running total of tokens. The same options give the same bytes.

import { wordsOf, type Words } from "./words.ts";

/** `startMs`: when the session begins; `parent`: the session that this one is forked from. */
export type CodexOptions = {
  readonly seed: number;
  readonly turns: number;
  readonly startMs?: number;
  readonly resultChars?: number;
  readonly parent?: CodexSession;
  /** Of a fork: whether copied lines keep their times, and whether it is a subagent's. */
  readonly keepTimes?: boolean;
  readonly spawned?: boolean;
  /** Of versions whose turns carry no ids. */
  readonly withoutTurnIds?: boolean;
};

/** A rollout: its records, and what is to be found in those that are its own. */
export type CodexSession = {
  readonly id: string;
  readonly records: readonly CodexRecord[];
  readonly total: Tokens;
  readonly own: {
    readonly calls: number;
    readonly failed: number;
    readonly messages: number;
    readonly users: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
  };
};

export type CodexRecord = { readonly timestamp: string; readonly type: string; readonly payload: object };

type Tokens = { readonly input_tokens: number; readonly cached_input_tokens: number; readonly output_tokens: number };
type Count = { -readonly [Name in keyof CodexSession["own"]]: number };
type Writing = {
  readonly words: Words;
  readonly options: CodexOptions;
  readonly records: CodexRecord[];
  readonly count: Count;
  clockMs: number;
  total: Tokens;
};

const START_MS = Date.UTC(2026, 9, 2, 9);
const ZERO: Tokens = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 };

function write(writing: Writing, type: string, payload: object): void {
  writing.clockMs += 20 + writing.words.below(3_000);
  writing.records.push({ timestamp: new Date(writing.clockMs).toISOString(), type, payload });
}

function item(writing: Writing, payload: object): void {
  write(writing, "response_item", payload);
}

function event(writing: Writing, payload: object): void {
  write(writing, "event_msg", payload);
}

/** A response has ended: its tokens are told, and as often as not told again. */
function tokens(writing: Writing): void {
  const { words, count, total } = writing;
  const last = {
    input_tokens: 4_000 + words.below(900),
    cached_input_tokens: 3_000,
    output_tokens: 40 + words.below(400),
  };
  writing.total = {
    input_tokens: total.input_tokens + last.input_tokens,
    cached_input_tokens: total.cached_input_tokens + last.cached_input_tokens,
    output_tokens: total.output_tokens + last.output_tokens,
  };
  count.inputTokens += last.input_tokens;
  count.outputTokens += last.output_tokens;
  const info = { total_token_usage: writing.total, last_token_usage: last, model_context_window: 272_000 };
  event(writing, { type: "token_count", info, rate_limits: null });
  if (words.below(2) === 0) event(writing, { type: "token_count", info, rate_limits: {} });
}

function says(writing: Writing): void {
  const text = writing.words.sentence();
  event(writing, { type: "agent_message", message: text });
  item(writing, { type: "message", role: "assistant", content: [{ type: "output_text", text }] });
}

function output(writing: Writing, failed: boolean): string {
  const { words, options } = writing;
  const text = words.page(words.below(2 * (options.resultChars ?? 1_000)));
  const code = failed ? 1 + words.below(120) : 0;
  if (words.below(2) === 0)
    return JSON.stringify({ output: text, metadata: { exit_code: code, duration_seconds: words.below(90) / 10 } });
  const head = `Chunk ID: ${words.hex(6)}\nWall time: 0.${words.below(9_999)} seconds`;
  return `${head}\nProcess exited with code ${code}\nOriginal token count: 9\nOutput:\n${text}`;
}

function call(writing: Writing): void {
  const { words, count } = writing;
  const id = `call_${words.hex(24)}`;
  const failed = words.below(10) === 0;
  if (words.below(3) === 0) says(writing);
  item(writing, { type: "reasoning", summary: [], encrypted_content: words.hex(64) });
  const isPatch = words.below(5) === 0;
  const text = isPatch ? `*** Begin Patch\n${words.page(200)}` : JSON.stringify({ cmd: `rg ${words.hex(5)}` }, null, 1);
  const named = isPatch ? { type: "custom_tool_call", name: "apply_patch", input: text } : null;
  item(writing, { ...(named ?? { type: "function_call", name: "exec_command", arguments: text }), call_id: id });
  tokens(writing);
  const type = isPatch ? "custom_tool_call_output" : "function_call_output";
  item(writing, { type, call_id: id, output: output(writing, failed) });
  count.calls += 1;
  if (failed) count.failed += 1;
}

function turn(writing: Writing): void {
  const { words, options, count } = writing;
  const turnId = options.withoutTurnIds === true ? {} : { turn_id: words.uuid(writing.clockMs) };
  if (options.withoutTurnIds !== true)
    event(writing, { type: "task_started", ...turnId, model_context_window: 272_000 });
  write(writing, "turn_context", { ...turnId, cwd: "/home/me/project", model: "gpt-5.4", approval_policy: "never" });
  const text = words.sentence();
  item(writing, { type: "message", role: "user", content: [{ type: "input_text", text }] });
  event(writing, { type: "user_message", message: text, images: [] });
  if (options.spawned !== true) count.users += 1;
  for (let left = 1 + words.below(8); left > 0; left -= 1) call(writing);
  says(writing);
  count.messages += 1;
  tokens(writing);
  event(writing, { type: "task_complete", ...turnId, last_agent_message: text });
}

function copy(writing: Writing, parent: CodexSession): void {
  const { options, records } = writing;
  const timestamp = new Date(writing.clockMs).toISOString();
  for (const record of parent.records) records.push(options.keepTimes === true ? record : { ...record, timestamp });
  writing.total = parent.total;
  // A fork's first own turn is a person's, or another agent's, and comes later.
  writing.clockMs += 5_000;
}

/** Makes a session. */
export function codexSession(options: CodexOptions): CodexSession {
  const { seed, parent, startMs = START_MS, spawned } = options;
  const words = wordsOf(seed);
  const count: Count = { calls: 0, failed: 0, messages: 0, users: 0, inputTokens: 0, outputTokens: 0 };
  const writing: Writing = { words, options, records: [], count, clockMs: startMs, total: ZERO };
  const id = words.uuid(startMs);
  const spawn = { subagent: { thread_spawn: { parent_thread_id: parent?.id, depth: 1 } } };
  const forked = parent === undefined ? {} : { forked_from_id: parent.id };
  const source = spawned === true ? spawn : "cli";
  const meta = {
    id,
    ...forked,
    timestamp: new Date(startMs).toISOString(),
    cwd: "/home/me",
    originator: "codex",
    source,
  };
  writing.records.push({ timestamp: meta.timestamp, type: "session_meta", payload: meta });
  if (parent !== undefined) copy(writing, parent);
  for (let left = options.turns; left > 0; left -= 1) turn(writing);
  return { id, records: writing.records, total: writing.total, own: count };
}

/** The lines of a session, each with its line end. */
export function codexText({ records }: CodexSession): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
