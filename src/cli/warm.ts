// The four commands of the Python package where no configuration and no store bears on the answer; else the full half
// answers them. Between the hot half and the full one, because the full one takes as long to load as Node takes to start.

import { globalsOf } from "./args/global-flags.ts";
import { parseCall } from "./args/parse.ts";
import type { Parsed } from "./args/parse.ts";
import { endingOf } from "./output/faults.ts";
import { seedCommand } from "./seed/commands.ts";
import { defaultContext, mayKnowMore } from "./seed/defaults.ts";
import { withFullFlags } from "./seed/full-flags.ts";
import { EXIT_MAX, shown } from "./seed/seed-command.ts";
import type { SeedCommand } from "./seed/seed-command.ts";
import { writeLine } from "./seed/write-line.ts";

// Whoever names an agent our way expects more than the Python package's line.
const UNRECORDED = "note: there is no workspace here, so nothing was recorded (exec-kernel init makes one)";

const NO_FLAGS: Parsed["flags"] = { text: () => undefined, on: () => false };

// Loading Node's parser costs most of a millisecond, and the plainest calls need none.
function parsed(command: SeedCommand, rest: readonly string[]): Parsed | "help" {
  const isPlain = rest.length === command.args.length && !rest.some((arg) => arg.trim() === "" || arg.startsWith("-"));
  if (isPlain) return { args: rest, flags: NO_FLAGS };
  return parseCall({ ...command, run: () => full([command.name, ...rest]) }, rest);
}

/** The exit code; null where the full half has to answer. */
function answer(command: SeedCommand, rest: readonly string[]): number | null {
  const call = parsed(command, rest);
  if (call === "help") return null;
  const needs = command.needs(call.flags);
  const isAlone = needs.variables.length === 0 && !needs.store;
  if (!isAlone && mayKnowMore(needs, call.flags, { cwd: process.cwd(), env: process.env })) return null;
  const { exit, ...given } = command.judge(call.args, call.flags, defaultContext(process.env));
  const text = shown(given, globalsOf(call.flags));
  if (text !== null && !writeLine(1, text)) return EXIT_MAX;
  if (command.name === "sleep" && process.env["EXEC_KERNEL_AGENT"] !== undefined) writeLine(2, UNRECORDED);
  return exit;
}

async function full(argv: readonly string[]): Promise<number> {
  const { run } = await import("./full.ts");
  return run(argv);
}

/** Runs one command line (without node and script) and gives its exit code; never throws. */
export async function run([name = "", ...rest]: readonly string[]): Promise<number> {
  const command = seedCommand(name);
  if (command === undefined) return full([name, ...rest]);
  const written = withFullFlags(rest, command.flags);
  try {
    const exit = answer(command, written);
    if (exit !== null) return exit;
  } catch (error) {
    const { line, exit } = endingOf(error);
    writeLine(2, line);
    return Math.min(exit, EXIT_MAX);
  }
  return full([name, ...written]);
}
