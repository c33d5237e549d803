// completion: a script that teaches a shell the commands and flags of the command table.

import { GLOBAL_FLAGS } from "../args/global-flags.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
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
  const cases = [...choices(table)].map(([path, words]) => `    "${path}"${words.some((word) => word.startsWith("--")) ? '|"' + path + ' "*' : ""}) choices="${words.join(" ")}" ;;`);
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

function fish(table: Table): string {
  const lines = ["complete -c exec-kernel -f"];
  for (const { name, summary, flags } of table) {
    const [first = "", second] = name.split(" ");
    const seen = second === undefined ? "" : `__fish_seen_subcommand_from ${first}; and `;
    const here = second === undefined ? "__fish_use_subcommand" : `__fish_seen_subcommand_from ${first}`;
    if (second !== undefined && !lines.some((line) => line.includes(`-a ${first} `))) lines.push(`complete -c exec-kernel -n __fish_use_subcommand -a ${first} -d ${quotedForFish(`${first} commands`)}`);
    lines.push(`complete -c exec-kernel -n '${here}' -a ${second ?? first} -d ${quotedForFish(summary)}`);
    for (const [flag, { value, about }] of Object.entries(flags)) {
      lines.push(`complete -c exec-kernel -n '${seen}__fish_seen_subcommand_from ${second ?? first}' -l ${flag}${value === undefined ? "" : " -r"} -d ${quotedForFish(about)}`);
    }
  }
  for (const [flag, { value, short, about }] of Object.entries(GLOBAL_FLAGS)) {
    lines.push(`complete -c exec-kernel -l ${flag}${short === undefined ? "" : ` -s ${short}`}${value === undefined ? "" : " -r"} -d ${quotedForFish(about)}`);
  }
  return lines.join("\n");
}

/** The script for a shell; throws UsageError for one that is not known. */
export function completionScript(shell: string, table: Table): string {
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
