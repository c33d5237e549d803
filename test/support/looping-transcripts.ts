// Transcripts as Claude Code writes them of agents that go round in circles, and of one that does not: what the audit of
// steps is shown and tried on. The same seed gives the same bytes.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { wordsOf } from "./transcripts/words.ts";
import type { Words } from "./transcripts/words.ts";

/** One thing that an agent does, or a human says. */
export type Act = {
  readonly tool?: string;
  readonly input?: object;
  readonly result?: string;
  readonly failed?: boolean;
  /** Words of the agent, without a call. */
  readonly says?: string;
  /** Words of a human. */
  readonly user?: string;
  /** Seconds since the act before; 4 unless told. */
  readonly afterSeconds?: number;
};

export type Session = {
  readonly id: string;
  readonly acts: readonly Act[];
  readonly agent?: string;
  readonly startMs?: number;
  readonly model?: string;
};

export const START_MS: number = Date.UTC(2026, 8, 1, 22);

export function bash(command: string, result: string, failed = false): Act {
  return { tool: "Bash", input: { command, description: "look" }, result, failed };
}

function read(path: string, result: string): Act {
  return { tool: "Read", input: { file_path: path }, result };
}

/** Different work, each step with a result of its own. */
export function honest(words: Words, steps: number): readonly Act[] {
  return Array.from({ length: steps }, (_, at) =>
    at % 3 === 2
      ? {
          tool: "Edit",
          input: { file_path: "/p/a.ts", old_string: words.hex(6), new_string: words.hex(6) },
          result: "ok",
        }
      : read(`/p/src/${words.hex(6)}.ts`, `${words.sentence()} ${words.hex(8)}`),
  );
}

/** One look, again and again, fast. */
export function repeated(times: number): readonly Act[] {
  return Array.from({ length: times }, () => ({
    ...bash("git log --oneline -3", "a1b2c3d one\nb2c3d4e two"),
    afterSeconds: 2,
  }));
}

/** Edits that differ, and a check that fails in one and the same way. */
export function failingCheck(words: Words, rounds: number): readonly Act[] {
  return Array.from({ length: rounds }, () => [
    {
      tool: "Edit",
      input: { file_path: "/p/parser.ts", old_string: words.hex(6), new_string: words.hex(6) },
      result: "ok",
    },
    bash("npm test -- parser", "1 failing: the parser drops the last line\n  at parser.test.ts:41", true),
  ]).flat();
}

/** Three looks in a circle. */
export function circle(rounds: number): readonly Act[] {
  return Array.from({ length: rounds }, () => [
    read("/p/config.json", '{"port": 3100}'),
    bash("grep -rn port src", "src/server.ts:12: listen(port)"),
    read("/p/src/server.ts", "listen(port);"),
  ]).flat();
}

/** A build that is looked at every half minute until it is done. */
export function polling(times: number): readonly Act[] {
  return Array.from({ length: times }, () => ({ ...bash("gh run view 118", "in_progress"), afterSeconds: 40 }));
}

/** Words without a call. */
export function monologue(words: Words, messages: number): readonly Act[] {
  return Array.from({ length: messages }, () => ({ says: words.sentence() }));
}

type Writing = { readonly session: Session; readonly lines: string[]; atMs: number; calls: number };

function row(writing: Writing, body: object): void {
  const { session, lines, atMs } = writing;
  const agent = session.agent === undefined ? {} : { agentId: session.agent };
  const head = { isSidechain: session.agent !== undefined, ...agent, sessionId: session.id };
  const uuid = `${session.id}-${lines.length}`;
  lines.push(JSON.stringify({ ...head, ...body, uuid, timestamp: new Date(atMs).toISOString() }));
}

function writeAct(writing: Writing, { tool, input, result, failed, says, user, afterSeconds = 4 }: Act): void {
  const { session } = writing;
  writing.atMs += afterSeconds * 1_000;
  if (user !== undefined) return row(writing, { type: "user", message: { role: "user", content: user } });
  writing.calls += 1;
  const id = `${session.id}-${session.agent ?? "main"}-${writing.calls}`;
  const usage = { input_tokens: 20, cache_read_input_tokens: 40_000, output_tokens: 400 };
  const block =
    tool === undefined
      ? { type: "text", text: says ?? "" }
      : { type: "tool_use", id: `toolu_${id}`, name: tool, input };
  const message = {
    role: "assistant",
    id: `msg_${id}`,
    model: session.model ?? "claude-opus-4-6",
    content: [block],
    usage,
  };
  row(writing, { type: "assistant", message });
  if (tool === undefined || result === undefined) return;
  const content = [{ type: "tool_result", tool_use_id: `toolu_${id}`, content: result, is_error: failed === true }];
  row(writing, { type: "user", message: { role: "user", content } });
}

/** The rows of a session, each with its line end. */
export function sessionText(session: Session): string {
  const writing: Writing = { session, lines: [], atMs: session.startMs ?? START_MS, calls: 0 };
  for (const act of session.acts) writeAct(writing, act);
  return writing.lines.map((line) => `${line}\n`).join("");
}

export function writeSession(path: string, session: Session): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, sessionText(session));
}

/** A session's id whose beginning tells its number. */
export function idOf(number: number): string {
  return `${(0x4e1c0000 + number).toString(16)}-7a55-4d02-9c1e-5f0a2b7d9e31`;
}

/** A folder of sessions: honest ones, and one for each kind of loop; gives their ids. */
export function writeNights(folder: string, seed = 7, honestSessions = 12): readonly string[] {
  const words = wordsOf(seed);
  const nights: readonly (readonly Act[])[] = [
    [{ user: "mend the parser" }, ...honest(words, 30), ...failingCheck(words, 40)],
    [{ user: "who changed it last?" }, ...honest(words, 8), ...repeated(30)],
    [
      { user: "why does it not start?" },
      ...honest(words, 12),
      ...circle(8),
      { user: "look at the log" },
      ...honest(words, 20),
    ],
    [{ user: "is it ready?" }, ...honest(words, 5), ...monologue(words, 9)],
    [{ user: "wait for the build" }, ...honest(words, 6), ...polling(12), ...honest(words, 6)],
    [{ user: "find it" }, ...honest(words, 4), ...repeated(9), ...honest(words, 10)],
    ...Array.from({ length: honestSessions }, () => [
      { user: words.sentence() },
      ...honest(words, 10 + words.below(40)),
    ]),
  ];
  return nights.map((acts, number) => {
    const session = { id: idOf(number), acts, startMs: START_MS + number * 86_400_000 };
    writeSession(`${folder}/-p/${session.id}.jsonl`, session);
    return session.id;
  });
}
