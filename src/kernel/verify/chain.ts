// The chain alone: no gap, every hash over the exact bytes and the hash before, the columns beside the bytes what the
// bytes say, all of one workspace, time never back. Nothing is parsed unless something looks wrong: the fields of an
// envelope stand in one order, so that their text can be compared as it is.

import type { StoredEvent } from "../../store/index.ts";
import { chainHash, GENESIS } from "../chain.ts";
import { EVENT_VERSION } from "../codec.ts";
import type { Findings } from "./report.ts";

export class Chain {
  readonly #workspace: string;
  readonly #named: string;
  readonly #findings: Findings;
  sequence: number;
  hash: string;
  readonly #quoted = new Map<string, string>();
  #at = 0;

  /** Starts after the event `sequence` whose hash is `hash`; from the first event unless told. */
  constructor(workspace: string, findings: Findings, sequence = 0, hash: string = GENESIS) {
    this.#workspace = workspace;
    this.#named = JSON.stringify(workspace);
    this.#findings = findings;
    this.sequence = sequence;
    this.hash = hash;
  }

  /** Checks the next event of the log and goes on to it. */
  check(stored: StoredEvent): void {
    const { sequence, at, bytes, hash } = stored;
    if (sequence !== this.sequence + 1) this.#gap(sequence);
    if (chainHash(this.hash, bytes) !== hash)
      this.#findings.event(
        sequence,
        "its hash does not cover its bytes and the hash before it: it or an earlier one was changed",
      );
    if (!bytes.startsWith(this.#opening(stored))) this.#explain(stored);
    if (at < this.#at) this.#findings.event(sequence, "it lies before its predecessor in time");
    this.#at = at;
    this.sequence = sequence;
    this.hash = hash;
  }

  #gap(sequence: number): void {
    const before = this.sequence === 0 ? "is the first" : `follows event ${this.sequence}`;
    const missing = sequence > this.sequence + 1 ? "events are missing before it" : "it stands out of order";
    this.#findings.event(sequence, `${before}: ${missing}`);
  }

  #opening({ sequence, at, type }: StoredEvent): string {
    let quoted = this.#quoted.get(type);
    if (quoted === undefined) this.#quoted.set(type, (quoted = JSON.stringify(type)));
    return `{"v":${EVENT_VERSION},"sequence":${sequence},"at":${at},"workspace":${this.#named},"type":${quoted},`;
  }

  /** The bytes do not begin as the columns say: which field is it? */
  #explain({ sequence, at, type, bytes }: StoredEvent): void {
    const fields = fieldsOf(bytes);
    if (fields === null) return this.#findings.event(sequence, "its bytes are no event");
    if (fields["v"] !== EVENT_VERSION)
      return this.#findings.event(
        sequence,
        `it is of version ${String(fields["v"])}, which this exec-kernel cannot read`,
      );
    if (fields["workspace"] !== this.#workspace)
      return this.#findings.event(sequence, `it was written for workspace ${String(fields["workspace"])}`);
    const same = fields["sequence"] === sequence && fields["at"] === at && fields["type"] === type;
    this.#findings.event(sequence, same ? "its fields stand in another order" : "its columns differ from its bytes");
  }
}

function fieldsOf(bytes: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(bytes);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
