// One process of the demo, seen from the demo: started once, given parts to play, killed when the row asks for it.

import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Acknowledged } from "./board.ts";
import { DemoFault } from "./fault.ts";
import { readWord } from "./messages.ts";
import type { Order, Word } from "./messages.ts";
import type { Moment, Tally } from "./scenario.ts";

const PATIENCE_MS = 60_000;

/** The word of the command line that leads here; hidden from its help. */
const PLAYER_COMMAND = "demo-worker";

type Listener = (word: Word) => void;

/** A process needs nothing of the network, and reading a list of certificates slows each start. */
function leanEnvironment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
  return rest;
}

export class Player {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #gone: Promise<string>;
  #listener: Listener | null = null;
  #complaint = "";

  /** Starts the process; `entry` is the script that knows PLAYER_COMMAND. */
  constructor(name: string, entry: string) {
    this.name = name;
    this.#child = fork(entry, [PLAYER_COMMAND], { stdio: ["ignore", "ignore", "pipe", "ipc"], env: leanEnvironment() });
    this.#child.stderr
      ?.setEncoding("utf8")
      .on("data", (text: string) => (this.#complaint = (this.#complaint + text).slice(-2_000)));
    // Told through #gone; a second one, such as a message to a process just killed, must not end the demo.
    this.#child.on("error", () => undefined);
    this.#child.on("message", (message) => this.#listener?.(readWord(message)));
    this.#gone = this.#ended();
  }

  /** Opens the store and its board in the process. */
  async open(folder: string): Promise<void> {
    await this.#ask({ type: "open", folder, process: this.name }, (word) =>
      word.type === "opened" ? true : undefined,
    );
  }

  /** Plays one part to its end. */
  async play(order: Extract<Order, { type: "play" }>): Promise<Tally> {
    return await this.#ask(order, (word) => (word.type === "played" ? word.tally : undefined));
  }

  /** Plays one part, kills the process at the moment, and gives back all that it acknowledged while it lived. */
  async playUntilKilled(
    order: Extract<Order, { type: "play" }>,
    { afterAcknowledged, delayMs }: Moment,
  ): Promise<readonly Acknowledged[]> {
    const acknowledged: Acknowledged[] = [];
    this.#listener = (word) => {
      if (word.type !== "acknowledged") return;
      acknowledged.push(word);
      if (acknowledged.length === afterAcknowledged) setTimeout(() => this.kill(), delayMs);
    };
    this.#child.send(order);
    await this.#orLate(this.#gone);
    return acknowledged;
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Lets the process end by itself. */
  async close(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#orLate(this.#gone);
  }

  async #ask<T>(order: Order, read: (word: Word) => T | undefined): Promise<T> {
    const answered = new Promise<T>((resolve, reject) => {
      this.#listener = (word) => {
        const answer = read(word);
        if (answer !== undefined) resolve(answer);
        else
          reject(
            new DemoFault(
              word.type === "failed"
                ? `process ${this.name}: ${word.problem}`
                : `process ${this.name} said ${word.type} out of turn`,
            ),
          );
      };
    });
    const lost = this.#gone.then((how): never => {
      throw new DemoFault(`process ${this.name} ended ${how}`);
    });
    this.#child.send(order);
    return await this.#orLate(Promise.race([answered, lost]));
  }

  async #orLate<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new DemoFault(`process ${this.name} gave no answer in ${PATIENCE_MS / 1_000} s`)),
        PATIENCE_MS,
      );
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** How it ended; only once nothing more can be heard from it. */
  async #ended(): Promise<string> {
    const failed = once(this.#child, "error").then(
      ([error]) => `(${error instanceof Error ? error.message : "it did not start"})`,
    );
    const ended = Promise.all([once(this.#child, "exit"), once(this.#child, "disconnect")]).then(([[code, signal]]) => {
      const last = this.#complaint.trim().split("\n").at(-1) ?? "";
      return `${signal === null ? `with exit status ${code}` : `by ${signal}`}${last === "" ? "" : ` (${last})`}`;
    });
    return await Promise.race([failed, ended]);
  }
}
