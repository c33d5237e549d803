// Calls that loops are made of. Each is made anew at every turn, with noise where the real ones have some; what they say
// is always the same. None of them looks at something that changes by itself: to do that again is waiting.

import { called, failed, shell } from "./act.ts";
import type { Act } from "./act.ts";
import { contentOf, pytest } from "./project.ts";
import type { Dice } from "./project.ts";

export type MakeAct = (by: Dice) => Act;

/** Calls that look, without noise. */
export const LOOKS: readonly MakeAct[] = [
  () => called("Read", { file_path: "/repo/src/loop/reader.ts" }, contentOf("loop reader", 1)),
  () => called("Read", { file_path: "/repo/src/loop/writer.ts", limit: 40 }, contentOf("loop writer", 1)),
  () => called("Grep", { pattern: "loopTarget", path: "/repo/src" }, "/repo/src/loop/reader.ts:7: loopTarget()"),
  () => called("Glob", { pattern: "src/loop/**" }, "/repo/src/loop/reader.ts\n/repo/src/loop/writer.ts"),
  ({ noise }) => shell("cat src/loop/schema.json", noise.about(), '{"loop": true}'),
  ({ noise }) => shell("ls -la src/loop", noise.about(), "reader.ts\nwriter.ts\nschema.json"),
  ({ noise }) => shell("git diff --stat src/loop", noise.about(), " src/loop/reader.ts | 2 +-"),
  ({ noise }) => shell("git log --oneline -3", noise.about(), "a1b2c3d one\nb2c3d4e two\nc3d4e5f three"),
  () => called("mcp__db__list_tables", { schema: "loop" }, '["users", "orders"]'),
  () => called("WebFetch", { url: "https://example.org/loop", prompt: "what does it say" }, "It says nothing of it."),
];

/** Calls that look or check, with noise in what they say. */
export const NOISY: readonly MakeAct[] = [
  (by) => shell("npm test -- loop", by.noise.about(), `${by.noise.log()}\n      Tests  4 passed (4)`),
  (by) => shell("node scripts/report.ts", by.noise.about(), `report of ${by.noise.time()}\n3 rows in ${by.noise.ms()}`),
  (by) => shell("cargo build", by.noise.about(), `    Finished dev profile in ${by.noise.seconds()}`),
  ({ noise }) => called("mcp__db__query", { sql: "select 1" }, `{"request": "${noise.uuid()}", "rows": [1]}`),
  ({ noise }) => called("mcp__ci__get_config", { name: "loop" }, `pid ${noise.pid()} read it at ${noise.time()}`),
];

/** Changes that are made in the same words again. */
export const CHANGES: readonly MakeAct[] = [
  () =>
    called(
      "Edit",
      { file_path: "/repo/src/loop/a.ts", old_string: "1", new_string: "2" },
      "The file has been updated.",
    ),
  () =>
    called(
      "Edit",
      { file_path: "/repo/src/loop/a.ts", old_string: "2", new_string: "1" },
      "The file has been updated.",
    ),
  () => called("Write", { file_path: "/repo/src/loop/b.ts", content: "export {};" }, "File created successfully."),
  ({ noise }) => shell("git add -A", noise.about(), ""),
];

/** Calls that fail with one and the same error. */
export const FAILING: readonly MakeAct[] = [
  () => failed("Read", { file_path: "/repo/src/loop/gone.ts" }, "File does not exist."),
  () =>
    failed(
      "Edit",
      { file_path: "/repo/src/loop/a.ts", old_string: "9", new_string: "1" },
      "String to replace not found in file.",
    ),
  ({ noise }) =>
    failed("Bash", { command: "npx tsc -p loop", description: noise.about() }, "error TS18003: No inputs were found"),
  ({ noise }) =>
    failed("Bash", { command: "./loop.sh", description: noise.about() }, "bash: ./loop.sh: Permission denied"),
  () => failed("mcp__db__query", { sql: "select * from loop" }, "relation loop does not exist"),
];

/** A check that fails in one way. */
export function failingCheck({ noise }: Dice, command: string, failing: number): Act {
  return failed("Bash", { command, description: noise.about() }, `${noise.log()}\n${pytest(failing, noise)}`);
}
