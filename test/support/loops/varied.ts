// Loops whose arguments are other ones at each turn: numbers, paths and ids, and what comes of it is always the same.

import { called, failed, shell } from "./act.ts";
import type { Act } from "./act.ts";
import type { Loop } from "./loop.ts";
import type { Dice } from "./project.ts";

type MakeVaried = (by: Dice, within: number) => Loop;

function varied(make: (by: Dice, number: number) => Act): MakeVaried {
  return (by, within) => {
    const first = by.dice.below(5_000);
    return { lead: [], at: (place) => make(by, first + place * 3), within };
  };
}

/** Calls that fail: a guess at a number, a path, an id. */
export const VARIED_ERRORS: readonly MakeVaried[] = [
  varied((_, number) => failed("Read", { file_path: `/repo/data/part-${number}.txt` }, "File does not exist.")),
  varied((_, number) => failed("mcp__crm__get_user", { user_id: `user_${number}` }, "Error: user not found")),
  varied(({ noise }) => failed("mcp__crm__get_order", { order: noise.uuid() }, "404 Not Found")),
  varied(({ noise }, number) =>
    failed(
      "Bash",
      { command: `./bin/login --port ${number}`, description: noise.about() },
      "error: connection refused",
    ),
  ),
  varied((_, number) =>
    failed(
      "Edit",
      { file_path: `/repo/src/m${number}.ts`, old_string: "a", new_string: "b" },
      "String to replace not found in file.",
    ),
  ),
];

/** Looks that find nothing. */
export const VARIED_EMPTY: readonly MakeVaried[] = [
  varied((_, number) => called("Grep", { pattern: "TODO", path: `/repo/logs/run-${number}` }, "No matches found")),
  varied((_, number) => called("Glob", { pattern: `/repo/out/${number}/report.csv` }, "No files found")),
  varied(({ noise }, number) => shell(`ls data/batch-${number}`, noise.about(), "")),
  varied(({ noise }, number) => shell(`grep -c error logs/worker-${number}.log`, noise.about(), "0")),
  varied(({ noise }) => called("mcp__crm__search_orders", { customer: noise.uuid() }, "[]")),
];
