// Steps of whatever format: small memory, files still growing, and the real transcripts against an independent count.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { findInputs } from "../../src/formats/detect.ts";
import { readStepItems } from "../../src/formats/read-steps.ts";
import { isStepFormat } from "../../src/formats/sniff.ts";
import { outsideData, skipWithout } from "../support/outside-data.ts";
import { claudeLines } from "../support/transcripts/claude.ts";
import { readAll, summed, written, type AllItems } from "../support/transcripts/read-all.ts";

const folder = mkdtempSync(join(tmpdir(), "formats-read-steps-"));
after(() => rmSync(folder, { recursive: true }));

test("a file far larger than the memory allowed is read to its end", () => {
  const path = join(folder, "large.jsonl");
  let calls = 0;
  for (let seed = 0; seed < 40; seed += 1) {
    const { text, expected } = written(claudeLines({ seed, calls: 150, resultChars: 2_000 }));
    calls += expected.calls;
    appendFileSync(path, text);
  }
  assert.ok(statSync(path).size > 24 * 1024 * 1024);
  const url = new URL("../../src/formats/read-steps.ts", import.meta.url).href;
  const code = `
    const { readStepItems } = await import(${JSON.stringify(url)});
    let calls = 0;
    let outsideBytes = 0;
    for await (const item of readStepItems({ path: process.argv[1], format: "claude", sizeBytes: 0 })) {
      if (item.form !== "step" || item.kind !== "tool") continue;
      calls += 1;
      if (calls % 100 === 0) outsideBytes = Math.max(outsideBytes, process.memoryUsage().external);
    }
    console.log(calls, outsideBytes < 16 * 1024 * 1024 ? "small" : outsideBytes);`;
  const flags = ["--max-old-space-size=24", "--max-semi-space-size=1", "--input-type=module", "-e", code, path];
  assert.equal(execFileSync(process.execPath, flags, { encoding: "utf8" }).trim(), `${calls} small`);
});

test("a file that grows while it is read is read up to where it is", async () => {
  const path = join(folder, "growing.jsonl");
  const row = `${JSON.stringify({ type: "user", sessionId: "s", message: { content: "more" } })}\n`;
  writeFileSync(path, row.repeat(2_000));
  let steps = 0;
  for await (const item of readStepItems({ path, format: "claude", sizeBytes: 0 })) {
    if (item.form !== "step") continue;
    steps += 1;
    if (steps === 1) appendFileSync(path, row.slice(0, 30));
  }
  assert.equal(steps, 2_000);
});

test("a history of states asked for steps has none, and its lines are counted", async () => {
  const path = join(folder, "history.jsonl");
  writeFileSync(path, '{"id":"a","to":"open","at":"2025-01-01T00:00:00Z"}\n');
  const items = [];
  for await (const item of readStepItems({ path, format: "history", sizeBytes: 0 })) items.push(item);
  assert.deepEqual(items, [{ form: "lines", counts: { lines: 1, understood: 1, broken: 0, unknown: {} } }]);
});

type Loose = { readonly [name: string]: unknown };

function isLoose(value: unknown): value is Loose {
  return typeof value === "object" && value !== null;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isLoose(inner) ? inner[name] : undefined), value);
}

function parsed(path: string): readonly unknown[] {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n");
  return lines.map((line): unknown => JSON.parse(line));
}

function blocksOf(record: unknown): readonly unknown[] {
  const content = at(record, "message", "content");
  return Array.isArray(content) ? content : [];
}

