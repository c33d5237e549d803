// What an error of the server or of the network means: gone, lost a conflict, or something for a human to put right.

import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreDefect, StoreFault } from "../../../src/store/index.ts";
import { Conflict, fromConnecting, fromStatement, gaveUp, Lost } from "../../../src/store/postgres/sql-fault.ts";

const WHERE = "postgres://k@h/d";

function ofServer(code: string): Error {
  return Object.assign(new Error("what the server said"), { code, severity: "ERROR" });
}

test("a server that is gone, going or no primary any more is lost, and so is a closed socket", () => {
  for (const state of ["57P01", "57P02", "57P03", "08006", "08P01", "25006", "25P03"])
    assert.ok(fromStatement(ofServer(state), WHERE) instanceof Lost, state);
  for (const code of ["ECONNRESET", "EPIPE", "ETIMEDOUT", ""])
    assert.ok(fromStatement(Object.assign(new Error("write failed"), { code }), WHERE) instanceof Lost, code);
});

test("a statement that was undone for another one may be tried again", () => {
  for (const state of ["40001", "40P01"]) assert.ok(fromStatement(ofServer(state), WHERE) instanceof Conflict, state);
});

test("what the world did is a fault that names the way out", () => {
  for (const [state, code, way] of [
    ["53100", "store.full", /nothing was written: free disk space on the server/],
    ["53300", "store.busy", /raise max_connections/],
    ["55P03", "store.busy", /another program held a lock, nothing was written: try again/],
    ["28P01", "store.io", /check the user, and the password in PGPASSWORD/],
    ["28000", "store.io", /pg_hba\.conf/],
    ["3D000", "store.absent", /createdb/],
    ["42501", "store.io", /grant this user what it lacks/],
    ["42P01", "store.corrupt", /restore a backup/],
    ["XX001", "store.corrupt", /restore a backup/],
    ["58030", "store.io", /the server's log/],
    ["99999", "store.io", /the server's log/],
  ] as const) {
    const fault = fromStatement(ofServer(state), WHERE);
    assert.ok(fault instanceof StoreFault, state);
    assert.equal(fault.code, code);
    assert.match(fault.message, /^postgres:\/\/k@h\/d: what the server said \(\w{5}\): /);
    assert.match(fault.message, way);
  }
});

test("what no store can hold is the caller's defect", () => {
  for (const state of ["54000", "23514", "22003"])
    assert.ok(fromStatement(ofServer(state), WHERE) instanceof StoreDefect, state);
});

test("a wrong password or certificate is not waited for, a server that starts is", () => {
  for (const error of [
    ofServer("28P01"),
    new Error("SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string"),
    new Error("self-signed certificate"),
    new Error("The server does not support SSL connections"),
  ])
    assert.ok(fromConnecting(error, WHERE) instanceof StoreFault, error.message);
  for (const error of [ofServer("57P03"), Object.assign(new Error(""), { code: "ECONNREFUSED" })])
    assert.ok(fromConnecting(error, WHERE) instanceof Lost, error.message);
});

test("the end of the patience says whether servers or other writers were in the way", () => {
  const end = gaveUp(WHERE, 30_000);
  assert.match(
    end(new Lost("h:1 ECONNREFUSED")).message,
    /no primary that can be reached for 30 s \(h:1 ECONNREFUSED\)/,
  );
  assert.equal(end(new Lost("h:1 is a standby")).code, "store.read_only");
  assert.equal(end(new Conflict("deadlock detected")).code, "store.busy");
});
