// Group commit: commands that come while a transaction is under way wait and share the next one, so that many cost one
// sync of the disk, or one question to a server. One that comes alone waits for nobody.

import { setImmediate } from "node:timers/promises";
import type { Command } from "../../core/index.ts";
import type { Session, Store, StoredHead } from "../../store/index.ts";
import { Batch } from "./batch.ts";
import { sha256 } from "../digest.ts";
import { isOfOne, judgeGroup } from "./judge-group.ts";
import type { Judging, Outcome } from "./judge-group.ts";
import type { Reply } from "../kernel.ts";
import { lastFormAfter, recordInLastRoom } from "./last-room.ts";
import { openPolicies } from "../policies.ts";
import { RowCache } from "./row-cache.ts";

/** Commands of one transaction: more would keep other processes waiting for the store. */
const COMMANDS_MAX = 128;
/** A crowd as large as this is halved: one half is judged while the other is on its way to the disk or the server. */
const CROWD_LEAST = 16;

type Waiting = {
  readonly command: Command;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
};

/** Where commands are committed: in this process, or handed to a thread that does nothing else. */
export type Commits = {
  /** The answer, once it is committed. */
  readonly submit: (command: Command) => Promise<Reply>;
};

export type GroupCommitOptions = {
  readonly store: Store;
  /** All commands are of this workspace. */
  readonly workspace: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly newCommandId: () => string;
  /**
   * A commit crosses a network: what a group reads is read at once, and the next group is judged while one is on its
   * way. So it is for PostgreSQL unless told.
   */
  readonly isFar?: boolean;
};

/** What a timer asks: expire what is over. */
function sweepOf({ workspace, newCommandId }: GroupCommitOptions): Command {
  const envelope = { v: 1, workspace, commandId: newCommandId(), actor: "kernel", kind: "system" } as const;
  const rest = { proven: true, run: null, fence: null, digest: sha256("sweep") };
  return { ...envelope, ...rest, type: "sweep", body: { tasks: [], reservations: [] } };
}

/** A group judged before its transaction: good if the log ends then where it was thought to end. */
type Ahead = { readonly batch: Batch; readonly outcomes: readonly Outcome[] };

/** A group whose commit is under way; `judged` is its batch as soon as all of it is judged, null where that failed. */
type Flight = { readonly size: number; readonly judged: Promise<Batch | null>; readonly done: Promise<void> };

function commandsOf(group: readonly Waiting[]): readonly Command[] {
  return group.map(({ command }) => command);
}

