// The rows of one file's tasks, in memory, and the one way to change them: a fact, judged by the kernel's own rules.
// Nothing is written anywhere; the world is forgotten when the file ends.

import { judge } from "../core/index.ts";
import type { Command, CommandBodies, CompiledPolicy, Finding, Row, Rows, TaskRow } from "../core/index.ts";

export type FactBody = CommandBodies["record_fact"];

/** No agent sleeps in a foreign file, so no row can fall due. */
const NOTHING_FOUND: readonly Finding[] = [];
const NO_LINE: readonly string[] = [];

const TASK_PREFIX = "task/";

export class World implements Rows {
  /** Task rows by id: the id is in the row already, and a million keys of their own are seventy megabytes. */
  readonly #tasks: Map<string, TaskRow> = new Map();
  readonly #rows: Map<string, Row> = new Map();
  /** One copy of each name that thousands of rows repeat. */
  readonly #names: Map<string, string> = new Map();
  readonly #policy: CompiledPolicy;
  #atMs = 0;
  #told = 0;

  constructor(policy: CompiledPolicy) {
    this.#policy = policy;
  }

  /** INVARIANT: never undefined; a total view has no row that was not loaded. */
  get(key: string): Row | null {
    if (key.startsWith(TASK_PREFIX)) return this.#tasks.get(key.slice(TASK_PREFIX.length)) ?? null;
    return this.#rows.get(key) ?? null;
  }

  /** A task as told so far, or null. */
  task(id: string): TaskRow | null {
    return this.#tasks.get(id) ?? null;
  }

  /**
   * Tells one fact and gives what the rules found. The rules judge it at the time it happened; the world's own time
   * only never goes back.
   */
  tell(body: FactBody): readonly Finding[] {
    this.#told += 1;
    this.#atMs = Math.max(this.#atMs, body.occurredAt);
    const { decision, changed } = judge(this, command(body, this.#told), this.#policy, this.#atMs);
    if (decision.verdict === "refused") throw new Error(`a fact was refused: ${decision.code}`);
    for (const [key, row] of changed) if (row !== null) this.#keep(key, row);
    return decision.wouldHave ?? NOTHING_FOUND;
  }

  #keep(key: string, row: Row): void {
    if (row.kind === "task") this.#tasks.set(row.id, this.#tasks.has(row.id) ? row : this.#lean(row));
    // What a grant remembers of its command serves a caller who repeats it; a file repeats nothing.
    else if (row.kind !== "command") this.#rows.set(key, row);
  }

  /** A new row without copies of what others hold already; folding passes these on to the rows that follow it. */
  #lean(row: TaskRow): TaskRow {
    return {
      ...row,
      taskKind: this.#name(row.taskKind),
      author: this.#name(row.author),
      assignee: row.assignee === null ? null : this.#name(row.assignee),
      path: row.path.length === 0 ? NO_LINE : row.path,
      origins: row.origins.length === 0 ? NO_LINE : row.origins,
    };
  }

  #name(name: string): string {
    const known = this.#names.get(name);
    if (known === undefined) this.#names.set(name, name);
    return known ?? name;
  }
}

function command(body: FactBody, number: number): Command {
  return {
    v: 1,
    workspace: "audit",
    commandId: String(number),
    actor: "audit",
    kind: "harness",
    proven: true,
    run: null,
    fence: null,
    digest: "",
    type: "record_fact",
    body,
  };
}
