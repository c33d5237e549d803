// A world of rows in memory for tests of the pure core: no store, no hashes, a clock that the test turns.

import { compilePolicy, DAY_ONE_POLICY, judge, need, NEED_ROUNDS_MAX } from "../../src/core/index.ts";
import type {
  ActorKind,
  Command,
  CommandBodies,
  CommandType,
  CompiledPolicy,
  Event,
  Judged,
  Policy,
  Row,
  Rows,
} from "../../src/core/index.ts";

export type As = {
  readonly kind?: ActorKind;
  readonly actor?: string;
  readonly fence?: number | null;
  readonly run?: string | null;
  readonly commandId?: string;
};

export type Kinds = { [T in CommandType]: { readonly type: T; readonly body: CommandBodies[T] } }[CommandType];

/** Builds a command as intake would; its digest is its body. */
export function commandOf(asked: Kinds, as: As, id: string): Command {
  const { kind = "human", actor = "ada", fence = null, run = null, commandId = id } = as;
  return {
    v: 1,
    workspace: "w",
    commandId,
    actor,
    kind,
    proven: true,
    run,
    fence,
    digest: JSON.stringify(asked.body),
    ...asked,
  };
}

/** An agent, for `world.run(..., agent("a-1"))`. */
export function agent(actor: string, fence: number | null = null): As {
  return { kind: "agent", actor, fence };
}

export const harness: As = { kind: "harness", actor: "audit" };

let works = 0;

/** The body of a new task, other work each time; name only what the test is about. */
export function newTask(body: Partial<CommandBodies["create_task"]> = {}): CommandBodies["create_task"] {
  const title = body.title ?? "write the parser";
  return {
    task: null,
    title,
    taskKind: "feature",
    text: null,
    state: null,
    parent: null,
    createdBy: null,
    assignee: null,
    priority: 2,
    needs: [],
    blockedBy: [],
    limits: {},
    deadlineAt: null,
    admission: null,
    fingerprint: `f-${(works += 1)}`,
    template: `t-${title}`,
    ...body,
  };
}

export function fact(
  body: Partial<CommandBodies["record_fact"]> & { readonly task: string; readonly to: string },
): CommandBodies["record_fact"] {
  const { task } = body;
  return {
    from: null,
    occurredAt: 0,
    title: task,
    taskKind: "task",
    parent: null,
    createdBy: null,
    author: null,
    assignee: null,
    fingerprint: `f-${task}`,
    template: `t-${task}`,
    ...body,
  };
}

export function step(task: string, body: Partial<CommandBodies["record_step"]> = {}): CommandBodies["record_step"] {
  return { task, tool: null, call: null, result: null, failed: false, amounts: {}, handBack: false, ...body };
}

export class World implements Rows {
  readonly rows: Map<string, Row> = new Map();
  readonly log: Event[] = [];
  policy: CompiledPolicy;
  at = 1_700_000_000_000;
  #commands = 0;

  constructor(policy: Policy = DAY_ONE_POLICY) {
    this.policy = compilePolicy(policy, "test");
  }

  get(key: string): Row | null {
    return this.rows.get(key) ?? null;
  }

  /** Loads by `need` exactly what the command asks for, so that a missing need throws as it would in a kernel. */
  load(command: Command): Map<string, Row | null> {
    const loaded = new Map<string, Row | null>();
    for (let round = 0; round <= NEED_ROUNDS_MAX; round += 1) {
      const keys = need(loaded, command, this.policy, this.at);
      if (keys.length === 0) return loaded;
      for (const key of keys) loaded.set(key, this.get(key));
    }
    throw new Error("need does not come to an end");
  }

  judge(command: Command): Judged {
    const loaded = this.load(command);
    return judge(loaded, command, this.policy, this.at);
  }

  run(asked: Kinds, as: As = {}): Judged["decision"] {
    this.#commands += 1;
    const judged = this.judge(commandOf(asked, as, `c-${this.#commands}`));
    for (const [key, row] of judged.changed) {
      if (row === null) this.rows.delete(key);
      else this.rows.set(key, row);
    }
    this.log.push(...judged.events);
    return judged.decision;
  }

  /** Creates a task as a human and returns its id. */
  task(body: Partial<CommandBodies["create_task"]> = {}): string {
    const decision = this.run({ type: "create_task", body: newTask(body) });
    if (decision.verdict === "refused") throw new Error(`${decision.code}: ${decision.message}`);
    return String(decision.result?.["task"]);
  }

  /** Creates a task and lets this agent claim it. */
  held(by: string, body: Partial<CommandBodies["create_task"]> = {}): string {
    const id = this.task(body);
    const decision = this.run({ type: "claim_task", body: { task: id } }, agent(by));
    if (decision.verdict === "refused") throw new Error(`${decision.code}: ${decision.message}`);
    return id;
  }

  /** The decision's code, or the code it was refused with. */
  code(asked: Kinds, as: As = {}): string {
    return this.run(asked, as).code;
  }
}
