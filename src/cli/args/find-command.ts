// Which command a command line names: its one or two words may stand among global flags. Everything else is handed on
// in its order.

import { GLOBAL_FLAGS } from "./global-flags.ts";
import type { CommandSpec } from "./spec.ts";
import { UsageError } from "./usage.ts";
import { quoted, suggestion } from "./words.ts";

/** `words` may be the first half of a command's name only, or nothing; `rest` is what was not part of the name. */
export type Found = { readonly words: readonly string[]; readonly rest: readonly string[] };

const WITH_VALUE: ReadonlySet<string> = new Set(
  Object.entries(GLOBAL_FLAGS).flatMap(([name, { value, short }]) =>
    value === undefined ? [] : [`--${name}`, ...(short === undefined ? [] : [`-${short}`])],
  ),
);

/** The first words of commands that have two. */
export function groupsOf(table: readonly CommandSpec[]): readonly string[] {
  const firsts = table.filter(({ name }) => name.includes(" ")).map(({ name }) => name.split(" ")[0] ?? "");
  return [...new Set(firsts)];
}

export function subcommandsOf(table: readonly CommandSpec[], group: string): readonly CommandSpec[] {
  return table.filter(({ name }) => name.startsWith(`${group} `));
}

/** False where the first word is a command by itself and no command goes on with this word. */
function isSecondWord(first: string, word: string, table: readonly CommandSpec[]): boolean {
  return !table.some(({ name }) => name === first) || table.some(({ name }) => name === `${first} ${word}`);
}

/** Takes the words of a command's name out of the arguments. */
export function findWords(argv: readonly string[], table: readonly CommandSpec[]): Found {
  const groups = groupsOf(table);
  const words: string[] = [];
  const rest: string[] = [];
  let index = 0;
  for (; index < argv.length; index += 1) {
    const arg = argv[index] ?? "";
    if (arg === "--") break;
    if (arg.startsWith("-") && arg !== "-") {
      const flag = argv.slice(index, index + (WITH_VALUE.has(arg) ? 2 : 1));
      rest.push(...flag);
      index += flag.length - 1;
      continue;
    }
    // `audit PATH` is a command and `audit show` another: what is no second half belongs to the first.
    if (words.length === 1 && !isSecondWord(words[0] ?? "", arg, table)) break;
    words.push(arg);
    if (words.length === 2 || !groups.includes(arg)) {
      index += 1;
      break;
    }
  }
  return { words, rest: [...rest, ...argv.slice(index)] };
}

function meantBy(word: string, table: readonly CommandSpec[]): string {
  const elsewhere = table.find(({ name }) => name.endsWith(` ${word}`));
  if (elsewhere !== undefined) return `, did you mean ${elsewhere.name}?`;
  const firsts = [...new Set(table.map((spec) => spec.name.split(" ")[0] ?? ""))];
  return suggestion(word, firsts, "exec-kernel --help");
}

/** The command of that name; throws UsageError with the nearest one. */
export function commandNamed(words: readonly string[], table: readonly CommandSpec[]): CommandSpec {
  const name = words.join(" ");
  const found = table.find((spec) => spec.name === name);
  if (found !== undefined) return found;
  const [first = "", second = ""] = words;
  const below = subcommandsOf(table, first).map((spec) => spec.name.slice(first.length + 1));
  if (below.length === 0) throw new UsageError(`unknown command ${quoted(first)}${meantBy(first, table)}`);
  if (words.length === 1) throw new UsageError(`which command? ${first} has ${below.join(", ")}`, first);
  throw new UsageError(
    `unknown command ${quoted(second)}${suggestion(second, below, `exec-kernel ${first} --help`, `${first} `)}`,
    first,
  );
}
