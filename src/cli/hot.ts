// The hot half of the command line: the four commands of the Python package where no configuration and no store bears on
// the answer. Everything else is the full half's, which is loaded only then.

import { globalsOf } from "./args/global-flags.ts";
import { parseCall } from "./args/parse.ts";
import type { Parsed } from "./args/parse.ts";
import { endingOf } from "./output/faults.ts";
import { seedCommand } from "./seed/commands.ts";
import { defaultContext, mayKnowMore } from "./seed/defaults.ts";
import { withFullFlags } from "./seed/full-flags.ts";
import { shown } from "./seed/seed-command.ts";
import type { SeedCommand } from "./seed/seed-command.ts";
import { writeLine } from "./seed/write-line.ts";

const NO_FLAGS: Parsed["flags"] = { text: () => undefined, on: () => false };
const FAULT = 3;

// Loading the parser costs most of a millisecond, and the plainest calls need none.
function parsed(command: SeedCommand, rest: readonly string[]): Parsed | "help" {
  const isPlain = rest.length === command.args.length && !rest.some((arg) => arg === "" || arg.startsWith("-"));
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
  const given = command.judge(call.args, call.flags, defaultContext(process.env));
  const text = shown(given, globalsOf(call.flags));
  const fault = text === null ? null : writeLine(1, text);
  return fault === null ? given.exit : ended(`exec-kernel: stdout cannot be written (${fault})`, FAULT);
}

function ended(line: string, exit: number): number {
  writeLine(2, line);
  return exit;
}

async function full(argv: readonly string[]): Promise<number> {
  const { run } = await import("./full.ts");
  return run(argv);
}

async function main([name, ...rest]: readonly string[]): Promise<number> {
  const command = seedCommand(name);
  if (command === undefined) return full(name === undefined ? [] : [name, ...rest]);
  const written = withFullFlags(rest, command.flags);
  try {
    const exit = answer(command, written);
    if (exit !== null) return exit;
  } catch (error) {
    const { line, exit } = endingOf(error);
    return ended(line, exit);
  }
  return full([command.name, ...written]);
}

void main(process.argv.slice(2)).then((exit) => {
  process.exitCode = exit;
});