export class GroupCommit implements Commits {
  readonly #options: GroupCommitOptions;
  readonly #judging: Judging;
  readonly #isFar: boolean;
  readonly #cache = new RowCache();
  #waiting: Waiting[] = [];
  #isRunning = false;
  /** A read ahead still waits for its turn, though its group went without it. */
  #isHeldUp = false;
  /** The last that was written; whether it was committed shows at the next one's begin. */
  #written: Batch | null = null;
  #onArrival: () => void = () => undefined;
  /** Commands of the last transaction: after a crowd the next one is given a moment to gather. */
  #last = 1;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
    this.#isFar = options.isFar ?? options.store.kind === "postgres";
    const sweep = (): Command => sweepOf(options);
    this.#judging = { policies: openPolicies(), clock: options.clock, sweep, readsTogether: this.#isFar };
  }

  submit(command: Command): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      if (this.#isRunning) this.#onArrival();
      else void this.#run();
    });
  }

  /** INVARIANT: one transaction at a time; nothing here rejects, every command is told its own end. */
  async #run(): Promise<void> {
    this.#isRunning = true;
    if (this.#last > 1) await setImmediate();
    let before: Flight | null = null;
    while (this.#waiting.length > 0 || before !== null) {
      before = this.#isFar ? await this.#flyNext(before) : await this.#commitNext(before);
    }
    this.#isRunning = false;
  }

  /** Commits the next group; while its log is synced the one after it is judged. */
  async #commitNext(before: Flight | null): Promise<Flight | null> {
    if (this.#waiting.length === 0) {
      const arrival = new Promise<"arrival">((resolve) => (this.#onArrival = () => resolve("arrival")));
      const first = await Promise.race([before?.done, arrival]);
      await setImmediate();
      return first === "arrival" ? before : null;
    }
    const flight = this.#fly(this.#take(this.#share(before)), null);
    await flight.judged;
    await before?.done;
    if (flight.size > 1 || this.#waiting.length > 0) await setImmediate();
    return flight;
  }

  /** How many come next: of a crowd one half, so that the other can be judged while it is on its way. */
  #share(before: Flight | null): number {
    const crowd = this.#waiting.length + (before?.size ?? 0);
    return crowd < CROWD_LEAST ? COMMANDS_MAX : Math.min(COMMANDS_MAX, Math.ceil(crowd / 2));
  }

  /** Judges the next group while the one before is on its way, and sends it when that has arrived. */
  async #flyNext(before: Flight | null): Promise<Flight | null> {
    const base = (await before?.judged) ?? null;
    if (before !== null && this.#waiting.length === 0) {
      const arrival = new Promise<"arrival">((resolve) => (this.#onArrival = () => resolve("arrival")));
      const first = await Promise.race([before.done, arrival]);
      await setImmediate();
      if (first !== "arrival") return null;
    }
    const group = this.#take(this.#share(before));
    const ahead = base === null || before === null ? null : await this.#judgeAhead(group, base, before.done);
    await before?.done;
    return this.#fly(group, ahead);
  }

  #take(most: number): readonly Waiting[] {
    const group = this.#waiting.slice(0, most);
    this.#waiting = this.#waiting.slice(most);
    this.#last = group.length;
    return group;
  }

  #fly(group: readonly Waiting[], ahead: Ahead | null): Flight {
    let tell: (batch: Batch | null) => void = () => undefined;
    const judged = new Promise<Batch | null>((resolve) => (tell = resolve));
    const done = this.#commit(group, ahead, tell).finally(() => tell(null));
    return { size: group.length, judged, done };
  }

  /**
   * Null where the store could not be read: what is wrong with it will show in the transaction. Null too where the read
   * had not begun when the commit before had ended: other readers may hold all turns for as long as an export takes.
   */
  async #judgeAhead(group: readonly Waiting[], base: Batch, before: Promise<void>): Promise<Ahead | null> {
    if (this.#isHeldUp) return null;
    const { store, workspace } = this.#options;
    let [hasBegun, isLate] = [false, false];
    const ahead = store
      .read(workspace, async (view) => {
        hasBegun = true;
        if (isLate) return null;
        const batch = base.next(view);
        return { batch, outcomes: await judgeGroup(batch, commandsOf(group), this.#judging) };
      })
      .catch(() => null)
      .finally(() => {
        hasBegun = true;
        this.#isHeldUp = false;
      });
    const late = before.then(() => {
      if (hasBegun) return ahead;
      this.#isHeldUp = isLate = true;
      return null;
    });
    return Promise.race([ahead, late]);
  }

  async #commit(group: readonly Waiting[], ahead: Ahead | null, tell: (batch: Batch) => void): Promise<void> {
    try {
      const outcomes = await this.#transact(group, ahead, tell);
      for (const [index, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined || "fault" in outcome) reject(outcome?.fault);
        else resolve(outcome.reply);
      }
    } catch (error) {
      await this.#giveUp(group, error);
    }
  }

  /** A row that does not fit shows only when all are written: then each goes alone, and the guilty one fails alone. */
  async #giveUp(group: readonly Waiting[], error: unknown): Promise<void> {
    for (const one of group) {
      const last = lastFormAfter(error, one.command);
      if (last !== null) await this.#commitLast(one, last);
      else if (group.length > 1 && isOfOne(error)) await this.#commit([one], null, () => undefined);
      else one.reject(error);
    }
  }

  async #commitLast({ resolve, reject }: Waiting, last: Command): Promise<void> {
    const { store, workspace } = this.#options;
    try {
      resolve(await recordInLastRoom(store, workspace, last, this.#judging));
    } catch (error) {
      reject(error);
    }
  }

  async #transact(
    group: readonly Waiting[],
    ahead: Ahead | null,
    tell: (batch: Batch) => void,
  ): Promise<readonly Outcome[]> {
    const { store, workspace } = this.#options;
    const shared = group.length > 1 || this.#waiting.length > 0;
    const work = async (session: Session): Promise<readonly Outcome[]> => {
      const found = await session.head();
      this.#settle(found);
      const good = ahead?.batch.follows(found) === true ? ahead : null;
      const last = good?.batch ?? (await Batch.open(session, this.#cache));
      const judged = good?.outcomes ?? (await judgeGroup(last, commandsOf(group), this.#judging));
      await last.write(session);
      this.#written = last;
      tell(last);
      return judged;
    };
    return store.transact(workspace, work, { shared });
  }

  /** The work of a transaction may run again, and fail in the end: its batch holds once the log ends where it did. */
  #settle(found: StoredHead | null): void {
    if (this.#written?.endsAt(found) === true) this.#written.remember();
    this.#written = null;
  }
}
