// Budgets as a tree: the workspace, its agents and its lineages, and in a lineage the tasks that spent. Each line shows
// what its scope used, and of the limit it is nearest to how much is gone and held, the limit, and when it would be hit.

import { scopeKind } from "../../core/index.ts";
import type { TaskRow, Window } from "../../core/index.ts";
import type { BudgetLine, BudgetView } from "../../kernel/index.ts";
import { fullIn, hardLimit, lineName } from "./budget-lines.ts";
import type { Paint } from "./paint.ts";
import type { Columns } from "./table.ts";
import { amountOf, dimensionName } from "./text.ts";
import { branchesOf } from "./tree.ts";
import type { Branch } from "./tree.ts";

const SHOWN = ["steps", "durationMs", "costMicros", "tokens"] as const;
const WORKSPACE = "workspace";

/** Where a task stands. */
type Placed = Pick<TaskRow, "id" | "root" | "path">;

/** A task's scope lies below the nearest task above it that spent too, else below its lineage. */
function aboveTask(task: Placed, spent: ReadonlySet<string>): string {
  const near = task.path.findLast((id) => spent.has(`task/${id}`));
  return near === undefined ? `lineage/${task.root}` : `task/${near}`;
}

function aboveOf(scope: string, tasks: ReadonlyMap<string, Placed>, spent: ReadonlySet<string>): string | null {
  const kind = scopeKind(scope);
  if (kind === "workspace") return null;
  const task = kind === "task" ? tasks.get(scope.slice("task/".length)) : undefined;
  const above = task === undefined ? WORKSPACE : aboveTask(task, spent);
  return spent.has(above) ? above : null;
}

/** The scopes under each other: agents before lineages, everything else in the order it came. */
export function budgetNodes(views: readonly BudgetView[], rows: readonly Placed[]): readonly Branch<BudgetView>[] {
  const tasks = new Map(rows.map((row) => [row.id, row]));
  const spent = new Set(views.map(({ scope }) => scope));
  const below = new Map<string | null, BudgetView[]>();
  const place = (view: BudgetView): void => {
    const above = aboveOf(view.scope, tasks, spent);
    below.set(above, [...(below.get(above) ?? []), view]);
  };
  const isAgent = ({ scope }: BudgetView): boolean => scopeKind(scope) === "agent";
  for (const view of views) if (isAgent(view)) place(view);
  for (const view of views) if (!isAgent(view)) place(view);
  return branchesOf(below.get(null) ?? [], ({ scope }) => below.get(scope) ?? []);
}

function share({ used, held, limit, extra }: BudgetLine): number {
  const hard = (limit?.hard ?? 0) + extra;
  return hard === 0 ? 1 : (used + held) / hard;
}

const NEAREST = ["NEAREST LIMIT", "HELD", "LIMIT", "FULL IN"] as const;

/** The limit that most of is gone, such as `cost a day 45%`, what is held of it, the limit itself, and `3 h`. */
function nearest(lines: readonly BudgetLine[], now: number, paint: Paint): readonly string[] {
  const [first] = lines.filter(({ limit }) => limit !== null).toSorted((a, b) => share(b) - share(a));
  if (first === undefined) return NEAREST.map(() => "-");
  const { dimension, used, held, limit } = first;
  const full = fullIn(first, now) || "-";
  const soft = limit?.soft ?? null;
  const calm = soft !== null && used > soft ? "yellow" : "dim";
  return [
    paint(full === "full" ? "red" : calm, `${lineName(first)} ${Math.floor(100 * share(first))}%`),
    held === 0 ? "-" : amountOf(dimension, held),
    hardLimit(first),
    full,
  ];
}

/** What a scope is called in a tree: a task by its id, everything else by kind and id. */
function nameOf(scope: string): string {
  return scopeKind(scope) === "task" ? scope.slice("task/".length) : scope.replace("/", " ");
}

function usedIn(lines: readonly BudgetLine[], dimension: string, window: Window): number {
  return lines.find((line) => line.dimension === dimension && line.window === window)?.used ?? 0;
}

/** The tree as columns; amounts are those of one window. */
export function budgetTree(nodes: readonly Branch<BudgetView>[], window: Window, now: number, paint: Paint): Columns {
  const shown = SHOWN.filter((dimension) => nodes.some(({ node: { lines } }) => usedIn(lines, dimension, window) > 0));
  const rows = nodes.map(({ node: { scope, lines }, stem }) => [
    stem + paint("bold", nameOf(scope)),
    ...shown.map((dimension) => amountOf(dimension, usedIn(lines, dimension, window))),
    ...nearest(lines, now, paint),
  ]);
  return { head: ["SCOPE", ...shown.map((name) => dimensionName(name).toUpperCase()), ...NEAREST], rows };
}
