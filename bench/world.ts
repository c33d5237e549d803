// A workspace's rows in memory, for measuring the pure core alone: what a store would hold and what intake would make.

import { compilePolicy, DAY_ONE_POLICY, judge, need } from "../src/core/index.ts";
import type { Command, CommandBodies, CommandType, CompiledPolicy, Row } from "../src/core/index.ts";
import { fingerprint, template } from "../src/kernel/index.ts";

export const AT = 1_750_000_000_000;

/** As on day one, but nothing measured meets a limit. */
export const POLICY: CompiledPolicy = compilePolicy(DAY_ONE_POLICY, "0".repeat(64));

export type Asked = { [T in CommandType]: { readonly type: T; readonly body: CommandBodies[T] } }[CommandType];

type As = { readonly kind: "human" | "agent"; readonly actor: string; readonly fence?: number };

let commands = 0;

/** A command as intake makes it, under an id of a length that real ones have. */
export function commandOf(asked: Asked, { kind, actor, fence }: As): Command {
  const number = String((commands += 1)).padStart(12, "0");
  return {
    v: 1,
    workspace: "bench-01234567",
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

export function newTask(title: string, parent: string | null): Asked {
  const work = { kind: "feature", title, text: "", scope: "" };
  const body = {
    task: null,
    title,
    taskKind: "feature",
    text: null,
    state: null,
    parent,
    createdBy: parent,
    assignee: null,
  };
  return { type: "create_task", body: { ...body, fingerprint: fingerprint(work), template: template(title) } };
}

export function step(task: string): Asked {
  const amounts = { costMicros: 12, tokens: 340 };
  return { type: "record_step", body: { task, tool: "bash", call: null, result: null, amounts, handBack: false } };
}

export class World {
  readonly #rows = new Map<string, Row>();

  /** What the store would hand over for these keys; returns how often `need` was asked. */
  load(into: Map<string, Row | null>, command: Command): number {
    for (let round = 1; ; round += 1) {
      const keys = need(into, command, POLICY, AT);
      if (keys.length === 0) return round;
      for (const key of keys) into.set(key, this.#rows.get(key) ?? null);
    }
  }

  loaded(command: Command): Map<string, Row | null> {
    const rows = new Map<string, Row | null>();
    this.load(rows, command);
    return rows;
  }

  /** Runs a command that has to be granted; returns the task it was about. */
  run(asked: Asked, as: As): string {
    const command = commandOf(asked, as);
    const rows = this.loaded(command);
    const { decision, changed } = judge(rows, rows.keys(), command, POLICY, AT);
    if (decision.verdict !== "granted") throw new Error(`${decision.code}: ${decision.message}`);
    for (const [key, row] of changed) this.#rows.set(key, row);
    return String(decision.result?.["task"]);
  }
}
