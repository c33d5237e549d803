// Tells the steps that an earlier file told already: a session that was resumed or forked brings them along.

import type { StepFormat, StepItem } from "../../formats/index.ts";
import { IdTable } from "./id-table.ts";
import { keyOf } from "./spending.ts";

export class Copies {
  readonly #earlier: IdTable = new IdTable();
  #here: number[] = [];
  #format: StepFormat = "steps";
  #isRemembered = false;

  /** True where so many ids were met that later ones are not told apart. */
  get isFull(): boolean {
    return this.#earlier.isFull;
  }

  /** `isLast`: no file comes after it, so nothing of it needs remembering. */
  startFile(format: StepFormat, isLast: boolean): void {
    this.#format = format;
    this.#isRemembered = !isLast;
  }

  endFile(): void {
    for (const key of this.#here) this.#earlier.add(key);
    this.#here = [];
  }

  /** Whether an earlier file has this step; notes it for the later ones. */
  has({ id, history, agent }: StepItem): boolean {
    if (id === null) return false;
    const key = keyOf({ id, history, agent }, this.#format);
    const isKnown = this.#earlier.has(key);
    if (!isKnown && this.#isRemembered && !this.isFull) this.#here.push(key);
    return isKnown;
  }
}
