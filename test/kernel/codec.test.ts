// What folding reads of an event's bytes: all of it, but of a grant's decision only what it waived or would have refused.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Event, RecordedDecision } from "../../src/core/index.ts";
import { decodeEvent, encodeEvent } from "../../src/kernel/index.ts";
import { decodeToFold } from "../../src/kernel/codec.ts";
import { read } from "../golden/log-file.ts";

const GOLDEN = join(import.meta.dirname, "../golden");

const logs = readdirSync(GOLDEN)
  .filter((name) => name.endsWith(".jsonl"))
  .map((name) => read(readFileSync(join(GOLDEN, name), "utf8")));

/** Everything that folding or counting reads. */
function asFolded({ decision, ...event }: Event): unknown {
  const refusal = decision?.verdict === "refused" ? decision : null;
  return { ...event, verdict: decision?.verdict, refusal, observed: decision?.wouldHave, waived: decision?.waived };
}

describe("bytes of an event, as far as folding reads them", () => {
  test("say of every event of the golden logs what all of its bytes say", () => {
    let plain = 0;
    for (const { bytes, sequence } of logs.flat()) {
      const [all, folded] = [decodeEvent(bytes, sequence), decodeToFold(bytes, sequence)];
      assert.deepEqual(asFolded(folded), asFolded(all), `event ${sequence}`);
      if (folded.decision?.verdict === "granted" && folded.decision.code === undefined) plain += 1;
    }
    assert.ok(plain > 500, `of ${plain} grants only the verdict was read`);
  });

  const stored = logs.flat().find(({ bytes }) => bytes.includes('"verdict":"granted"'));
  assert.ok(stored !== undefined);
  const event = decodeEvent(stored.bytes, stored.sequence);
  const granted = event.decision;
  assert.ok(granted !== null);

  test("of a time that no date can name are not readable", () => {
    for (const at of [Number.MAX_SAFE_INTEGER, -1e300, 1.5])
      assert.throws(
        () => decodeEvent(encodeEvent({ ...event, at }), stored.sequence),
        /^KernelFault: event \d+ is not readable: run `exec-kernel verify`, restore a backup$/,
      );
  });

  const { code, message, numbers, next, judgedAt, policyHash } = granted;
  const finding = { code, numbers };

  for (const [what, extra] of [
    ["what was waived", { waived: [{ ...finding, by: 7 }] }],
    ["what would have been refused", { wouldHave: [finding] }],
    ["what was waived, beside warnings", { waived: [{ ...finding, by: 7 }], warnings: [finding] }],
  ] as const) {
    for (const result of [undefined, { task: "T-1" }])
      test(`keep ${what}${result === undefined ? ", of a grant without a result" : ""}`, () => {
        const head = { verdict: "granted", code, message, numbers, next, ...extra } as const;
        const tail = { ...(result === undefined ? {} : { result }), judgedAt, policyHash };
        const decision: RecordedDecision = { ...head, ...tail };
        const bytes = encodeEvent({ ...event, decision });
        assert.deepEqual(asFolded(decodeToFold(bytes, event.sequence)), asFolded(decodeEvent(bytes, event.sequence)));
        assert.notEqual(
          decodeToFold(bytes, event.sequence).decision?.[what.includes("waived") ? "waived" : "wouldHave"],
          undefined,
        );
      });
  }

  test("are not taken in by a message that quotes them", () => {
    const quoting = { ...granted, message: `,"next":[],"result":{`, wouldHave: [finding] };
    const { verdict, code: own, message: says, numbers: of, next: then, wouldHave, ...rest } = quoting;
    const decision: RecordedDecision = {
      verdict,
      code: own,
      message: says,
      numbers: of,
      next: then,
      wouldHave,
      ...rest,
    };
    const bytes = encodeEvent({ ...event, decision });
    assert.deepEqual(decodeToFold(bytes, event.sequence).decision?.wouldHave, [finding]);
  });
});
