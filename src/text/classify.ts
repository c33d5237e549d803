// Reads a call against the tables of classes.

import { PROGRAMS, SHELLS, TOOLS, VERBS } from "./call-classes.ts";
import type { CallClass, ClassTable } from "./call-classes.ts";

/** What a call is; `command` are the programs that a shell runs, null for another tool. */
export type Classified = { readonly class: CallClass; readonly watches: boolean; readonly command: string | null };

type Meaning = keyof ClassTable;

function indexed(table: ClassTable): ReadonlyMap<string, Meaning> {
  const pairs = (meaning: Meaning): readonly (readonly [string, Meaning])[] =>
    table[meaning].map((name) => [name, meaning] as const);
  return new Map([...pairs("mutate"), ...pairs("observe"), ...pairs("verify"), ...pairs("watches")]);
}

const TOOL_MEANINGS = indexed(TOOLS);
const VERB_MEANINGS = indexed(VERBS);
const PROGRAM_MEANINGS = indexed(PROGRAMS);
const SHELL_NAMES: ReadonlySet<string> = new Set(SHELLS);

/** Whether the tool's call is a line for a shell. */
export function isShell(tool: string): boolean {
  return SHELL_NAMES.has(tool.toLowerCase());
}

/** A line's beginning says what it is; what is read of it is bounded, so that no line takes long. */
const LINE_MAX = 2_048;

