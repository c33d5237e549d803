// The kernel without a store: the same intake, need and judge, over rows in memory, so that a simulation can take a
// million steps. No bytes, no hashes; what it leaves out is held by the tests of the kernel and its stores.

import {
  actorName,
  commandKey,
  compilePolicy,
  DUE_PREFIX,
  HEAD_KEY,
  judge,
  need,
  NEED_KEYS_MAX,
  READY_PREFIX,
  RESERVATION_PREFIX,
} from "../../src/core/index.ts";
import type {
  Actor,
  Command,
  CommandRow,
  CompiledPolicy,
  Event,
  Judged,
  Policy,
  RecordedDecision,
  Row,
} from "../../src/core/index.ts";
import type { Reply, Request } from "../../src/kernel/index.ts";
import { isFinding } from "../../src/kernel/body-context.ts";
import { intake } from "../../src/kernel/intake.ts";

const TRIES_MAX = 16;
const DUE_MAX = 12;

type Claim = Extract<Command, { readonly type: "claim_task" }>;

export class Referee {
  readonly clock: { now: number } = { now: 1_700_000_000_000 };
  readonly rows: Map<string, Row> = new Map();
  readonly log: Event[] = [];
  /** The largest number of rows that one command asked for. */
  mostKeys = 0;
  /** Called with what was judged over the needed rows alone, and over all rows there are. */
  onBoth: ((lean: Judged, rich: Judged) => void) | null = null;
  readonly #policy: CompiledPolicy;
  readonly #indexes: Map<string, string[]> = new Map([
    [READY_PREFIX, []],
    [DUE_PREFIX, []],
    [RESERVATION_PREFIX, []],
  ]);

  constructor(policy: Policy, human: Actor) {
    this.#policy = compilePolicy(policy, "first");
    this.submit(human, { type: "adopt_policy", body: { policy, source: "# first" }, commandId: "init" });
  }

  submit(actor: Actor, request: Request): Reply {
    const command = intake(request, this.#intakeOf(actor, request));
    const at = this.#now();
    if (isFinding(command)) return refusedAtTheDoor(command.code, request, at);
    if (command.type === "claim_task" && command.body.task === null) {
      this.#sweep({ ...command, kind: "system", actor: "kernel" }, at);
      return this.#keep(this.#chosen(command, at), at);
    }
    if (command.type === "sweep" && (actor.kind === "system" || actor.kind === "human")) {
      const judged = this.#sweep(command, at);
      return this.#reply(judged?.decision ?? NOTHING_SWEPT, command, null, at);
    }
    return this.#keep(command, at);
  }

  #intakeOf(actor: Actor, request: Request): Parameters<typeof intake>[1] {
    const named = "decision" in request.body ? Number(String(request.body.decision).slice("d-".length)) : 0;
    const readPolicy = (): Policy => this.#policy.policy;
    const decision = this.log[named - 1] ?? null;
    const newCommandId = (): string => `c-${this.log.length}`;
    return { workspace: "w", actor, digestKey: "key", humanKey: null, readPolicy, decision, newCommandId };
  }

  #now(): number {
    const head = this.rows.get(HEAD_KEY);
    return Math.max(this.clock.now, head?.kind === "head" ? head.at : 0);
  }

  #load(command: Command, at: number): Map<string, Row | null> {
    const loaded = new Map<string, Row | null>();
    for (let keys = need(loaded, command, this.#policy, at); keys.length > 0;) {
      for (const key of keys) loaded.set(key, this.rows.get(key) ?? null);
      keys = need(loaded, command, this.#policy, at);
    }
    this.mostKeys = Math.max(this.mostKeys, loaded.size);
    if (loaded.size > NEED_KEYS_MAX) throw new RangeError(`${command.type} asks for ${loaded.size} rows`);
    return loaded;
  }

  #granted(command: Command, at: number): CommandRow | null {
    const row = this.rows.get(commandKey(actorName(command.kind, command.actor), command.commandId));
    return row?.kind === "command" && at < row.expiresAt && row.digest === command.digest ? row : null;
  }

  #keep(command: Command, at: number): Reply {
    const before = this.#granted(command, at);
    const first = before === null ? undefined : this.log[before.sequence - 1];
    if (first?.decision != null)
      return { ...this.#reply(first.decision, command, first.sequence, first.at), replayed: true };
    const judged = judge(this.#load(command, at), command, this.#policy, at);
    this.onBoth?.(judged, judge({ get: (key) => this.rows.get(key) ?? null }, command, this.#policy, at));
    this.#write(judged);
    return this.#reply(judged.decision, command, judged.sequence, at);
  }

  #reply(decision: RecordedDecision, { commandId, workspace }: Command, sequence: number | null, at: number): Reply {
    return {
      decision: { ...decision, commandId, workspace, at },
      id: sequence === null ? null : `d-${sequence}`,
      replayed: false,
    };
  }

  #write({ changed, events }: Judged): void {
    for (const event of events) this.log.push(event);
    for (const [key, row] of changed) {
      const index = this.#indexes.get(key.slice(0, key.indexOf("/") + 1));
      if (index !== undefined && (row === null || !this.rows.has(key))) reindex(index, key, row !== null);
      if (row === null) this.rows.delete(key);
      else this.rows.set(key, row);
    }
  }

  /** The first ready task whose claim is granted; else the claim as it was asked. */
  #chosen(command: Claim, at: number): Command {
    if (this.#granted(command, at) !== null) return command;
    const name = actorName(command.kind, command.actor);
    let tries = 0;
    for (const key of this.#indexes.get(READY_PREFIX) ?? []) {
      const row = this.rows.get(key);
      if (row?.kind !== "ready" || row.notBefore > at || (row.assignee !== null && row.assignee !== name)) continue;
      const one: Command = { ...command, body: { task: row.task } };
      if (judge(this.#load(one, at), one, this.#policy, at).decision.verdict === "granted") return one;
      if ((tries += 1) === TRIES_MAX) break;
    }
    return command;
  }

  #sweep(command: Command, at: number): Judged | null {
    const due = (this.#indexes.get(DUE_PREFIX) ?? []).slice(0, DUE_MAX).flatMap((key) => {
      const row = this.rows.get(key);
      return row?.kind === "due" && Number(key.split("/")[1]) <= at ? [row.task] : [];
    });
    const over = (this.#indexes.get(RESERVATION_PREFIX) ?? []).slice(0, DUE_MAX).flatMap((key) => {
      const row = this.rows.get(key);
      return row?.kind === "reservation" && at >= row.expiresAt ? [row.id] : [];
    });
    if (due.length + over.length === 0) return null;
    const swept: Command = { ...command, type: "sweep", body: { tasks: due, reservations: over } };
    const judged = judge(this.#load(swept, at), swept, this.#policy, at);
    this.#write(judged);
    return judged;
  }
}

function place(index: readonly string[], key: string): number {
  let [low, high] = [0, index.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((index[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function reindex(index: string[], key: string, there: boolean): void {
  const at = place(index, key);
  if (there) index.splice(at, 0, key);
  else if (index[at] === key) index.splice(at, 1);
}

const NOTHING_SWEPT: RecordedDecision = {
  verdict: "granted",
  code: "sweep.done",
  message: "",
  numbers: {},
  next: [],
  judgedAt: 0,
  policyHash: "first",
};

function refusedAtTheDoor(code: RecordedDecision["code"], request: Request, at: number): Reply {
  const decision: RecordedDecision = { ...NOTHING_SWEPT, verdict: "refused", code };
  return {
    decision: { ...decision, commandId: request.commandId ?? "", workspace: "w", at },
    id: null,
    replayed: false,
  };
}
