// The pages of an audit of steps: what they say, how wide they are, and that no foreign text commands a terminal.

import assert from "node:assert/strict";
import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import {
  findHistory,
  suggestedPolicy,
  traceHistories,
  jsonLine,
  stepsHeadLines,
  stepsPageLines,
  traceJsonLine,
  tracePageLines,
} from "../../../src/audit/index.ts";
import type { PageOptions } from "../../../src/audit/index.ts";
import { widthOf } from "../../../src/audit/show/plain.ts";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { findInputs, isStepInput } from "../../../src/formats/index.ts";
import { honest, idOf, repeated, writeNights } from "../../support/looping-transcripts.ts";
import { wordsOf } from "../../support/transcripts/words.ts";
import { auditAll, folder } from "../audited.ts";
import { nightOf, rowsFile, stepsIn, stepsOf } from "../steps/audited-steps.ts";

const DOCUMENT = readFileSync(join(import.meta.dirname, "../../../docs/audit.md"), "utf8");
const PLAIN: PageOptions = { width: 80, paint: (_, text) => text };
const words = wordsOf(9);
const DANGER = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

async function pageOf(path: string, width = 80): Promise<readonly string[]> {
  return stepsPageLines(await stepsIn([path]), [], { ...PLAIN, width });
}

/** Fails unless docs/audit.md shows these lines below this command. */
function assertShown(command: string, lines: readonly string[]): void {
  const shown = `\n$ exec-kernel ${command}\n${lines.join("\n")}\n\`\`\`\n`;
  assert.ok(DOCUMENT.includes(shown), `docs/audit.md shows something else than this:${shown}`);
}

describe("docs/audit.md shows what is printed", () => {
  before(() => {
    process.chdir(folder);
    writeNights("nights");
    writeNights("many", 7, 230);
  });

  test("the page", async () => {
    const report = await stepsIn(["nights"], { worstMax: 2 });
    assertShown("audit nights --limit 2", stepsPageLines(report, [], PLAIN));
  });

  test("the steps around a refusal", async () => {
    const inputs = (await findInputs(["nights"])).inputs.filter(isStepInput);
    const [located] = await findHistory("4e1c0002", inputs);
    assert.ok(located !== undefined);
    const wanted = { ...located, files: located.files.map(({ path }) => path), at: null };
    const about = { policy: DAY_ONE_POLICY, rows: { before: 6, from: 3 }, cells: { before: 0, from: 0 } };
    const [trace] = await traceHistories([wanted], inputs, about);
    assert.ok(trace !== undefined && trace !== null);
    const lines = tracePageLines(trace, { ...PLAIN, policyName: "the day-one policy" });
    assertShown("audit show 4e1c0002 nights --limit 9", lines);
  });

  test("the proposed policy", async () => {
    assertShown("audit many --suggest", suggestedPolicy(await stepsIn(["many"]), DAY_ONE_POLICY));
  });
});

describe("the head of the page", () => {
  test("says how much was read and how much would have been refused", async () => {
    const report = await stepsOf([
      { id: idOf(1), acts: repeated(12) },
      { id: idOf(2), acts: honest(words, 5) },
    ]);
    assert.deepEqual(stepsHeadLines(report, PLAIN), [
      "2 histories, 17 steps, 1 Sep 2026, 2.0 s. nothing written, nothing sent.",
      "1 (50%) would have been refused, 1 by a rule that is enforced under the day-one",
      "policy.",
    ]);
    assert.match(stepsHeadLines(report, { ...PLAIN, wrote: "r.html" })[0] ?? "", /only r\.html written/);
  });

  test("says so where nothing was found, and where there was no step", async () => {
    const clean = await stepsOf([{ id: idOf(1), acts: honest(words, 5) }]);
    assert.equal(
      stepsHeadLines(clean, PLAIN).at(-1),
      "none would have been refused, by any rule of the day-one policy.",
    );
    const none = await stepsOf([{ id: idOf(1), acts: [{ user: "hello" }] }]);
    assert.equal(stepsHeadLines(none, PLAIN).at(-1), "no step could be read.");
  });

  test("says since when there is none, and how many older ones there are", async () => {
    const sessions = [1, 2].map((number) => ({ id: idOf(number), acts: repeated(9) }));
    const sinceMs = Date.UTC(2026, 10, 21);
    const old = await stepsOf(sessions, { sinceMs });
    assert.equal(stepsHeadLines(old, PLAIN).at(-1), "no step since 21 Nov 2026: 18 older ones.");
    const night = nightOf(sessions);
    utimesSync(join(night, `000-${idOf(1)}.jsonl`), 0, 0);
    const oneUnread = await stepsIn([night], { sinceMs });
    assert.equal(
      stepsHeadLines(oneUnread, PLAIN).join(" ").split("sent. ")[1],
      "no step since 21 Nov 2026: 9 older ones, 1 file was last written before.",
    );
  });
});

test("the table shows tokens without a price only where there are any", async () => {
  const priced = stepsPageLines(await stepsOf([{ id: idOf(1), acts: repeated(12) }]), [], PLAIN).join("\n");
  assert.match(priced, /^RULE +MODE +HISTORIES +STEPS AFTER +COST AFTER\* +WORST$/m);
  assert.match(priced, /^step\.repeated +enforce +1 +5 +\$0\.15 +4e1c0001$/m);
  assert.match(priced, /^check first: 0 of 1 reached a new result afterwards$/m);
  const unknown = await stepsOf([{ id: idOf(1), acts: repeated(12), model: "somebody-1" }]);
  assert.match(stepsPageLines(unknown, [], { ...PLAIN, width: 100 }).join("\n"), /^RULE .* UNPRICED +WORST$/m);
});