/** What a reader should find, counted in another way: all in memory, one question at a time. */
function independent(records: readonly unknown[]): object {
  const blocks = records.flatMap((record) => (at(record, "type") === "progress" ? [] : blocksOf(record)));
  const ofType = (type: string): readonly unknown[] => blocks.filter((block) => at(block, "type") === type);
  const results = new Map(ofType("tool_result").map((block) => [at(block, "tool_use_id"), block]));
  const humans = records.filter(
    (record) =>
      at(record, "type") === "user" &&
      typeof at(record, "message", "content") === "string" &&
      at(record, "isCompactSummary") === undefined &&
      at(record, "agentId") === undefined &&
      !String(at(record, "message", "content")).startsWith("<"),
  );
  const assistants = records.filter((record) => at(record, "type") === "assistant");
  const total = (name: string): number => {
    const byId = new Map<unknown, number>();
    for (const record of assistants) {
      const id = at(record, "message", "id");
      byId.set(id, Math.max(byId.get(id) ?? 0, Number(at(record, "message", "usage", name))));
    }
    return [...byId.values()].reduce((sum, count) => sum + count, 0);
  };
  const called = new Set(
    assistants
      .filter((record) => blocksOf(record).some((block) => at(block, "type") === "tool_use"))
      .map((record) => at(record, "message", "id")),
  );
  const spoken = assistants.filter((record) =>
    blocksOf(record).some((block) => at(block, "type") === "text" && String(at(block, "text")).trim() !== ""),
  );
  const silent = new Set(spoken.map((record) => at(record, "message", "id")).filter((id) => !called.has(id)));
  return {
    lines: records.length,
    calls: ofType("tool_use").length,
    answered: ofType("tool_use").filter((block) => results.has(at(block, "id"))).length,
    failed: [...results.values()].filter((block) => at(block, "is_error") === true).length,
    users: humans.length,
    messages: silent.size,
    inputTokens: total("input_tokens"),
    outputTokens: total("output_tokens"),
    cacheReadTokens: total("cache_read_input_tokens"),
    cacheWritten: total("cache_creation_input_tokens"),
  };
}

function found({ steps, usages, counts }: AllItems): object {
  const tools = steps.filter(({ kind }) => kind === "tool");
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens } = summed(usages);
  return {
    lines: counts.understood,
    calls: tools.length,
    answered: tools.filter(({ result }) => result !== null).length,
    failed: steps.filter(({ failed }) => failed).length,
    users: steps.filter(({ kind }) => kind === "user").length,
    messages: steps.filter(({ kind }) => kind === "message").length,
    inputTokens,
    outputTokens,
    cacheReadTokens,
    cacheWritten: cacheWriteTokens + cacheWriteHourTokens,
  };
}

const CLAUDE = "claude-code";

test("the real transcripts are read whole, and agree with a plain count", { skip: skipWithout(CLAUDE) }, async (t) => {
  const samples = outsideData(CLAUDE);
  assert.ok(samples !== null);
  const { inputs, skipped } = await findInputs([samples]);
  assert.deepEqual(skipped, []);
  assert.equal(inputs.length, readdirSync(samples).filter((name) => name.endsWith(".jsonl.gz")).length);
  for (const { path, format } of inputs) {
    assert.equal(format, "claude");
    const items = await readAll(path, "claude");
    assert.deepEqual(found(items), independent(parsed(path)), path);
    assert.deepEqual(items.counts.unknown, {});
    t.diagnostic(`${items.counts.lines} lines, ${items.steps.length} steps`);
  }
});

test("a real subagent's file is in its parent's history", { skip: skipWithout(CLAUDE) }, async () => {
  const samples = outsideData(CLAUDE) ?? "";
  const parent = await readAll(join(samples, "session-150-calls.jsonl.gz"), "claude");
  const child = await readAll(join(samples, "subagent-33-calls.jsonl.gz"), "claude");
  const histories = new Set([...parent.steps, ...child.steps].map(({ history }) => history));
  assert.equal(histories.size, 1);
  assert.deepEqual([...new Set(parent.steps.map(({ agent }) => agent))], [""]);
  assert.equal(new Set(child.steps.map(({ agent }) => agent)).size, 1);
});

const RUNS = "traces/tau-airline.jsonl.gz";

test("the real runs are read whole", { skip: skipWithout(RUNS) }, async () => {
  const path = outsideData(RUNS) ?? "";
  const { inputs } = await findInputs([path]);
  assert.ok(inputs[0] !== undefined && isStepFormat(inputs[0].format));
  const { steps, outcomes, counts } = await readAll(path, inputs[0].format);
  const records = parsed(path);
  const all = records.flatMap((record) => {
    const list = at(record, "steps");
    return Array.isArray(list) ? list : [];
  });
  assert.equal(counts.understood, records.length);
  for (const kind of ["user", "message", "tool"])
    assert.equal(
      steps.filter((step) => step.kind === kind).length,
      all.filter((step) => at(step, "kind") === kind).length,
    );
  assert.equal(steps.filter(({ failed }) => failed).length, all.filter((step) => at(step, "error") === true).length);
  assert.equal(
    outcomes.filter(({ success }) => success).length,
    records.filter((run) => at(run, "success") === true).length,
  );
});
