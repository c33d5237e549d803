// What differs from one run of the same thing to the next and means nothing: times, durations, process ids, temporary
// paths, ids made at random, and the words that a model writes about its own call.

import type { Random } from "../random.ts";
import { START_MS } from "./act.ts";

const HEX: readonly string[] = "0123456789abcdef".split("");
const WORDS = ["Run", "Check", "Try", "Look at", "See whether", "Verify", "Inspect", "Now"];
const OBJECTS = ["the tests", "the parser", "the output", "what it says", "the module", "it again", "the fix"];

/** Noise made by dice, other at each call. */
export class Noise {
  readonly #dice: Random;

  constructor(dice: Random) {
    this.#dice = dice;
  }

  hex(length: number): string {
    return `${this.#dice.below(10)}${Array.from({ length: length - 1 }, () => this.#dice.pick(HEX)).join("")}`;
  }

  pid(): number {
    return 1_000 + this.#dice.below(60_000);
  }

  time(): string {
    return new Date(START_MS + this.#dice.below(86_400_000)).toISOString();
  }

  clock(): string {
    return this.time().slice(11, 19);
  }

  seconds(): string {
    return `${(this.#dice.next() * 30).toFixed(2)}s`;
  }

  ms(): string {
    return `${1 + this.#dice.below(4_000)}ms`;
  }

  temporary(): string {
    return `/var/folders/${this.#dice.pick(["build", "run", "pytest-of-user"])}-${this.hex(6)}/out.log`;
  }

  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-${this.hex(4)}-${this.hex(4)}-${this.hex(12)}`;
  }

  request(): string {
    return `req_011${this.hex(17)}`;
  }

  /** What a model says of a call, other words each time. */
  about(): string {
    return `${this.#dice.pick(WORDS)} ${this.#dice.pick(OBJECTS)} ${this.#dice.pick(["", "once more", "first", "again"])}`;
  }

  /** Lines as logs have them, of each kind of noise one. */
  log(): string {
    return [
      `[${this.time()}] pid ${this.pid()} started`,
      `Start at  ${this.clock()}`,
      `wrote ${this.temporary()} in ${this.seconds()}`,
      `request ${this.uuid()} took ${this.ms()}`,
      `trace ${this.request()}`,
    ].join("\n");
  }
}
