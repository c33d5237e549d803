// What the errors of PostgreSQL, of the network and of pg mean: the connection is gone, the statement lost a conflict and
// may be tried again, or there is something for a human to put right.

import { codeOf } from "../../system/index.ts";
import { StoreDefect, StoreFault, type StoreFaultCode } from "../fault.ts";

type LostOptions = { readonly answered?: boolean; readonly silent?: boolean; readonly cause?: unknown };

/** The connection, or the server behind it, is gone; whether the last statement was carried out is not known. */
export class Lost extends Error {
  override name = "Lost";
  /** There is a server, and it said so itself: it is a standby, or is starting or stopping. */
  readonly answered: boolean;
  /** An open connection gave no answer for as long as the patience is: the server, or the way to it, is gone. */
  readonly silent: boolean;

  constructor(message: string, { answered = false, silent = false, cause }: LostOptions = {}) {
    super(message, { cause });
    this.answered = answered;
    this.silent = silent;
  }
}

/** The statement was undone for the sake of another one: nothing was written, and it may be tried again. */
export class Conflict extends Error {
  override name = "Conflict";
}

type Meaning = { readonly code: StoreFaultCode; readonly way: string };

const FULL: Meaning = { code: "store.full", way: "nothing was written: free disk space on the server, then try again" };
const BUSY: Meaning = { code: "store.busy", way: "nothing was written: try again" };
const LOGIN: Meaning = {
  code: "store.io",
  way: "check the user, and the password in PGPASSWORD or ~/.pgpass, and sslmode, and the server's pg_hba.conf",
};
const DAMAGED: Meaning = { code: "store.corrupt", way: "stop the server, keep a copy, restore a backup" };
const TAKEN: Meaning = {
  code: "store.corrupt",
  way: "something in the schema is in the way of the store's tables: restore a backup, or name another schema with ?schema=NAME",
};
const FAILED: Meaning = { code: "store.io", way: "look into the server's log, then run `exec-kernel verify`" };

/** By SQLSTATE, or by its class (the first two characters). */
const MEANINGS = new Map<string, Meaning>([
  ["53100", FULL],
  ["53200", BUSY],
  ["53300", { code: "store.busy", way: "raise max_connections or end some connections, then try again" }],
  ["55P03", { code: "store.busy", way: "another program held a lock, nothing was written: try again" }],
  ["57014", BUSY],
  ["28", LOGIN],
  ["3D000", { code: "store.absent", way: "make the database with createdb, or name another in --store" }],
  ["42501", { code: "store.io", way: "grant this user what it lacks, or name another user in --store" }],
  ["42P01", { code: "store.corrupt", way: "a table of the store is gone: restore a backup" }],
  ["42703", { code: "store.corrupt", way: "a table of the store was changed by hand: restore a backup" }],
  ["42701", TAKEN],
  ["42710", TAKEN],
  ["42P07", TAKEN],
  ["3F000", { code: "store.corrupt", way: "the store's schema is gone: restore a backup" }],
  ["53", BUSY],
  ["58", FAILED],
  ["XX001", DAMAGED],
  ["XX002", DAMAGED],
]);

/** Of the caller: what no store of this kind can hold. */
const DEFECTS = new Map<string, string>([
  ["54000", "a key, with the workspace's id, is longer than an index entry of PostgreSQL (2,700 bytes)"],
  ["23514", "counter would be no safe whole number"],
  ["22003", "counter would be no safe whole number"],
]);

const LOST_STATES: readonly string[] = ["57P01", "57P02", "57P03", "57P05", "25006", "25P03"];
const CONFLICTS: readonly string[] = ["40001", "40P01"];
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** The SQLSTATE of an error of the server; empty for an error of the network or of pg. */
function stateOf(error: Error): string {
  const code = codeOf(error);
  return "severity" in error && SQLSTATE.test(code) ? code : "";
}

function isLost(error: Error): boolean {
  const state = stateOf(error);
  return state === "" || LOST_STATES.includes(state) || state.startsWith("08");
}

function faultOf(error: Error, where: string): Error {
  const state = stateOf(error);
  const defect = DEFECTS.get(state);
  if (defect !== undefined) return new StoreDefect(defect, { cause: error });
  const { code, way } = MEANINGS.get(state) ?? MEANINGS.get(state.slice(0, 2)) ?? FAILED;
  return new StoreFault(code, where, `${where}: ${error.message} (${state}): ${way}`, error);
}

/** Lost, Conflict, a StoreFault or a StoreDefect, for what a statement on an open connection threw. */
export function fromStatement(error: unknown, where: string): Error {
  if (!(error instanceof Error)) return new Lost(String(error));
  if (error instanceof StoreFault || error instanceof Lost) return error;
  if (isLost(error)) return new Lost(`${error.message} ${stateOf(error)}`.trim(), { cause: error, answered: true });
  if (CONFLICTS.includes(stateOf(error))) return new Conflict(error.message, { cause: error });
  return faultOf(error, where);
}

/** What an open connection is that was asked and said nothing for so long. */
export function gaveNoAnswer(limitMs: number): Lost {
  return new Lost(`gave no answer for ${limitMs < 1_000 ? "a moment" : `${Math.round(limitMs / 1_000)} s`}`, {
    answered: true,
    silent: true,
  });
}

const NO_PASSWORD = /password must be a string|no password/i;

/** Lost for a server that cannot be reached or is just starting; a StoreFault for what waiting does not mend. */
export function fromConnecting(error: unknown, where: string): Error {
  if (!(error instanceof Error)) return new Lost(String(error));
  if (NO_PASSWORD.test(error.message) && stateOf(error) === "")
    return new StoreFault(
      "store.io",
      where,
      `${where} wants a password and none was given: set PGPASSWORD, or add a line to ~/.pgpass (mode 0600)`,
    );
  if (/SASL|SSL|certificate|self[- ]signed/i.test(error.message) && stateOf(error) === "")
    return new StoreFault("store.io", where, `${where}: ${error.message}: check the password and sslmode`, error);
  if (isLost(error)) return new Lost(connectProblem(error), { cause: error, answered: stateOf(error) !== "" });
  return faultOf(error, where);
}

/** Several addresses of one name end in an error without a message of its own. */
function connectProblem(error: Error): string {
  return error.message === "" ? codeOf(error) : error.message;
}

/** No host is a primary that can be reached. */
function noServer(shown: string, error: Error, patienceMs: number): StoreFault {
  const standby = / is a standby| takes no writes/.test(error.message);
  const waited = patienceMs < 1_000 ? "" : ` for ${Math.round(patienceMs / 1_000)} s`;
  const way = standby
    ? "name the primary, or all hosts of the cluster, in --store"
    : "start the server, or check host and port in --store";
  return new StoreFault(
    standby ? "store.read_only" : "store.io",
    shown,
    `${shown} has no primary that can be reached${waited} (${error.message}), nothing was written: ${way}`,
    error,
  );
}

/** What stands after the patience is at its end, where nothing was written. */
export function gaveUp(where: string, patienceMs: number): (error: Error) => StoreFault {
  return (error) => {
    if (!(error instanceof Conflict)) return noServer(where, error, patienceMs);
    const told = `${where}: other writers came first for ${Math.round(patienceMs / 1_000)} s`;
    return new StoreFault("store.busy", where, `${told}, nothing was written: try again`, error);
  };
}
