// Proves on planted faults that the lint rules the architecture leans on are switched on and do fire; a linter that
// finds nothing may as well be one that was never asked.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { ROOT } from "./repository.ts";

const LATER = `async function later(): Promise<void> { await Promise.resolve(); }\n`;
const CHOICE = `type Choice = "a" | "b";\n`;

// Each file breaks one rule, named after the colon.
const PLANTED: Readonly<Record<string, readonly [rule: string, code: string]>> = {
  "src/core/date.ts": ["no-restricted-globals", `export const at: number = Date.now();`],
  "src/core/intl.ts": ["no-restricted-globals", `export const f: unknown = Intl;`],
  "src/core/process.ts": ["no-restricted-globals", `export const p: unknown = process.pid;`],
  "src/core/fetch.ts": ["no-restricted-globals", `export const f: unknown = fetch;`],
  "src/core/timer.ts": ["no-restricted-globals", `export const t: unknown = setTimeout;`],
  "src/core/console.ts": ["no-restricted-globals", `console.log(1);`],
  "src/core/global.ts": ["no-restricted-globals", `export const g: unknown = globalThis;`],
  "src/core/eval.ts": ["no-eval", `export const e: unknown = eval("1");`],
  "src/core/random.ts": ["no-restricted-properties", `export const r: number = Math.random();`],
  "src/core/random-apart.ts": [
    "no-restricted-properties",
    `const { random } = Math;\nexport const r: number = random();`,
  ],
  "src/core/locale.ts": ["no-restricted-properties", `export const c: number = "a".localeCompare("b");`],
  "src/core/normalize.ts": ["no-restricted-properties", `export const n: string = "a".normalize();`],
  "src/core/builtin.ts": ["no-restricted-imports", `import { readFileSync } from "node:fs";\nexport { readFileSync };`],
  "src/core/package.ts": ["no-restricted-imports", `import { parse } from "yaml";\nexport { parse };`],
  "src/core/long.ts": ["max-lines", "\n".repeat(250)],
  "src/cli/long.ts": ["max-lines", "\n".repeat(400)],
  "src/cli/long-function.ts": ["max-lines-per-function", `export function f(): void {${"\n".repeat(70)}}`],
  "src/cli/complex.ts": ["complexity", `export const f = (n: number): number => ${"n === 1 ? 1 : ".repeat(12)} 0;`],
  "src/cli/any.ts": ["no-explicit-any", `export function f(x: any): void { void x; }`],
  "src/cli/cast.ts": ["consistent-type-assertions", `export const f = (x: unknown): string => x as string;`],
  "src/cli/not-null.ts": ["no-non-null-assertion", `export const f = (x: string | null): string => x!;`],
  "src/cli/default.ts": ["no-default-export", `export default function f(): void {}`],
  "src/cli/floating.ts": ["no-floating-promises", `${LATER}export function f(): void { later(); }`],
  "src/cli/misused.ts": ["no-misused-promises", `${LATER}export const f = (): void => [1].forEach(later);`],
  "src/cli/switch.ts": [
    "switch-exhaustiveness-check",
    `${CHOICE}export function f(c: Choice): number { switch (c) { case "a": return 1; }\nreturn 2; }`,
  ],
  "src/cli/cycle.ts": ["no-cycle", `import { other } from "./cycle-end.ts";\nexport const one: number = other;`],
  "src/cli/cycle-end.ts": ["no-cycle", `import { one } from "./cycle.ts";\nexport const other: number = one;`],
};

const CLEAN = `export const list = ["a"] as const;\nexport const shape = { a: 1 } satisfies { a: number };\n`;

const found = lint({ ...PLANTED, "src/core/clean.ts": ["", CLEAN], "src/cli/clean.ts": ["", CLEAN] });

for (const [path, [rule]] of Object.entries(PLANTED)) {
  test(`lint finds ${rule} in a planted ${path}`, () => {
    const lines = found.filter((line) => line.startsWith(`${path}:`));
    assert.ok(
      lines.some((line) => line.includes(`(${rule})`)),
      lines.join("\n") || "nothing found",
    );
  });
}

test("lint lets as const and satisfies pass", () => {
  assert.deepEqual(
    found.filter((line) => line.includes("clean.ts")),
    [],
  );
});

// The repository's own configuration over a folder laid out like the repository; one line for each finding.
function lint(files: typeof PLANTED): string[] {
  const folder = mkdtempSync(join(tmpdir(), "exec-kernel-lint-"));
  after(() => rmSync(folder, { recursive: true }));
  for (const [path, [, code]] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${code}\n`);
  }
  copyFileSync(join(ROOT, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  const compilerOptions = { module: "nodenext", target: "es2023", strict: true, noEmit: true, types: [] };
  const tsconfig = { compilerOptions: { ...compilerOptions, allowImportingTsExtensions: true }, include: ["src"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const oxlint = spawnSync(join(ROOT, "node_modules/.bin/oxlint"), ["--format=unix", "."], {
    cwd: folder,
    encoding: "utf8",
  });
  return oxlint.stdout.split("\n");
}
