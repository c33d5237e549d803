import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fingerprint, masked } from "../../src/text/index.ts";

const work = { kind: "fix", title: "Mend the parser", text: "it drops the last line", scope: "" };

describe("fingerprint", () => {
  test("case, width and white space do not make other work", () => {
    assert.equal(
      fingerprint(work),
      fingerprint({ ...work, title: "  mend THE  parser ", text: "it drops\nthe last line" }),
    );
  });

  for (const sign of ["\ufe0f", "\u034f", "\u3164", "\u2800", "\u180b", "\u{e0100}", "\u115f", "\u200b", "\u202e"])
    test(`U+${sign.codePointAt(0)?.toString(16)}, which nobody sees, does not make other work`, () => {
      const hidden = (text: string): string => `${text.slice(0, 3)}${sign}${text.slice(3)}${sign}`;
      const one = { ...work, title: hidden(work.title), text: hidden(work.text), kind: hidden(work.kind) };
      assert.equal(fingerprint(one), fingerprint(work));
      assert.equal(masked(hidden("Patrol digest #2555")), masked("Patrol digest #7"));
    });

  test("an unseen sign between a letter and its accent does not make other work", () => {
    assert.equal(fingerprint({ ...work, title: "cafe\u034f\u0301" }), fingerprint({ ...work, title: "caf\u00e9" }));
  });

  test("another kind, body or scope is other work", () => {
    const others = [
      { kind: "test" },
      { text: "it drops the first line" },
      { scope: "packages/b" },
      { title: "Mend the parser of dates" },
    ];
    const prints = new Set([work, ...others.map((change) => ({ ...work, ...change }))].map(fingerprint));
    assert.equal(prints.size, 5);
  });

  test("words cannot move between title and text unseen", () => {
    assert.notEqual(
      fingerprint({ ...work, title: "a b", text: "c" }),
      fingerprint({ ...work, title: "a", text: "b c" }),
    );
  });
});

describe("masked title", () => {
  const SAME: readonly (readonly [string, string])[] = [
    ["Patrol digest #2555", "patrol digest #7"],
    ["Digest: mol-deacon-patrol 2026-01-21 10:00", "digest: mol-deacon-patrol 2025-12-01 23:59"],
    ["Sync run 9f86d081884c7d65", "sync run 2c26b46b68ffc68f"],
    ["Check bd-a1b2 again", "check bd-77 again"],
    ["Retry 0c4e6ab2-1111-2222-3333-444455556666", "retry ffffffff-1111-2222-3333-444455556666"],
  ];
  for (const [one, other] of SAME)
    test(`"${one}" and "${other}" are one template`, () => assert.equal(masked(one), masked(other)));

  test("other words are another template", () => {
    assert.notEqual(masked("Patrol digest 1"), masked("Deploy digest 1"));
    assert.notEqual(masked("fix the facade"), masked("fix the decade"));
  });
});
