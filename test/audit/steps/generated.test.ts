// Transcripts of every reader's own generator, audited as a folder: what is counted is what the generators wrote.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { claudeLines } from "../../support/transcripts/claude.ts";
import type { ClaudeExpected } from "../../support/transcripts/claude.ts";
import { codexSession, codexText } from "../../support/transcripts/codex.ts";
import { folder } from "../audited.ts";
import { stepsIn } from "./audited-steps.ts";

function claude(seed: number, session: string): { readonly text: string; readonly expected: ClaudeExpected } {
  const lines = claudeLines({ seed, calls: 60, session });
  let text = "";
  for (let next = lines.next(); ; next = lines.next()) {
    if (next.done === true) return { text, expected: next.value };
    text += next.value;
  }
}

/** Dollars of list price for what the generator says each message used, besides its output. */
function claudeMicros({ usages, outputTokens }: ClaudeExpected): number {
  const each = 3 * 5 + 20_000 * 0.5 + 600 * 6.25 + 300 * 10;
  return usages * each + outputTokens * 25;
}

test("every call and message of Claude Code is a step, every token has its price, and a copy changes nothing", async () => {
  const night = join(folder, "claude-night");
  mkdirSync(night);
  const made = [1, 2, 3].map((seed) => claude(seed, `session-${seed}`));
  for (const [place, { text }] of made.entries()) writeFileSync(join(night, `${place}.jsonl`), text);
  const report = await stepsIn([night]);
  const sum = (pick: (expected: ClaudeExpected) => number): number =>
    made.reduce((all, { expected }) => all + pick(expected), 0);
  assert.deepEqual([report.histories, report.refused, report.badLines.count], [3, 0, 0]);
  assert.equal(
    report.total.steps,
    sum(({ calls, messages }) => calls + messages),
  );
  assert.equal(
    report.lines.all,
    sum(({ lines }) => lines),
  );
  // Each message is rounded to a millionth by itself.
  assert.ok(Math.abs(report.total.costMicros - sum(claudeMicros)) <= sum(({ usages }) => usages));
  writeFileSync(join(night, "copy.jsonl.gz"), gzipSync(made.map(({ text }) => text).join("")));
  const again = await stepsIn([night]);
  assert.deepEqual([again.total, again.histories], [report.total, 3]);
});

test("a fork of a Codex session counts what is its own", async () => {
  const night = join(folder, "codex-night");
  mkdirSync(night);
  const parent = codexSession({ seed: 1, turns: 6 });
  const fork = codexSession({ seed: 2, turns: 4, parent, startMs: Date.UTC(2026, 9, 3) });
  writeFileSync(join(night, "1.jsonl"), codexText(parent));
  writeFileSync(join(night, "2.jsonl"), codexText(fork));
  const report = await stepsIn([night]);
  const [own, other] = [parent.own, fork.own];
  assert.deepEqual([report.histories, report.refused], [2, 0]);
  assert.equal(report.total.steps, own.calls + own.messages + other.calls + other.messages);
  const { total } = fork;
  const fresh = total.input_tokens - total.cached_input_tokens;
  const micros = fresh * 2.5 + total.cached_input_tokens * 0.25 + total.output_tokens * 15;
  assert.ok(Math.abs(report.total.costMicros - micros) < 200, `${report.total.costMicros} for ${micros}`);
});
