// completion: a script that teaches a shell the commands and flags of the command table.

import { groupsOf } from "../args/find-command.ts";
import { GLOBAL_FLAGS } from "../args/global-flags.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec, FlagSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { quoted } from "../args/words.ts";

type Table = readonly CommandSpec[];

const SHELLS = ["bash", "zsh", "fish"] as const;

/** What may follow each beginning of a command line: subcommands, or flags. */
function choices(table: Table): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, string[]>([["", []]]);
  const add = (path: string, word: string): void => {
    const words = out.get(path) ?? [];
    if (!words.includes(word)) words.push(word);
    out.set(path, words);
  };
  for (const { name, flags } of table) {
    const [first = "", second] = name.split(" ");
    add("", first);
    if (second !== undefined) add(first, second);
    for (const flag of Object.keys({ ...flags, ...GLOBAL_FLAGS })) add(name, `--${flag}`);
  }
  return out;
}

function bash(table: Table): string {
  // The longer name first: a shell takes the first case that fits.
  const longestFirst = [...choices(table)].toSorted(([a], [b]) => b.split(" ").length - a.split(" ").length);
  const cases = longestFirst.map(
    ([path, words]) =>
      `    "${path}"${words.some((word) => word.startsWith("--")) ? '|"' + path + ' "*' : ""}) choices="${words.join(" ")}" ;;`,
  );
  return [
    "_exec_kernel() {",
    '  local cur="${COMP_WORDS[COMP_CWORD]}" path="" word choices=""',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "$word" in -*) ;; *) path="${path:+$path }$word" ;; esac',
    "  done",
    '  case "$path" in',
    ...cases,
    "  esac",
    '  COMPREPLY=($(compgen -W "$choices" -- "$cur"))',
    "}",
    "complete -o default -F _exec_kernel exec-kernel",
  ].join("\n");
}

function quotedForFish(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function fishFlag(when: string, name: string, { value, short, about }: FlagSpec): string {
  const parts = ["complete -c exec-kernel", ...(when === "" ? [] : [`-n '${when}'`]), `-l ${name}`];
  if (short !== undefined) parts.push(`-s ${short}`);
  if (value !== undefined) parts.push("-r");
  return [...parts, `-d ${quotedForFish(about)}`].join(" ");
}

function fishWord(when: string, word: string, about: string): string {
  return `complete -c exec-kernel -n '${when}' -a ${word} -d ${quotedForFish(about)}`;
}

function fishCommand({ name, summary, flags }: CommandSpec): readonly string[] {
  const words = name.split(" ");
  const last = words.at(-1) ?? "";
  const before = words.slice(0, -1).map((word) => `__fish_seen_subcommand_from ${word}`);
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
  const own = Object.entries(flags).map(([flag, spec]) => fishFlag(seen, flag, spec));
  return [fishWord(before[0] ?? "__fish_use_subcommand", last, summary), ...own];
}

function fish(table: Table): string {
  const whole = new Set(table.map(({ name }) => name));
  const groups = groupsOf(table)
    .filter((group) => !whole.has(group))
    .map((group) => fishWord("__fish_use_subcommand", group, `${group} commands`));
  const everywhere = Object.entries(GLOBAL_FLAGS).map(([flag, spec]) => fishFlag("", flag, spec));
  return ["complete -c exec-kernel -f", ...groups, ...table.flatMap(fishCommand), ...everywhere].join("\n");
}

/** The script for a shell; throws UsageError for one that is not known. */
function completionScript(shell: string, table: Table): string {
  if (shell === "bash") return bash(table);
  if (shell === "zsh") return `autoload -U +X bashcompinit && bashcompinit\n${bash(table)}`;
  if (shell === "fish") return fish(table);
  throw new UsageError(`there is no completion for ${quoted(shell)}: ${SHELLS.join(", ")}`, "completion");
}

/** The command; the table is asked for when it runs, because the command stands in it. */
export function completionFor(table: () => Table): CommandSpec {
  return {
    name: "completion",
    summary: "a completion script for bash, zsh or fish",
    args: [{ name: "SHELL" }],
    flags: {},
    examples: ["exec-kernel completion bash", "exec-kernel completion fish"],
    run: async (call) => {
      call.io.out.line(completionScript(firstArg(call), table()));
      return 0;
    },
  };
}
