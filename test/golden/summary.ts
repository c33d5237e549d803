// What a golden log comes to, as a few hashes: the head of its chain, its rows, its decisions; and what deciding it again
// says. The same on every machine and every version of Node, or something has changed that must not.

import { hash } from "node:crypto";
import { Buffer } from "node:buffer";
import { createKernel, decodeEvent, encodeRow } from "../../src/kernel/index.ts";
import type { ReplayReport } from "../../src/kernel/index.ts";
import type { Store, StoredEvent } from "../../src/store/index.ts";
import { foldOf } from "./log-file.ts";
import { WORKSPACE } from "./play.ts";

export type Summary = {
  readonly name: string;
  readonly events: number;
  readonly headHash: string;
  /** SHA-256 over the rows in the order of their keys' bytes: key, NUL, bytes, newline. */
  readonly rowsHash: string;
  /** SHA-256 over the decisions in order: sequence, verdict, code and numbers as one JSON list a line. */
  readonly decisionsHash: string;
  readonly decisions: number;
  readonly refused: number;
};

const byBytes = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

function rowsHashOf(events: readonly StoredEvent[]): string {
  const lines = [...foldOf(events)].toSorted(byBytes).map(([key, row]) => `${key}\0${encodeRow(row)}\n`);
  return hash("sha256", lines.join(""), "hex");
}

export function summaryOf(name: string, stored: readonly StoredEvent[]): Summary {
  const decisions = stored.flatMap(({ bytes, sequence }) => {
    const { decision } = decodeEvent(bytes, sequence);
    return decision === null ? [] : [[sequence, decision.verdict, decision.code, decision.numbers] as const];
  });
  const lines = decisions.map((one) => `${JSON.stringify(one)}\n`).join("");
  return {
    name,
    events: stored.length,
    headHash: stored.at(-1)?.hash ?? "",
    rowsHash: rowsHashOf(stored),
    decisionsHash: hash("sha256", lines, "hex"),
    decisions: decisions.length,
    refused: decisions.filter(([, verdict]) => verdict === "refused").length,
  };
}

/** Decides a store's golden workspace again. */
export function replayOf(store: Store): Promise<ReplayReport> {
  const options = { digestKey: "", readPolicy: () => "is not read" };
  return createKernel({ store, workspace: WORKSPACE, actor: null, ...options }).replay();
}