test("without any price the worst keep their room, and the cost has no column", async () => {
  const unknown = await stepsOf([{ id: idOf(1), acts: repeated(12), model: "somebody-1" }]);
  const page = stepsPageLines(unknown, [], PLAIN).join("\n");
  assert.match(page, /^RULE +MODE +HISTORIES +STEPS AFTER +UNPRICED +WORST$/m);
  assert.match(page, /^step\.repeated +enforce +1 +5 +202k +4e1c0001$/m);
});

test("steps and whole histories that another file told before are counted and said", async () => {
  const night = nightOf([{ id: idOf(1), acts: repeated(12) }]);
  const first = `${night}/000-${idOf(1)}.jsonl`;
  const copy = readFileSync(first, "utf8").replaceAll(`"sessionId":"${idOf(1)}"`, `"sessionId":"${idOf(2)}"`);
  writeFileSync(`${night}/001.jsonl`, copy);
  const report = await stepsIn([night]);
  assert.deepEqual(report.copied, { steps: 12, histories: 1 });
  assert.match(
    stepsPageLines(report, [], PLAIN).join("\n"),
    /^12 steps were told before, in another file, 1 history among them as a whole$/m,
  );
  assert.doesNotMatch(stepsPageLines(await stepsIn([first]), [], PLAIN).join("\n"), /told before/);
});

test("a wide terminal has the worst in words", async () => {
  const report = await stepsOf([{ id: idOf(1), acts: repeated(12) }]);
  const wide = stepsPageLines(report, [], { ...PLAIN, width: 120 }).join("\n");
  assert.match(wide, /^step\.repeated .* 4e1c0001 {2}12 steps, one call, one result$/m);
});

const EVIL = "\u001b]0;owned\u0007\u009b2J\u202egnp.exe\u2028<script>alert(1)</script>";

const EVIL_PATH = rowsFile(
  "evil.jsonl",
  Array.from({ length: 12 }, () => ({
    history: `h-${EVIL}`,
    agent: EVIL,
    tool: `Read${EVIL}`,
    args: { file_path: `/${EVIL}` },
    result: EVIL,
    model: EVIL,
    tokens: 5,
  })),
);

test("nothing in a transcript commands a terminal, on any page or in JSON", async () => {
  const report = await stepsIn([EVIL_PATH], { policyName: EVIL });
  const { inputs } = await findInputs([EVIL_PATH]);
  const wanted = report.worst.map(({ session, agent, files, step: at }) => ({ session, agent, files, at }));
  const window = { before: 9, from: 9 };
  const [trace] = await traceHistories(wanted, inputs.filter(isStepInput), {
    policy: DAY_ONE_POLICY,
    rows: window,
    cells: window,
  });
  assert.ok(trace !== undefined && trace !== null && trace.target !== null);
  const lines = [
    ...stepsPageLines(report, [{ path: EVIL, why: EVIL }], PLAIN),
    ...tracePageLines(trace, { ...PLAIN, policyName: EVIL }),
    jsonLine(null, report),
    traceJsonLine(trace),
  ];
  for (const line of lines) assert.doesNotMatch(line, DANGER);
});

test("no line is wider than the terminal", async () => {
  const report = await stepsOf([
    { id: idOf(1), acts: [...honest(words, 30), ...repeated(40)] },
    { id: idOf(1), agent: "a".repeat(60), acts: repeated(15) },
  ]);
  for (const width of [80, 100, 140])
    for (const line of [...stepsPageLines(report, [], { ...PLAIN, width }), ...(await pageOf(EVIL_PATH, width))])
      assert.ok(widthOf(line) <= width || !line.includes(" "), line);
});

test("--json names the paths that were not read, with the reason, whatever the others hold", async () => {
  const night = nightOf([{ id: idOf(1), acts: repeated(12) }]);
  const { steps, tasks, skipped } = await auditAll([night, "absent"]);
  const value: unknown = JSON.parse(jsonLine(tasks, steps, skipped));
  assert.ok(typeof value === "object" && value !== null && "skipped" in value);
  assert.deepEqual(value.skipped, skipped);
  assert.deepEqual(
    skipped.map(({ path }) => path),
    ["absent"],
  );
});

test("colour goes round words and takes no room", async () => {
  const report = await stepsOf([{ id: idOf(1), acts: repeated(12) }]);
  const painted = stepsPageLines(report, [], { width: 80, paint: (colour, text) => `<${colour}>${text}</>` });
  assert.deepEqual(
    painted.map((line) => line.replaceAll(/<\w+>|<\/>/g, "")),
    stepsPageLines(report, [], PLAIN),
  );
});

test("--json has the report below one name, with times a machine can read", async () => {
  const value: unknown = JSON.parse(jsonLine(null, await stepsOf([{ id: idOf(1), acts: repeated(12) }])));
  assert.ok(typeof value === "object" && value !== null && "transcripts" in value);
  const { transcripts } = value;
  assert.ok(
    typeof transcripts === "object" && transcripts !== null && "rules" in transcripts && "times" in transcripts,
  );
  assert.deepEqual(transcripts.times, { first: "2026-09-01T22:00:02.000Z", last: "2026-09-01T22:00:24.000Z" });
  assert.deepEqual("skipped" in value ? value.skipped : null, []);
  assert.match(JSON.stringify(transcripts.rules), /"says":"this call gave one result 6 times, limit 6"/);
});
