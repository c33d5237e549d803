// A workspace's rows in memory, for measuring the pure core alone: what a store would hold and what intake would make.

import { compilePolicy, DAY_ONE_POLICY, HEAD_KEY, judge, need, RULES } from "../src/core/index.ts";
import type {
  Call,
  Command,
  CommandBodies,
  CommandType,
  CompiledPolicy,
  Event,
  Mode,
  Row,
  Rows,
} from "../src/core/index.ts";
import { decodeRow, encodeRow, fingerprint, keyed, template } from "../src/kernel/index.ts";

export const AT = 1_750_000_000_000;

export const WORKSPACE = "bench-01234567";

const enforced = RULES.filter((rule) => rule.fixed !== true).map((rule): [string, Mode] => [rule.name, "enforce"]);

/** The limits of day one, and every rule refuses. */
export const POLICY: CompiledPolicy = compilePolicy(
  { ...DAY_ONE_POLICY, modes: Object.fromEntries(enforced) },
  "0".repeat(64),
);

export type Asked = { [T in CommandType]: { readonly type: T; readonly body: CommandBodies[T] } }[CommandType];

type As = { readonly kind: "human" | "agent"; readonly actor: string; readonly fence?: number };

let commands = 0;

/** A command as intake makes it, under an id of a length that real ones have. */
export function commandOf(asked: Asked, { kind, actor, fence }: As): Command {
  const number = String((commands += 1)).padStart(12, "0");
  return {
    v: 1,
    workspace: WORKSPACE,
    commandId: `01980000-0000-7000-8000-${number}`,
    actor,
    kind,
    proven: kind === "human",
    run: null,
    fence: fence ?? null,
    digest: number.padStart(32, "0"),
    ...asked,
  };
}

/** Says of a new task what the admission rule wants to hear. */
const ADMISSION = {
  consumer: "the release team",
  painPoint: "the parser rejects valid files",
  expectedValue: "one upload in ten works again",
  validationPath: "npm test passes on the corpus",
  originCategory: null,
  originEvidence: null,
};

export function newTask(title: string, parent: string | null, taskKind = "feature"): Asked {
  const work = { kind: taskKind, title, text: "", scope: "" };
  return {
    type: "create_task",
    body: {
      task: null,
      title,
      taskKind,
      text: null,
      state: null,
      parent,
      createdBy: parent,
      assignee: null,
      priority: 2,
      needs: [],
      blockedBy: [],
      limits: {},
      deadlineAt: null,
      admission: ADMISSION,
      fingerprint: fingerprint(work),
      template: template(title),
    },
  };
}

const AMOUNTS = { costMicros: 12, tokens: 340 };

let looks = 0;

const digest = (what: string): string => keyed("0".repeat(64), `${what} ${(looks += 1)}`);
const SHAPE = digest("look");

/** A look at something else each time, of one shape: the detectors have to judge it, and find nothing. */
const looking = (): Call => ({
  digest: digest("c"),
  shape: SHAPE,
  command: "git show",
  class: "observe",
  watches: false,
});

export function step(task: string): Asked {
  const body = { task, tool: "bash", call: looking(), amounts: AMOUNTS, handBack: false };
  return { type: "record_step", body: { ...body, result: digest("r"), failed: false } };
}

const reserving = (task: string): CommandBodies["reserve_step"] => ({
  task,
  tool: "bash",
  call: looking(),
  amounts: AMOUNTS,
  started: true,
  handBack: false,
});

export function reserve(task: string): Asked {
  return { type: "reserve_step", body: reserving(task) };
}

/** Settles one step and reserves the next, where there is a task to do so on. */
export function settle(reservation: string, task: string | null): Asked {
  const body = { reservation, result: digest("r"), failed: false, amounts: { costMicros: 9, tokens: 300 } };
  return { type: "settle_step", body: { ...body, next: task === null ? null : reserving(task) } };
}

/** What a granted command left behind. */
export type Done = {
  readonly result: { readonly [name: string]: unknown };
  readonly events: readonly Event[];
  readonly changed: ReadonlyMap<string, Row | null>;
};

/** Asks `need` until it is content, and loads what it names from `source`; returns what was loaded. */
export function find(
  source: Rows,
  command: Command,
  at: number = AT,
  policy: CompiledPolicy = POLICY,
): Map<string, Row | null> {
  const rows = new Map<string, Row | null>();
  for (;;) {
    const keys = need(rows, command, policy, at);
    if (keys.length === 0) return rows;
    for (const key of keys) rows.set(key, source.get(key) ?? null);
  }
}

export class World implements Rows {
  /** As a store keeps them: whoever loads a row gets one that nobody has touched yet. */
  readonly #rows = new Map<string, string>();
  readonly #policy: CompiledPolicy;
  #at: number;

  constructor(at: number = AT, policy: CompiledPolicy = POLICY) {
    this.#at = at;
    this.#policy = policy;
  }

  /** Time goes on. */
  pass(durationMs: number): void {
    this.#at += durationMs;
  }

  get(key: string): Row | null {
    const bytes = this.#rows.get(key);
    return bytes === undefined ? null : decodeRow(bytes, key);
  }

  put(key: string, row: Row | null): void {
    if (row === null) this.#rows.delete(key);
    else this.#rows.set(key, encodeRow(row));
  }

  /** Runs a command that has to be granted. */
  run(asked: Asked, as: As): Done {
    const command = commandOf(asked, as);
    const { decision, events, changed } = judge(
      find(this, command, this.#at, this.#policy),
      command,
      this.#policy,
      this.#at,
    );
    if (decision.verdict !== "granted") throw new Error(`${decision.code}: ${decision.message}`);
    for (const [key, row] of changed) this.put(key, row);
    return { result: decision.result ?? {}, events, changed };
  }

  /** Forgets all rows but the head: what comes next has nothing to do with what was. */
  forget(): void {
    for (const key of this.#rows.keys()) if (key !== HEAD_KEY) this.#rows.delete(key);
  }
}
