// The vocabulary: the page and the table say the same, and every kind of change is told apart.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { BEADS_STATES, meaningOf, translateMove } from "../../src/formats/beads-states.ts";
import { seeded } from "../support/seeded.ts";

function tableOnPage(): string[][] {
  const page = readFileSync(new URL("../../docs/beads.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  const cells = rows.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  assert.deepEqual(cells[0], ["word", "kernel state", "terminal", "from", "reason"]);
  return cells.slice(1);
}

test("docs/beads.md shows exactly the table of the code, in its order", () => {
  const table = BEADS_STATES.map(({ word, state, terminal, source, reason }) => [
    word,
    state,
    terminal ? "yes" : "",
    source,
    reason,
  ]);
  assert.deepEqual(tableOnPage(), table);
});

test("no word stands twice, and every word of bd is there", () => {
  const words = BEADS_STATES.map(({ word }) => word);
  assert.equal(new Set(words).size, words.length);
  for (const word of ["open", "in_progress", "blocked", "deferred", "closed", "tombstone", "pinned", "hooked"])
    assert.ok(words.includes(word), word);
});

test("only done and cancelled are terminal, only tombstone is a deletion", () => {
  for (const { word, state, terminal, deletion } of BEADS_STATES) {
    assert.equal(terminal, state === "done" || state === "cancelled", word);
    assert.equal(deletion, word === "tombstone", word);
  }
});

function kindOf(from: string | null, to: string): string {
  const move = translateMove(from, to);
  return "from" in move ? `${move.kind} ${move.from.state} ${move.to.state}` : move.kind;
}

test("first sight is first sight in whatever state", () => {
  for (const { word } of BEADS_STATES) assert.equal(kindOf(null, word), "first");
});

test("closing and opening are moves between kernel states", () => {
  assert.equal(kindOf("open", "closed"), "move todo done");
  assert.equal(kindOf("closed", "open"), "move done todo");
  assert.equal(kindOf("hooked", "closed"), "move in_progress done");
  assert.equal(kindOf("open", "deferred"), "move todo blocked");
  assert.equal(kindOf("open", "tombstone"), "move todo cancelled");
  assert.equal(kindOf("in_progress", "tombstone"), "move in_progress cancelled");
  assert.equal(kindOf("cancelled", "open"), "move cancelled todo");
});

test("deleting what has ended and undoing a deletion are bookkeeping", () => {
  for (const word of ["closed", "done", "cancelled"]) assert.match(kindOf(word, "tombstone"), /^bookkeeping/);
  for (const { word } of BEADS_STATES)
    if (word !== "tombstone") assert.match(kindOf("tombstone", word), /^bookkeeping/, word);
});

test("two words for one state are no move", () => {
  for (const [from, to] of [
    ["hooked", "in_progress"],
    ["done", "closed"],
    ["pinned", "open"],
    ["blocked", "deferred"],
    ["tombstone", "tombstone"],
  ] as const) {
    assert.match(kindOf(from, to), /^same/, `${from} ${to}`);
  }
});

test("a word that is not in the table is never guessed at", async () => {
  for (const word of ["Open", "OPEN", " open", "constructor", "__proto__", "toString", "awaiting_review", ""]) {
    assert.equal(meaningOf(word), null, word);
    assert.deepEqual(translateMove("open", word), { kind: "unknown", word });
    assert.deepEqual(translateMove(word, "open"), { kind: "unknown", word });
    assert.deepEqual(translateMove(null, word), { kind: "unknown", word });
  }
  const words = new Set(BEADS_STATES.map(({ word }) => word));
  fc.assert(
    fc.property(fc.string(), (word) => assert.equal(meaningOf(word) === null, !words.has(word))),
    seeded(),
  );
});
