// Group commit: commands that come while a transaction is under way wait and share the next one, so that many cost one
// sync of the disk, or one question to a server. One that comes alone waits for nobody.

import { setImmediate } from "node:timers/promises";
import { Defect } from "../core/index.ts";
import type { Command } from "../core/index.ts";
import type { Session, Store } from "../store/index.ts";
import { Batch } from "./batch.ts";
import { considerAny, sweepBefore } from "./choose.ts";
import { sha256 } from "./digest.ts";
import { KernelFault } from "./fault.ts";
import type { Reply } from "./kernel.ts";
import { loadHead, loadTogether } from "./load.ts";
import { openPolicies } from "./policies.ts";
import { RowCache } from "./row-cache.ts";
import { record, timeAfter } from "./submit.ts";
import type { Deciding } from "./submit.ts";

/** Commands of one transaction: more would keep other processes waiting for the store. */
const COMMANDS_MAX = 128;

type Waiting = {
  readonly command: Command;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
};

type Outcome = { readonly reply: Reply } | { readonly fault: unknown };

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
   * Reads for all commands of a transaction at once: worth the second look where each question crosses a network, so it
   * is done for PostgreSQL unless told.
   */
  readonly readsTogether?: boolean;
};

/** What a timer asks: expire what is over. */
function sweepOf({ workspace, newCommandId }: GroupCommitOptions): Command {
  const envelope = { v: 1, workspace, commandId: newCommandId(), actor: "kernel", kind: "system" } as const;
  const rest = { proven: true, run: null, fence: null, digest: sha256("sweep") };
  return { ...envelope, ...rest, type: "sweep", body: { tasks: [], reservations: [] } };
}

/** What is wrong with one command alone; anything else is wrong with the store, and so with all of them. */
function isOfOne(error: unknown): boolean {
  return error instanceof KernelFault || error instanceof Defect || error instanceof TypeError;
}

export class GroupCommit implements Commits {
  readonly #options: GroupCommitOptions;
  readonly #deciding: Deciding;
  readonly #cache = new RowCache();
  #waiting: Waiting[] = [];
  #isRunning = false;
  /** Commands of the last transaction: after a crowd the next one is given a moment to gather. */
  #last = 1;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
    this.#deciding = { policies: openPolicies(), clock: options.clock };
  }

  submit(command: Command): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  /** INVARIANT: one transaction at a time; nothing here rejects, every command is told its own end. */
  async #run(): Promise<void> {
    this.#isRunning = true;
    if (this.#last > 1) await setImmediate();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, COMMANDS_MAX);
      this.#waiting = this.#waiting.slice(COMMANDS_MAX);
      this.#last = group.length;
      await this.#commit(group);
      if (group.length > 1 || this.#waiting.length > 0) await setImmediate();
    }
    this.#isRunning = false;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#transact(group);
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
    if (group.length === 1 || !isOfOne(error)) for (const { reject } of group) reject(error);
    else for (const one of group) await this.#commit([one]);
  }

  async #transact(group: readonly Waiting[]): Promise<readonly Outcome[]> {
    const { store, workspace } = this.#options;
    // The work may run again: what is remembered is of the run that was committed.
    let last: Batch | null = null;
    const outcomes = await store.transact(workspace, async (session) => {
      last = await Batch.open(session, this.#cache);
      return this.#judgeAll(group, last, session);
    });
    remember(last);
    return outcomes;
  }

  async #judgeAll(group: readonly Waiting[], batch: Batch, session: Session): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    const { store, readsTogether = store.kind === "postgres" } = this.#options;
    if (readsTogether && group.length > 1) await this.#readFor(group, batch);
    for (const { command } of group) outcomes.push(await this.#judge(batch, command));
    await batch.write(session);
    return outcomes;
  }

  async #readFor(group: readonly Waiting[], batch: Batch): Promise<void> {
    const head = await loadHead(batch, new Map());
    if (head.policySequence === 0) return;
    const { policies, clock } = this.#deciding;
    const commands = group.map(({ command }) => command);
    await loadTogether(batch, commands, await policies.inForce(batch, head), timeAfter(head, clock));
  }

  async #judge(batch: Batch, command: Command): Promise<Outcome> {
    try {
      await sweepBefore(batch, command, this.#deciding, () => sweepOf(this.#options));
      return { reply: record(batch, await considerAny(batch, command, this.#deciding)) };
    } catch (error) {
      if (isOfOne(error)) return { fault: error };
      throw error;
    }
  }
}

function remember(batch: Batch | null): void {
  batch?.remember();
}
