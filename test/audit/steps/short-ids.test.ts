import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../../../src/audit/steps/history.ts";
import { meantBy, shortIds } from "../../../src/audit/steps/short-ids.ts";

const ALL = [
  { session: "4e1c612a-7a55-4d02", agent: "" },
  { session: "4e1c612a-7a55-4d02", agent: "a2898e3f00" },
  { session: "4e1c612a-7a55-4d02", agent: "a2898e3f11" },
  { session: "4e1c612b-7a55-4d02", agent: "" },
  { session: "0-1", agent: "" },
  { session: "0-12", agent: "" },
];

test("a short id is as long as it takes to name one history, and no shorter than a person can read", () => {
  assert.deepEqual(
    [...shortIds(ALL, ALL).values()],
    ["4e1c612a", "4e1c612a/a2898e3f00", "4e1c612a/a2898e3f11", "4e1c612b", "0-1", "0-12"],
  );
});

test("every short id means the history that it is short for", () => {
  const short = shortIds(ALL, ALL);
  for (const one of ALL) assert.deepEqual(meantBy(short.get(nameOf(one)) ?? "", ALL), [one]);
});

test("a beginning means the main agent of its session; one of several sessions means all of them", () => {
  assert.deepEqual(meantBy("4e1c612a", ALL), [ALL[0]]);
  assert.equal(meantBy("4e1c612", ALL).length, 4);
  assert.equal(meantBy("4e1c612a/a28", ALL).length, 2);
  assert.deepEqual(meantBy("nobody", ALL), []);
});
