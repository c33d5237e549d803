import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EVENT_TYPES } from "../../src/core/index.ts";
import { chainHash, decodeEvent, GENESIS } from "../../src/kernel/index.ts";
import { read } from "./log-file.ts";
import { faultsOf, manifest, storedText } from "./make.ts";

const BYTES_MAX = 1_500_000;

describe("golden logs", () => {
  for (const expected of manifest())
    test(`${expected.name}: the same rows, the same decisions, and the same bytes from its seed`, async () => {
      assert.deepEqual(await faultsOf(expected), []);
    });

  test("each is a whole chain", () => {
    for (const { name, events } of manifest()) {
      const stored = read(storedText(name));
      assert.equal(stored.length, events);
      let previous = GENESIS;
      for (const { bytes, hash } of stored) assert.equal((previous = chainHash(previous, bytes)), hash, name);
    }
  });

  test("every type of event occurs in them, and they stay small", () => {
    const texts = manifest().map(({ name }) => storedText(name));
    const types = texts.flatMap(read).map(({ bytes, sequence }) => decodeEvent(bytes, sequence).type);
    assert.deepEqual([...new Set(types)].toSorted(), Object.keys(EVENT_TYPES).toSorted());
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    assert.ok(bytes < BYTES_MAX, `${bytes} bytes`);
  });

  test("another hash, row or decision is a fault", async () => {
    const [first] = manifest();
    assert.ok(first !== undefined);
    const faults = await faultsOf({ ...first, rowsHash: first.headHash });
    assert.deepEqual(faults, [`${first.name}: it folds to other rows or decisions`]);
  });
});
