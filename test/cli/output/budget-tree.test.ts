// Budgets as lines and as a tree: who lies below whom, which limit is nearest, and that it fits a terminal of 80 columns.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaskRow } from "../../../src/core/index.ts";
import { budgetColumns } from "../../../src/cli/output/budget-lines.ts";
import { budgetNodes, budgetTree } from "../../../src/cli/output/budget-tree.ts";
import { plain } from "../../../src/cli/output/paint.ts";
import { tableLines } from "../../../src/cli/output/table.ts";
import { branchesOf } from "../../../src/cli/output/tree.ts";
import type { BudgetLine, BudgetView } from "../../../src/kernel/index.ts";

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 0, 31, 10);

function line(more: Partial<BudgetLine>): BudgetLine {
  return {
    dimension: "steps",
    window: "lifetime",
    used: 0,
    held: 0,
    limit: null,
    extra: 0,
    remaining: null,
    projectedAt: null,
    ...more,
  };
}

function view(scope: string, ...lines: readonly Partial<BudgetLine>[]): BudgetView {
  return { scope, lines: lines.map(line), handBackSteps: null };
}

/** Only what the tree reads of a task. */
function task(id: string, root: string, path: readonly string[]): Pick<TaskRow, "id" | "root" | "path"> {
  return { id, root, path };
}

test("a tree draws every node once, with its branch, each above what lies below it", () => {
  const below = new Map([
    ["a", ["b", "c"]],
    ["b", ["d"]],
  ]);
  const drawn = branchesOf(["a", "e"], (node) => below.get(node) ?? []).map(({ stem, node }) => stem + node);
  assert.deepEqual(drawn, ["a", "├─ b", "│  └─ d", "└─ c", "e"]);
});

test("the workspace stands above agents and lineages, a task below the nearest one above it that spent", () => {
  const views = ["task/T-3", "lineage/T-1", "workspace", "agent/a-1", "task/T-1"].map((scope) =>
    view(scope, { used: 1 }),
  );
  const rows = [task("T-1", "T-1", []), task("T-2", "T-1", ["T-1"]), task("T-3", "T-1", ["T-1", "T-2"])];
  assert.deepEqual(
    budgetNodes(views, rows).map(({ stem, node }) => stem + node.scope),
    ["workspace", "├─ agent/a-1", "└─ lineage/T-1", "   └─ task/T-1", "      └─ task/T-3"],
  );
});

test("the nearest limit counts what is held and what a human added, and says when it would be full", async () => {
  const cost = { dimension: "costMicros", limit: { soft: 5_000_000, hard: 10_000_000 } };
  const views = [
    view(
      "workspace",
      { used: 4, limit: { soft: null, hard: 100 }, remaining: 96 },
      {
        ...cost,
        window: "day",
        used: 4_000_000,
        held: 1_000_000,
        remaining: 5_000_000,
        projectedAt: NOW + 3 * HOUR_MS,
      },
    ),
    view("agent/a-1", { ...cost, window: "hour", used: 10_000_000, remaining: 0 }),
    view("agent/a-2", { ...cost, used: 10_000_000, extra: 10_000_000, remaining: 10_000_000 }),
    view("agent/a-3", { used: 7 }),
  ];
  const lines = await tableLines(budgetTree(budgetNodes(views, []), "lifetime", NOW, plain), 80, plain);
  assert.deepEqual(
    lines.map((text) => text.split(/ {2,}/)),
    [
      ["SCOPE", "STEPS", "COST", "NEAREST LIMIT", "HELD", "LIMIT", "FULL IN"],
      ["workspace", "4", "$0.00", "cost a day 50%", "$1.00", "$10.00", "3 h"],
      ["├─ agent a-1", "0", "$0.00", "cost an hour 100%", "-", "$10.00", "full"],
      ["├─ agent a-2", "0", "$10.00", "cost 50%", "-", "$10.00 +$10.00", "-"],
      ["└─ agent a-3", "7", "$0.00", "-", "-", "-", "-"],
    ],
  );
  for (const text of lines) assert.ok(text.length <= 80, text);
});

test("a tree in which much was spent on everything fits 100 columns", async () => {
  const cost = { dimension: "costMicros", limit: { soft: null, hard: 600_000_000 } };
  const spent = [
    { used: 12_345 },
    { dimension: "durationMs", used: 19 * HOUR_MS + 59 * 60_000 },
    { ...cost, used: 123_450_000, held: 10_500_000, remaining: 466_050_000, projectedAt: NOW + 47 * HOUR_MS },
    { dimension: "tokens", used: 12_345_678 },
  ];
  const views = ["workspace", "lineage/T-1234", "task/T-1234"].map((scope) => view(scope, ...spent));
  const nodes = budgetNodes(views, [task("T-1234", "T-1234", [])]);
  const lines = await tableLines(budgetTree(nodes, "lifetime", NOW, plain), null, plain);
  for (const text of lines) assert.ok(text.length <= 100, `${text.length}: ${text}`);
  assert.match(lines[1] ?? "", / cost 22% +\$10\.50 +\$600\.00 +47 h$/);
});

test("a scope's lines tell used, held, limits, extensions, what is left and when it would be full", async () => {
  const shown = view(
    "task/T-1",
    { used: 5, held: 1, limit: { soft: 3, hard: 10 }, remaining: 4, projectedAt: NOW + 100 * HOUR_MS },
    {
      dimension: "costMicros",
      window: "hour",
      used: 2_000_000,
      limit: { soft: null, hard: 2_000_000 },
      extra: 500_000,
      remaining: 500_000,
    },
    { dimension: "tokens", used: 1_800 },
    { dimension: "calls", used: 4, limit: { soft: null, hard: 100 }, remaining: 96, projectedAt: NOW + HOUR_MS },
  );
  const columns = budgetColumns({ ...shown, handBackSteps: { used: 3, limit: 3 } }, NOW);
  assert.deepEqual(columns.head, ["BUDGET", "USED", "HELD", "SOFT", "HARD", "LEFT", "FULL IN"]);
  assert.deepEqual(columns.rows, [
    ["steps", "5", "1", "3", "10", "4", "4 days"],
    ["cost an hour", "$2.00", "-", "-", "$2.00 +$0.50", "$0.50", "-"],
    ["tokens", "1,800", "-", "-", "-", "-", "-"],
    ["calls", "4", "-", "-", "100", "96", "-"],
    ["hand-back steps", "3", "-", "-", "3", "0", "full"],
  ]);
  for (const text of await tableLines(columns, 80, plain)) assert.ok(text.length <= 80, text);
});
