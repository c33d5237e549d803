// The thread that commits: it has the store's one write connection, gathers commands of each workspace into
// transactions, and blocks nobody while the disk is synced.

import { parentPort, workerData } from "node:worker_threads";
import { uuidv7 } from "uuidv7";
import { GroupCommit } from "../kernel/index.ts";
import { openPostgresStore, openSqliteStore } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { faultOf } from "./messages.ts";
import type { Answer, Asked, FromThread, StorePlace, ToThread } from "./messages.ts";

/** What there is to say goes out once a turn of the loop: a message costs more than an answer. */
class Outbox {
  readonly #send: (message: FromThread) => void;
  #answers: Answer[] = [];

  constructor(send: (message: FromThread) => void) {
    this.#send = send;
  }

  add(answer: Answer): void {
    if (this.#answers.length === 0) setImmediate(() => this.#flush());
    this.#answers.push(answer);
  }

  #flush(): void {
    this.#send({ answers: this.#answers });
    this.#answers = [];
  }
}

class Committer {
  readonly #store: Store;
  readonly #outbox: Outbox;
  readonly #commits = new Map<string, GroupCommit>();
  readonly #open = new Set<Promise<void>>();

  constructor(store: Store, outbox: Outbox) {
    this.#store = store;
    this.#outbox = outbox;
  }

  take(asked: Asked): void {
    const work = this.#answer(asked).finally(() => this.#open.delete(work));
    this.#open.add(work);
  }

  /** Waits for what is under way. */
  async end(): Promise<void> {
    await Promise.all(this.#open);
    await this.#store.close();
  }

  async #answer({ number, command }: Asked): Promise<void> {
    try {
      this.#outbox.add({ number, reply: await this.#of(command.workspace).submit(command) });
    } catch (error) {
      this.#outbox.add({ number, fault: faultOf(error) });
    }
  }

  #of(workspace: string): GroupCommit {
    let commits = this.#commits.get(workspace);
    if (commits === undefined) {
      commits = new GroupCommit({ store: this.#store, workspace, clock: Date.now, newCommandId: uuidv7 });
      this.#commits.set(workspace, commits);
    }
    return commits;
  }
}

function openStore(place: StorePlace): Promise<Store> {
  return "url" in place ? openPostgresStore(place) : openSqliteStore(place);
}

async function start(place: StorePlace, send: (message: FromThread) => void): Promise<Committer | null> {
  try {
    return new Committer(await openStore(place), new Outbox(send));
  } catch (error) {
    send({ failed: faultOf(error) });
    return null;
  }
}

const port = parentPort;
if (port !== null) {
  const place: StorePlace = workerData;
  const committer = await start(place, (message) => port.postMessage(message));
  if (committer !== null) {
    port.on("message", (message: ToThread) => {
      if ("commands" in message) for (const asked of message.commands) committer.take(asked);
      else void committer.end().then(() => setImmediate(() => port.close()));
    });
    port.postMessage({ open: true } satisfies FromThread);
  }
}
