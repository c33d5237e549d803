// Scopes: what budgets and halts are for. Written task/T-1, lineage/T-1, agent/a-2 or workspace.

import type { ScopeKind } from "./policy.ts";
import type { TaskRow } from "./rows/task-row.ts";

export const WORKSPACE_SCOPE = "workspace";

export type Scope = { readonly kind: ScopeKind; readonly id: string };

/** The scope that a text names; null where it names none. */
export function parseScope(text: string): Scope | null {
  if (text === WORKSPACE_SCOPE) return { kind: "workspace", id: "" };
  const found = /^(task|lineage|agent)\/(.+)$/s.exec(text);
  const [, kind, id = ""] = found ?? [];
  return kind === "task" || kind === "lineage" || kind === "agent" ? { kind, id } : null;
}

/** The kind of a scope that the kernel itself wrote: its first letter tells. */
export function scopeKind(scope: string): ScopeKind {
  if (scope.startsWith("t")) return "task";
  if (scope.startsWith("l")) return "lineage";
  return scope.startsWith("a") ? "agent" : "workspace";
}

const AGENT = "agent:";

/** The scope of an actor's spending; only agents have one. */
export function agentScope(actor: string | null): readonly string[] {
  return actor?.startsWith(AGENT) === true ? ["agent/" + actor.slice(AGENT.length)] : [];
}

/** The roots whose lineages a task is charged to. */
export function rootsOf({ root, originRoot }: Pick<TaskRow, "root" | "originRoot">): readonly string[] {
  return originRoot === root ? [root] : [root, originRoot];
}

/** Every scope that work on this task by this actor is charged to: itself, its lineage, the lineage it came from. */
export function scopesOf(row: Pick<TaskRow, "id" | "root" | "originRoot">, actor: string | null): readonly string[] {
  const own = ["task/" + row.id, "lineage/" + row.root];
  if (row.originRoot !== row.root) own.push("lineage/" + row.originRoot);
  return [...own, ...agentScope(actor), WORKSPACE_SCOPE];
}
