// Makes transcripts as Claude Code writes them: a message a row for each of its blocks, parallel calls, results on later
// rows beside a copy for the screen, and the many records that hold no step. The same options give the same bytes.

import { wordsOf, type Words } from "./words.ts";

/** `calls`: how many tool calls; `resultChars`: the usual size of a result; `agent`: makes it a subagent's file. */
export type ClaudeOptions = {
  readonly seed: number;
  readonly calls: number;
  readonly resultChars?: number;
  readonly session?: string;
  readonly agent?: string;
};

/** What is to be found in the lines. `outputTokens`: over all messages, each at its maximum. */
export type ClaudeExpected = {
  readonly lines: number;
  readonly calls: number;
  readonly unanswered: number;
  readonly failed: number;
  readonly messages: number;
  readonly users: number;
  readonly usages: number;
  readonly outputTokens: number;
};

type Count = { -readonly [Name in keyof ClaudeExpected]: number };
type Writing = {
  readonly words: Words;
  readonly options: ClaudeOptions;
  readonly count: Count;
  readonly ids: string[];
  clockMs: number;
};

const TOOLS = ["Bash", "Read", "Edit", "Grep"] as const;
const START_MS = Date.UTC(2026, 8, 1, 22);
const MODEL = "claude-opus-4-6";

function line(writing: Writing, body: object, holdsTime = true): string {
  const { words, options, count } = writing;
  writing.clockMs += 200 + words.below(4_000);
  count.lines += 1;
  const agent = options.agent === undefined ? {} : { agentId: options.agent };
  const timestamp = holdsTime ? { timestamp: new Date(writing.clockMs).toISOString() } : {};
  const head = { parentUuid: words.uuid(writing.clockMs), isSidechain: options.agent !== undefined, ...agent };
  const rest = { userType: "external", cwd: "/home/me/project", sessionId: options.session ?? "session-1" };
  return `${JSON.stringify({ ...head, ...rest, ...body, uuid: words.uuid(writing.clockMs), ...timestamp })}\n`;
}

function assistant(writing: Writing, id: string, block: object, outputTokens: number): string {
  const usage = {
    input_tokens: 3,
    cache_creation_input_tokens: 900,
    cache_read_input_tokens: 20_000,
    cache_creation: { ephemeral_5m_input_tokens: 600, ephemeral_1h_input_tokens: 300 },
    output_tokens: outputTokens,
  };
  const message = { model: MODEL, id, type: "message", role: "assistant", content: [block], stop_reason: null, usage };
  return line(writing, { message, requestId: `req_${id}`, type: "assistant" });
}

function user(writing: Writing, content: unknown, more: object = {}): string {
  return line(writing, { type: "user", message: { role: "user", content }, ...more });
}

function input(words: Words, tool: string): object {
  if (tool === "Bash") return { command: `npm test -- ${words.hex(6)}`, description: words.sentence() };
  if (tool === "Read") return { file_path: `/home/me/project/src/${words.hex(4)}.ts` };
  return { pattern: words.hex(8), path: "src", replacement: words.page(words.below(400)) };
}

function result(writing: Writing, id: string): string {
  const { words, options, count } = writing;
  const text = words.page(words.below(2 * (options.resultChars ?? 1_000)));
  const failed = words.below(12) === 0;
  if (failed) count.failed += 1;
  const content = words.below(8) === 0 ? [{ type: "text", text }] : text;
  const block = { tool_use_id: id, type: "tool_result", content, ...(failed ? { is_error: true } : {}) };
  return user(writing, [block], { toolUseResult: { stdout: text, stderr: "", interrupted: false } });
}

/** One message: perhaps a thought, perhaps words, then calls; the rows repeat its usage, which grows on the last. */
function* message(writing: Writing, calls: number): Generator<string> {
  const { words, count } = writing;
  const id = `msg_${words.hex(16)}`;
  const blocks: object[] =
    words.below(4) === 0 ? [{ type: "thinking", thinking: words.sentence(), signature: "s" }] : [];
  if (calls === 0 || words.below(2) === 0) blocks.push({ type: "text", text: words.sentence() });
  for (let made = 0; made < calls; made += 1) {
    const name = words.pick(TOOLS);
    const callId = `toolu_${words.hex(20)}`;
    writing.ids.push(callId);
    blocks.push({ type: "tool_use", id: callId, name, input: input(words, name) });
  }
  const outputTokens = 50 + words.below(2_000);
  count.usages += 1;
  count.outputTokens += outputTokens;
  count.calls += calls;
  if (calls === 0) count.messages += 1;
  for (const [at, block] of blocks.entries())
    yield assistant(writing, id, block, at === blocks.length - 1 ? outputTokens : 8);
}

function* stepless(writing: Writing): Generator<string> {
  const { words } = writing;
  const turn = words.below(6);
  const echo = { type: "agent_progress", message: { type: "assistant", message: { content: [] } }, agentId: "a1" };
  if (turn === 0) yield line(writing, { type: "progress", data: echo, toolUseID: "t" });
  if (turn === 1) yield line(writing, { type: "file-history-snapshot", messageId: "m", snapshot: {} }, false);
  if (turn === 2) yield line(writing, { type: "system", subtype: "turn_duration", durationMs: words.below(90_000) });
  if (turn === 3) yield user(writing, "<local-command-stdout>ok</local-command-stdout>");
  if (turn === 4) yield user(writing, words.sentence(), { isMeta: true });
}

function* turn(writing: Writing, room: number): Generator<string> {
  const { words, count, options } = writing;
  yield user(writing, words.sentence());
  if (options.agent === undefined) count.users += 1;
  let left = room;
  while (left > 0) {
    const calls = Math.min(left, 1 + Math.floor(words.below(6) / 4));
    left -= calls;
    yield* message(writing, calls);
    for (const id of writing.ids.splice(0).reverse()) yield result(writing, id);
    yield* stepless(writing);
  }
  yield* message(writing, 0);
}

/** The lines of a transcript, each with its line end; returns what is to be found in them. */
export function* claudeLines(options: ClaudeOptions): Generator<string, ClaudeExpected> {
  const count: Count = {
    lines: 0,
    calls: 0,
    unanswered: 0,
    failed: 0,
    messages: 0,
    users: 0,
    usages: 0,
    outputTokens: 0,
  };
  const writing: Writing = { words: wordsOf(options.seed), options, count, ids: [], clockMs: START_MS };
  while (count.calls < options.calls)
    yield* turn(writing, Math.min(options.calls - count.calls, 2 + writing.words.below(20)));
  // The session was ended while a call ran.
  yield* message(writing, 1);
  count.unanswered += 1;
  return count;
}
