// The chain alone: no gap, every hash over the exact bytes and the hash before, the columns beside the bytes what the
// bytes say, all of one workspace, time never back. Nothing is parsed unless something looks wrong: the fields of an
// envelope stand in one order, so that their text can be compared as it is.

import type { StoredEvent } from "../../store/index.ts";
import { chainHash, GENESIS } from "../chain.ts";
import { EVENT_VERSION, told } from "../codec.ts";
import type { Findings } from "./report.ts";

const OPENING = `{"v":${EVENT_VERSION},"sequence":`;
const TIME = ',"at":';

export class Chain {
  readonly #workspace: string;
  readonly #named: string;
  readonly #findings: Findings;
  sequence: number;
  hash: string;
  /** Every event up to this one passed. */
  #good: number;
  readonly #types = new Map<string, string>();
  #at = 0;

  /** Starts after the event `sequence` whose hash is `hash`; from the first event unless told. */
  constructor(workspace: string, findings: Findings, sequence = 0, hash: string = GENESIS) {
    this.#workspace = workspace;
    this.#named = JSON.stringify(workspace);
    this.#findings = findings;
    this.sequence = sequence;
    this.hash = hash;
    this.#good = sequence;
  }

  /** Checks the next event of the log and goes on to it. */
  check(stored: StoredEvent): void {
    const { sequence, at, bytes, hash } = stored;
    // What stands before it is not known where it does not follow: its hash cannot be checked then.
    if (sequence !== this.sequence + 1) this.#gap(sequence);
    else if (chainHash(this.hash, bytes) !== hash)
      this.#found(
        sequence,
        "its hash does not cover its bytes and the hash before it: it or an earlier one was changed",
      );
    if (!this.#opens(stored)) this.#explain(stored);
    if (at < this.#at) this.#found(sequence, "it lies before its predecessor in time");
    this.#at = at;
    this.sequence = sequence;
    this.hash = hash;
    if (this.#findings.lastGood === null) this.#good = sequence;
  }

  /** The log ends here: is that where it should? `why` says who knows of more events than there are. */
  end(sequence: number, why: string): void {
    if (sequence > this.sequence) this.#found(this.sequence + 1, `is missing: ${why}`);
  }

  #found(sequence: number, problem: string): void {
    this.#findings.event(sequence, problem, this.#good);
  }

  #gap(sequence: number): void {
    const next = this.sequence + 1;
    if (sequence < next) return this.#found(sequence, `follows event ${this.sequence}: it stands out of order`);
    const those = sequence === next + 1 ? "" : `, and so is all up to event ${sequence - 1}`;
    this.#found(next, `is missing${those}`);
  }

  /** The bytes begin as the columns say: compared part by part, for one text of them all would be made for every event. */
  #opens({ sequence, at, type, bytes }: StoredEvent): boolean {
    const [placed, timed] = [String(sequence), String(at)];
    const afterPlace = OPENING.length + placed.length;
    const afterTime = afterPlace + TIME.length + timed.length;
    return (
      bytes.startsWith(OPENING) &&
      bytes.startsWith(placed, OPENING.length) &&
      bytes.startsWith(TIME, afterPlace) &&
      bytes.startsWith(timed, afterPlace + TIME.length) &&
      bytes.startsWith(this.#ofType(type), afterTime)
    );
  }

  /** What follows the time in events of this type. */
  #ofType(type: string): string {
    let text = this.#types.get(type);
    if (text === undefined)
      this.#types.set(type, (text = `,"workspace":${this.#named},"type":${JSON.stringify(type)},`));
    return text;
  }

  /** The bytes do not begin as the columns say: which field is it? */
  #explain({ sequence, at, type, bytes }: StoredEvent): void {
    const fields = fieldsOf(bytes);
    if (fields === null) return this.#found(sequence, "its bytes are no event");
    if (fields["v"] !== EVENT_VERSION)
      return this.#found(sequence, `it is of version ${told(fields["v"])}, which this exec-kernel cannot read`);
    if (fields["workspace"] !== this.#workspace)
      return this.#found(sequence, `it was written for workspace ${told(fields["workspace"])}`);
    const same = fields["sequence"] === sequence && fields["at"] === at && fields["type"] === type;
    this.#found(sequence, same ? "its fields stand in another order" : "its columns differ from its bytes");
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
