// Help, drawn from the command table: the list of all commands, of a group, and one command with its flags, examples
// and exit codes.

import { GLOBAL_FLAGS } from "./args/global-flags.ts";
import { argsLine } from "./args/parse.ts";
import type { CommandSpec, FlagSpecs } from "./args/spec.ts";
import type { Section } from "./commands/index.ts";
import type { Paint } from "./output/paint.ts";
import { VERSION } from "./version.ts";

const NAME_WIDTH = 30;
const TEXT_WIDTH = 100;

const EXITS: readonly string[] = [
  "0 granted",
  "1 refused, final",
  "2 usage or configuration",
  "3 a fault: no decision was made",
  "4 refused, later it may pass",
  "5 refused, a human is needed",
];

function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent.length + line.length + word.length + 1 > TEXT_WIDTH) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, indent + line];
}

function two(left: string, right: string): readonly string[] {
  const indent = "  ".padEnd(NAME_WIDTH + 2);
  const [first = "", ...rest] = wrapped(right, indent);
  return left.length >= NAME_WIDTH
    ? [`  ${left}`, first, ...rest]
    : [`  ${left.padEnd(NAME_WIDTH)}${first.slice(indent.length)}`, ...rest];
}

function flagLines(flags: FlagSpecs): readonly string[] {
  return Object.entries(flags).flatMap(([name, { value, short, about }]) => {
    const before = short === undefined ? "    " : `-${short}, `;
    return two(`${before}--${name}${value === undefined ? "" : ` ${value}`}`, about);
  });
}

function usage({ name, args, flags }: CommandSpec): string {
  const own = Object.keys(flags).length > 0 ? " [flags]" : "";
  return `exec-kernel ${name} ${argsLine(args)}`.trimEnd() + own;
}

/** Help of one command. */
export function commandHelp(spec: CommandSpec, paint: Paint): string {
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ["", paint("bold", title), ...lines];
  const lines = [
    `${spec.name}: ${spec.summary}`,
    ...part("usage", [`  ${usage(spec)}`]),
    ...(spec.about === undefined ? [] : ["", ...wrapped(spec.about.join(" "), "  ")]),
    ...part("flags", flagLines(spec.flags)),
    ...part("flags of every command", flagLines(GLOBAL_FLAGS)),
    ...part(
      "examples",
      spec.examples.map((example) => `  ${example}`),
    ),
    ...part(
      "exit codes",
      (spec.exits ?? EXITS).map((exit) => `  ${exit}`),
    ),
  ];
  return lines.join("\n");
}

function sectionLines({ title, commands }: Section, paint: Paint): readonly string[] {
  return [
    "",
    paint("bold", title),
    ...commands.flatMap((spec) => two(`${spec.name} ${argsLine(spec.args)}`.trimEnd(), spec.summary)),
  ];
}

/** Help of the commands that share a first word. */
export function groupHelp(group: string, commands: readonly CommandSpec[], paint: Paint): string {
  return [
    `exec-kernel ${group} COMMAND`,
    ...sectionLines({ title: "commands", commands }, paint),
    "",
    `exec-kernel ${group} COMMAND --help tells more`,
  ].join("\n");
}

/** Help of everything. */
export function mainHelp(sections: readonly Section[], paint: Paint): string {
  return [
    `exec-kernel ${VERSION}: a deterministic referee between agents and the work they create`,
    "",
    paint("bold", "usage"),
    "  exec-kernel COMMAND [arguments] [flags]",
    ...sections.flatMap((section) => sectionLines(section, paint)),
    "",
    paint("bold", "flags of every command"),
    ...flagLines(GLOBAL_FLAGS),
    "",
    paint("bold", "environment"),
    ...two("EXEC_KERNEL_AGENT", "who acts: this agent; unset, whoever can read the human key is the human"),
    ...two("EXEC_KERNEL_RUN, _FENCE", "the run that commands belong to; the fence of your claim"),
    ...two("EXEC_KERNEL_WORKSPACE, _STORE", "as --workspace and --store"),
    ...two("EXEC_KERNEL_HOME", "one folder for state and keys, instead of your state and config folders"),
    ...two("EXEC_KERNEL_CONFIG", "the configuration file"),
    ...two("EXEC_KERNEL_HISTORY", "a file that every command and its answer is appended to"),
    "",
    paint("bold", "exit codes"),
    ...EXITS.map((exit) => `  ${exit}`),
    "",
    "exec-kernel COMMAND --help shows flags and examples of one command",
  ].join("\n");
}
