// The full half of the command line: everything but the hot commands. Finds the command, reads its flags, runs it, and
// turns whatever goes wrong into one line and an exit code.

import { commandNamed, findWords, groupsOf, subcommandsOf } from "./args/find-command.ts";
import { globalsOf } from "./args/global-flags.ts";
import { parseCall } from "./args/parse.ts";
import type { CommandSpec } from "./args/spec.ts";
import { UsageError } from "./args/usage.ts";
import { COMMANDS, SECTIONS } from "./commands/index.ts";
import { commandHelp, groupHelp, mainHelp } from "./help.ts";
import { endingOf } from "./output/faults.ts";
import { processIo } from "./output/io.ts";
import type { Io } from "./output/io.ts";
import { paintFor } from "./output/paint.ts";
import { SEED_SPECS } from "./seed/index.ts";
import { VERSION } from "./version.ts";

function isHelp(arg: string): boolean {
  return arg === "--help" || arg === "-h";
}

/** No command, a group alone, or `help X`: what to show instead of running; null where a command is to run. */
function helpFor(words: readonly string[], rest: readonly string[], io: Io): string | null {
  const paint = paintFor(io.out, io.env, rest.includes("--no-color"));
  const [first, second] = words;
  if (first === undefined) return rest.some(isHelp) ? mainHelp(SECTIONS, paint) : null;
  // A first word that is a command by itself has help of its own.
  const isGroup = groupsOf(COMMANDS).includes(first) && !COMMANDS.some(({ name }) => name === first);
  if (second !== undefined || !isGroup || !rest.some(isHelp)) return null;
  return groupHelp(first, subcommandsOf(COMMANDS, first), paint);
}

async function runCommand(spec: CommandSpec, rest: readonly string[], io: Io): Promise<number> {
  const parsed = parseCall(spec, rest);
  const noColour = parsed !== "help" && parsed.flags.on("no-color");
  const paint = paintFor(io.out, io.env, noColour);
  if (parsed === "help") {
    io.out.line(commandHelp(spec, paint));
    return 0;
  }
  const globals = globalsOf(parsed.flags);
  return spec.run({ ...parsed, command: spec.name, globals, io, paint, paintErr: paintFor(io.err, io.env, noColour) });
}

/** The place of the word `help` where it stands for the command; null where it does not. */
function helpWord(argv: readonly string[]): number | null {
  return findWords(argv, COMMANDS).words[0] === "help" ? argv.indexOf("help") : null;
}

/** Scripts written for the Python package know no other exit codes: a fault is a usage error's 2 to them. */
const SEED_EXIT_MAX = 2;

/** Started by the demo alone, for its processes; in no help. */
const DEMO_WORKER = "demo-worker";

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  if (argv[0] === DEMO_WORKER) return (await import("./demo/index.ts")).runDemoWorker();
  // `help X` is `X --help`, also among flags.
  const at = helpWord(argv);
  const asked = at === null ? argv : [...argv.slice(0, at), ...argv.slice(at + 1), "--help"];
  const { words, rest } = findWords(asked, COMMANDS);
  const help = helpFor(words, rest, io);
  if (help !== null) {
    io.out.line(help);
    return 0;
  }
  if (words.length > 0) return runCommand(commandNamed(words, COMMANDS), rest, io);
  if (rest.includes("--version") || rest.includes("-V")) {
    io.out.line(VERSION);
    return 0;
  }
  const stray = rest[0];
  throw new UsageError(
    stray === undefined ? "no command: see exec-kernel --help" : `no command after ${stray}: see exec-kernel --help`,
  );
}

/** The last resort: whatever was thrown becomes one line on stderr. */
function tellEnding(error: unknown, io: Io): number {
  const { line, exit } = endingOf(error);
  try {
    io.err.line(line);
    if ((io.env["EXEC_KERNEL_DEBUG"] ?? "") === "1" && error instanceof Error) io.err.line(error.stack ?? "");
  } catch {
    // Nobody is left to be told; the exit code still says it.
  }
  return exit;
}

function isSeed(argv: readonly string[]): boolean {
  const [name] = findWords(argv, COMMANDS).words;
  return SEED_SPECS.some((spec) => spec.name === name);
}

/** Runs one command line (without node and script) and gives its exit code; never throws. */
export async function run(argv: readonly string[]): Promise<number> {
  const io = processIo();
  process.once("uncaughtException", (error) => process.exit(tellEnding(error, io)));
  try {
    return await dispatch(argv, io);
  } catch (error) {
    const exit = tellEnding(error, io);
    return isSeed(argv) ? Math.min(exit, SEED_EXIT_MAX) : exit;
  }
}
