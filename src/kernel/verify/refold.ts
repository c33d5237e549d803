// The rows of a log, folded anew: what is absent is absent, never unloaded. Events are folded a page at a time into one
// overlay, so that a row that changes with every event is put into the great map once a page.

import { evolveInto, HEAD_KEY, Overlay } from "../../core/index.ts";
import type { HeadRow, Row } from "../../core/index.ts";
import type { StoredEvent } from "../../store/index.ts";
import { decodeToFold } from "../codec.ts";
import { isOfTheLog } from "../damage.ts";
import { Folded } from "../folded.ts";
import { RecountedCounters } from "../recounted-counters.ts";
import type { Findings } from "./report.ts";

export class Refold {
  readonly #findings: Findings;
  readonly #folded: Folded;
  /** What the events say of the counters beside the log. */
  readonly counters: RecountedCounters = new RecountedCounters();
  #broken = false;
  #told = false;
  #last: number;

  /** Starts from these rows; from none unless told. */
  constructor(findings: Findings, rows: Iterable<readonly [string, Row]> = []) {
    this.#findings = findings;
    this.#folded = new Folded(rows);
    this.#last = this.#head?.sequence ?? 0;
  }

  get #head(): HeadRow | null {
    const row = this.#folded.get(HEAD_KEY);
    return row?.kind === "head" ? row : null;
  }

  get rows(): ReadonlyMap<string, Row> {
    return this.#folded.rows;
  }

  /** An event could not be folded: what came before it stands in the rows, nothing after it. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Some of it was told by a harness, not asked of the kernel. */
  get told(): boolean {
    return this.#told;
  }

  /** The time of the last event that was folded. */
  get at(): number {
    return this.#head?.at ?? 0;
  }

  /** Folds a page of events. */
  fold(page: readonly StoredEvent[]): void {
    if (this.#broken) return;
    const overlay = new Overlay(this.#folded);
    for (const stored of page) if (!this.#foldOne(overlay, stored)) break;
    this.#folded.take(overlay.changed);
  }

  #foldOne(overlay: Overlay, { bytes, sequence }: StoredEvent): boolean {
    try {
      const event = decodeToFold(bytes, sequence);
      this.#told ||= event.type === "fact_recorded";
      evolveInto(overlay, event);
      this.counters.add(event);
      this.#last = sequence;
      return true;
    } catch (error) {
      if (!isOfTheLog(error)) throw error;
      this.#broken = true;
      this.#findings.event(sequence, `it cannot be folded (${error.message}); rows are not compared`, this.#last);
      return false;
    }
  }
}
