// The hot half of the command line: `validate FROM TO` in its plain form, and nothing that it does not need, because a
// start costs a millisecond for every 15 KB. Whatever else is asked is handed on, and loaded only then.

import { isTaskState } from "../standalone/index.ts";
import { moveLine } from "./seed/move-line.ts";
import { SEED_NAMES } from "./seed/names.ts";
import { writeLine } from "./seed/write-line.ts";

/** The exit code of a plain `validate`; null for all else, also for one that is wrong. */
function plainMove([command, from, to, ...more]: readonly string[]): number | null {
  if (command !== "validate" || more.length > 0 || !isTaskState(from) || !isTaskState(to)) return null;
  const { prefix, message, legal } = moveLine(from, to);
  const isWritten = writeLine(1, prefix + message);
  return isWritten ? Number(legal !== null) : 2;
}

async function handOn(argv: readonly string[]): Promise<number> {
  const half = SEED_NAMES.includes(argv[0] ?? "") ? await import("./warm.ts") : await import("./full.ts");
  return half.run(argv);
}

function main(argv: readonly string[]): void {
  const exit = plainMove(argv);
  if (exit !== null) process.exitCode = exit;
  else void handOn(argv).then((code) => (process.exitCode = code));
}

main(process.argv.slice(2));
