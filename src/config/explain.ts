// A policy as the file that proposes it: what `init` shows before it writes and `policy show` prints.

import { DEFAULT_LIFECYCLE } from "../core/index.ts";
import type { LifecycleTable, Limit, Policy } from "../core/index.ts";
import { canonicalPolicy } from "./canonical.ts";
import { formatDecimal } from "./decimal.ts";
import { DIMENSIONS, inDimensionOrder, policyDimension } from "./dimensions.ts";
import { keyAt } from "./keys.ts";
import { taskLimitPath } from "./limits.ts";
import { completeModes } from "./resolve-policy.ts";

const COMMENT_COLUMN = 48;
// A terminal shows what `init` prints: what does not print, or turns the reading direction, is written as an escape.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** One line of YAML at a depth, with a comment from a common column on. */
type Line = { readonly depth: number; readonly text: string; readonly comment?: string };

/** The whole policy as commented YAML. Loaded again it proposes the same policy, its own lifecycle table aside. */
export function explainPolicy(policy: Policy): string {
  const { lifecycle, lineage, budget, modes } = canonicalPolicy(policy);
  const lines: Line[] = [
    { depth: 0, text: "# soft warns, hard refuses; a bare number is a hard limit alone" },
    ...lifecycleLines(lifecycle),
    { depth: 0, text: "lineage:" },
    limitLine(1, "lineage.depth", lineage.depth, 0),
    limitLine(1, "lineage.children", lineage.children, 0),
    limitLine(1, "lineage.descendants", lineage.descendants, 0),
    keyLine(1, "lineage.templates_per_day", String(lineage.templatesPerDay)),
    keyLine(1, "lineage.duplicate_window_seconds", formatDecimal(lineage.duplicateWindowMs, 3)),
    keyLine(1, "lineage.root_agents", `[${lineage.rootAgents.map(quotedName).join(", ")}]`),
    { depth: 0, text: "budget:" },
    { depth: 1, text: "task:" },
    ...taskLines(budget.task),
    keyLine(1, "budget.hand_back_steps", String(budget.handBackSteps)),
    { depth: 0, text: "rules:" },
    ...Object.entries(completeModes(modes)).map(([rule, mode]) => ({ depth: 1, text: `${rule}: ${mode}` })),
  ];
  return lines.map(lineText).join("");
}

function quotedName(name: string): string {
  return JSON.stringify(name).replace(
    UNPRINTABLE,
    (one) => `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`,
  );
}

function lineText({ depth, text, comment }: Line): string {
  const start = "  ".repeat(depth) + text;
  return comment === undefined ? `${start}\n` : `${start.padEnd(COMMENT_COLUMN)} # ${comment}\n`;
}

/** A table of the policy's own has no form in a file yet; a reader must not take the default for it. */
function lifecycleLines(table: LifecycleTable): readonly Line[] {
  if (JSON.stringify(table) === JSON.stringify(DEFAULT_LIFECYCLE)) return [];
  return [
    {
      depth: 0,
      text: `# lifecycle: a table of its own with ${table.states.length} states, which this form leaves out`,
    },
  ];
}

function keyLine(depth: number, path: string, value: string): Line {
  const text = `${path.slice(path.lastIndexOf(".") + 1)}: ${value}`;
  const about = keyAt(path)?.about;
  return about === undefined ? { depth, text } : { depth, text, comment: about };
}

function limitLine(depth: number, path: string, { soft, hard }: Limit, places: number): Line {
  const most = formatDecimal(hard, places);
  return keyLine(depth, path, soft === null ? most : `{ soft: ${formatDecimal(soft, places)}, hard: ${most} }`);
}

/** Known dimensions without a limit are said too: one that was left out would come back from day one. */
function taskLines(limits: Policy["budget"]["task"]): readonly Line[] {
  const names = inDimensionOrder([...DIMENSIONS.map(({ policy }) => policy), ...Object.keys(limits)]);
  return names.map((name) => {
    const limit = limits[name];
    const path = taskLimitPath(name);
    return limit === undefined ? keyLine(2, path, "none") : limitLine(2, path, limit, policyDimension(name).places);
  });
}
