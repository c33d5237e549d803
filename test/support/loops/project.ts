// A made-up project that an agent works on: files with versions, tests that fail until enough was changed. What it
// answers follows from what was done to it, so that honest work on it goes forward as real work does.

import type { Random } from "../random.ts";
import { called, failed, shell } from "./act.ts";
import type { Act } from "./act.ts";
import type { Noise } from "./noise.ts";

const FOLDERS = ["src/parser", "src/store", "src/http", "lib/auth", "test/unit", "docs"];
const STEMS = ["index", "reader", "writer", "token", "session", "router", "cache", "errors", "limits", "schema"];
const NAMES = ["parseHeader", "openStore", "retryOnce", "tokenOf", "readLimits", "toSchema", "flushAll", "withLock"];
const TOTAL = 45;
/** Honest work fails in the same way this often at most, then it changes something that counts. */
const STUCK_MAX = 2;

export type Dice = { readonly dice: Random; readonly noise: Noise };

function sum(text: string): number {
  let out = 7;
  for (let at = 0; at < text.length; at += 1) out = (Math.imul(out, 31) + text.charCodeAt(at)) >>> 0;
  return out;
}

/** The lines of a file: the same for the same version, other ones for another. */
export function contentOf(path: string, version: number): string {
  const first = sum(`${path} ${version}`);
  const lines = Array.from({ length: 4 + (first % 9) }, (_, at) => {
    const number = sum(`${first} ${at}`);
    return `${at + 1}→export const ${NAMES[number % NAMES.length]}${number % 97} = ${number % 1_013};`;
  });
  return lines.join("\n");
}

/** What pytest says of so many failing tests. */
export function pytest(failing: number, noise: Noise): string {
  const failures = Array.from(
    { length: failing },
    (_, at) => `FAILED test/test_${NAMES[at % NAMES.length]}.py::case_${at}`,
  );
  const count = `${failing} failed, ${TOTAL - failing} passed`;
  return [`collected ${TOTAL} items`, ...failures, `== ${count} in ${noise.seconds()} ==`].join("\n");
}

/** What vitest says. */
function vitest(failing: number, noise: Noise, total: number = TOTAL): string {
  const passing = total - failing;
  const failures = Array.from(
    { length: failing },
    (_, at) => ` FAIL  test/${STEMS[at % STEMS.length]}.test.ts > case ${at}`,
  );
  const count = failing === 0 ? `${passing} passed` : `${failing} failed | ${passing} passed`;
  return [
    ...failures,
    `      Tests  ${count} (${total})`,
    `   Start at  ${noise.clock()}`,
    `   Duration  ${noise.seconds()}`,
  ].join("\n");
}

export class Project {
  readonly #by: Dice;
  readonly #versions = new Map<string, number>();
  readonly #command: string;
  /** Its own number of tests: two projects in one history do not fail in the same way. */
  readonly #total: number;
  #failing: number;
  #stuck = 0;
  #moves = false;
  #acts = 0;

  constructor(by: Dice) {
    this.#by = by;
    const { dice } = by;
    for (const folder of FOLDERS) for (const stem of STEMS) this.#versions.set(`/repo/${folder}/${stem}.ts`, 0);
    this.#total = TOTAL + dice.below(100_000);
    this.#failing = dice.below(6);
    this.#command = dice.pick(["npx vitest run", "npm test", "pnpm test -- --run"]);
  }

  #path(): string {
    return this.#by.dice.pick([...this.#versions.keys()]);
  }

  read(): Act {
    const path = this.#path();
    return called("Read", { file_path: path }, contentOf(path, this.#versions.get(path) ?? 0));
  }

  search(): Act {
    const { dice } = this.#by;
    const pattern = `${dice.pick(NAMES)}${dice.below(97)}`;
    const found = Array.from({ length: dice.below(6) }, () => `${this.#path()}:${1 + dice.below(90)}: ${pattern}`);
    const result = found.length === 0 ? "No matches found" : found.join("\n");
    return dice.below(2) === 0
      ? called("Grep", { pattern, output_mode: "content" }, result)
      : shell(`grep -rn ${pattern} src`, this.#by.noise.about(), result);
  }

  list(): Act {
    const folder = this.#by.dice.pick(FOLDERS);
    return called(
      "Glob",
      { pattern: `${folder}/**/*.ts` },
      STEMS.map((stem) => `/repo/${folder}/${stem}.ts`).join("\n"),
    );
  }

  edit(): Act {
    const path = this.#path();
    const version = (this.#versions.get(path) ?? 0) + 1;
    this.#acts += 1;
    this.#versions.set(path, version);
    this.#moves = this.#moves || this.#by.dice.below(3) > 0;
    const [before, after] = [contentOf(path, version - 1), `${contentOf(path, version)} // ${this.#acts}`];
    return called(
      "Edit",
      { file_path: path, old_string: before, new_string: after },
      `The file ${path} has been updated.`,
    );
  }

  write(): Act {
    this.#acts += 1;
    const path = `/repo/src/new/${this.#by.dice.pick(STEMS)}-${this.#acts}.ts`;
    this.#versions.set(path, 0);
    return called("Write", { file_path: path, content: contentOf(path, 0) }, "File created successfully.");
  }

  /** Fails until something that counts was changed. */
  test(): Act {
    const { dice, noise } = this.#by;
    if (this.#moves || this.#stuck >= STUCK_MAX) {
      this.#failing = (this.#failing + 1 + dice.below(4)) % 6;
      this.#stuck = 0;
    } else if (this.#failing > 0) this.#stuck += 1;
    this.#moves = false;
    const output = vitest(this.#failing, noise, this.#total);
    const members = { command: this.#command, description: noise.about() };
    return this.#failing === 0 ? called("Bash", members, output) : failed("Bash", members, output);
  }

  status(): Act {
    const changed = [...this.#versions].filter(([, version]) => version > 0).map(([path]) => ` M ${path}`);
    return shell("git status --short", this.#by.noise.about(), changed.join("\n"));
  }

  server(): Act {
    const { dice, noise } = this.#by;
    const id = dice.below(5_000);
    const rows = `{"id": ${id}, "name": "${dice.pick(NAMES)}", "request": "${noise.uuid()}"}`;
    return called("mcp__db__get_row", { table: dice.pick(STEMS), id }, rows);
  }

  notes(): Act {
    this.#acts += 1;
    const todos = [{ content: `${this.#by.dice.pick(NAMES)} ${this.#acts}`, status: "in_progress" }];
    return called("TodoWrite", { todos }, "Todos have been modified successfully.");
  }
}