/** Text that is handed to a program is no program: quoted, or a document that follows; what never closes runs to the end. */
const HERE_DOCUMENT = /<<-? ?(["']?)(\w{1,40})\1[\s\S]*?(?:\n[ \t]*\2\b|$)/g;
const QUOTED = /"(?:[^"\\]|\\[\s\S])*(?:"|$)|'[^']*(?:'|$)/g;

/** Between the commands of one line. */
const SEPARATORS = /&&|\|\||[;|\n]|(?<![>&\d])&(?![>&])/;
/** What stands before a program: an assignment, or a program that runs another. */
const BEFORE =
  /^(?:[A-Za-z_]\w*=\S*\s+|(?:sudo|time|nohup|env|exec|xargs|command|nice|timeout(?:\s+-\S+)*\s+\d+\S*)\s+|\(\s*)+/;
/** Output that goes into a file changes it; /dev/null and other handles are none. */
const INTO_FILE = /(?<![0-9&<>=-])>>?\s*(?!\/dev\/null|&)[\w./~"'$-]/;
/** sed and perl change a file only when told to. */
const IN_PLACE = /^(?:sed|perl)\s.*-(?:[a-z]*i|-in-place)/;

const WORDS_MAX = 3;
const PARTS_MAX = 32;
/** Programs of one line that are named. */
const NAMES_MAX = 8;
const NAME = /^[A-Za-z][\w.:-]{0,30}$/;

/** Programs whose second word is a subcommand, and those names whose third is one. */
const TAKES_WORD: ReadonlySet<string> = new Set([
  ...[...PROGRAM_MEANINGS.keys()].filter((name) => name.includes(" ")).map((name) => name.split(" ")[0] ?? ""),
  ...["make", "just", "rake", "bash", "sh", "zsh", "ruby", "perl"],
]);
const TAKES_ANOTHER: ReadonlySet<string> = new Set([
  ...[
    "npm run",
    "pnpm run",
    "yarn run",
    "gh run",
    "gh pr",
    "gh workflow",
    "kubectl rollout",
    "docker compose",
    "bundle exec",
    "python -m",
    "python3 -m",
  ],
]);

/** The program with its subcommands, by which a policy may name it. No further word: it may be a secret. */
function nameOf([program = "", second = "", third = ""]: readonly string[]): string {
  if (!NAME.test(program)) return "";
  if (!TAKES_WORD.has(program) || !(NAME.test(second) || second === "-m")) return program;
  const name = `${program} ${second}`;
  return TAKES_ANOTHER.has(name) && NAME.test(third) ? `${name} ${third}` : name;
}

/** The longest name that is known counts. */
function meaningOf(words: readonly string[]): { readonly name: string; readonly meaning: Meaning | null } {
  for (let count = Math.min(WORDS_MAX, words.length); count >= 1; count -= 1) {
    const meaning = PROGRAM_MEANINGS.get(words.slice(0, count).join(" "));
    if (meaning !== undefined) return { name: nameOf(words), meaning };
  }
  return { name: nameOf(words), meaning: null };
}

/** A request that sends something changes it, whatever it is asked with. */
const SENDS =
  /^(?:curl|wget|http|https)\s(?:.*\s)?(?:-X ?(?:POST|PUT|PATCH|DELETE)|--request[ =](?:POST|PUT|PATCH|DELETE)|-d|--data\S*|-F|--form|-T|--upload-file|--post-\S+)(?:\s|$|=)/;
const SLEEP = /^sleep\s+(\d+)/;
/** Seconds of sleep that are waiting for something. */
const WAITING_SECONDS = 5;

type Act = { readonly name: string; readonly meaning: Meaning | null };

function changes(line: string): boolean {
  return IN_PLACE.test(line) || INTO_FILE.test(line) || SENDS.test(line);
}

function partOf(part: string): Act {
  const line = part.replace(BEFORE, "");
  const [first = "", ...others] = line.split(/\s+/, WORDS_MAX);
  const program = first.includes("/") && !PROGRAM_MEANINGS.has(first) ? first.slice(first.lastIndexOf("/") + 1) : first;
  const found = meaningOf([program, ...others]);
  if (changes(line)) return { ...found, meaning: "mutate" };
  const isShort = program === "sleep" && Number(SLEEP.exec(line)?.[1] ?? 0) < WAITING_SECONDS;
  return isShort ? { ...found, meaning: "observe" } : found;
}

/** What changes something is a change, whatever it checks and looks at besides; then what checks is a check. */
function weigh(meanings: readonly Meaning[], waits: boolean): Pick<Classified, "class" | "watches"> {
  if (meanings.includes("mutate")) return { class: "mutate", watches: false };
  if (meanings.includes("verify")) return { class: "verify", watches: false };
  return { class: "observe", watches: waits || (meanings.length > 0 && meanings.every((one) => one === "watches")) };
}

/** A pipe's later programs only sort what the first one says; and what only says something looks at nothing. */
const FILTERS: ReadonlySet<string> = new Set([
  "head",
  "tail",
  "grep",
  "sort",
  "wc",
  "uniq",
  "cut",
  "jq",
  "awk",
  "sed",
  "cat",
]);
const SAYS: ReadonlySet<string> = new Set(["cd", "echo", "printf", "date", "true", "export", "set", "source"]);

/** The programs of a line that count; where none does, all of them. */
function actsOf(line: string): readonly Act[] {
  const bare = line.slice(0, LINE_MAX).replace(HERE_DOCUMENT, " ").replace(QUOTED, '""');
  const parts = bare
    .split(SEPARATORS, PARTS_MAX)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const all = parts.map(partOf);
  const isNoise = ({ name, meaning }: Act, index: number): boolean =>
    meaning !== "mutate" && (SAYS.has(name) || (index > 0 && FILTERS.has(name)));
  const acts = all.filter((act, index) => !isNoise(act, index));
  return acts.length === 0 ? all : acts;
}

/** Without a tool's name a line may be anything, a secret too: then only known programs are named. */
function namesOf(acts: readonly Act[], isLine: boolean): string | null {
  const named = acts.filter(({ name, meaning }) => name !== "" && (isLine || meaning !== null));
  const all = [...new Set(named.map(({ name }) => name))];
  // Waiting before something is a part of looking at it.
  const others = all.filter((name) => name !== "sleep");
  const names = others.length > 0 ? others : all;
  return names.length === 0 ? null : names.slice(0, NAMES_MAX).join("; ");
}

function classifyLine(line: string, isLine: boolean): Classified {
  const acts = actsOf(line);
  const waits = acts.some(({ name, meaning }) => name === "sleep" && meaning === "watches");
  // A program that nobody knows may have changed something; taken for a look, a batch of them would be a loop.
  const meanings = acts.map(({ meaning, name }) => meaning ?? (isLine && name !== "" ? "mutate" : "observe"));
  return { ...weigh(meanings, waits), command: namesOf(acts, isLine) };
}

/** The name's own words: `mcp__db__listTables` is list, tables. */
function wordsOf(tool: string): readonly string[] {
  const own = tool.slice(tool.lastIndexOf("__") + 1);
  return own
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
}

function classifyTool(tool: string): Pick<Classified, "class" | "watches"> {
  const known = TOOL_MEANINGS.get(tool.toLowerCase());
  if (known !== undefined) return weigh([known], false);
  const words = wordsOf(tool).map((word) => VERB_MEANINGS.get(word) ?? null);
  const watches = words.at(-1) === "watches" && !words.includes("mutate");
  return weigh([watches ? "watches" : (words.find((meaning) => meaning !== null) ?? "observe")], false);
}

/** The class of a call; `line` is what a shell is asked to run. A tool that nobody knows is a look. */
export function classify(tool: string, line: string | null): Classified {
  if (line !== null && (tool === "" || isShell(tool))) return classifyLine(line, isShell(tool));
  return { ...classifyTool(tool), command: null };
}
