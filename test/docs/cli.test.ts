// docs/cli.md: every command of every example is run, in order, and prints what the page says. UPDATE=1 writes the page
// anew.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { BIN, sandbox } from "../support/cli.ts";
import { blocksOf, comparable, gapless, withOutputs } from "../support/transcript.ts";

const PAGE = join(import.meta.dirname, "../../docs/cli.md");
const page = readFileSync(PAGE, "utf8");
const blocks = blocksOf(page);
const home = await sandbox({ init: false });

// A folder with an exec-kernel in it, as an installed one would be found.
const bin = join(home.home, "bin");
mkdirSync(bin);
writeFileSync(join(bin, "exec-kernel"), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
chmodSync(join(bin, "exec-kernel"), 0o755);

/** One shell that keeps its variables from command to command; gives what each printed, with its exit code. */
async function play(commands: readonly string[]): Promise<readonly string[]> {
  const env = home.env();
  const shell = spawn("sh", [], {
    cwd: home.project,
    env: { ...env, PATH: `${bin}${delimiter}${env["PATH"] ?? ""}` },
    stdio: ["pipe", "pipe", "inherit"],
  });
  shell.stdin.write("exec 2>&1\n");
  const outputs: string[] = [];
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  for (const command of commands) {
    shell.stdin.write(`${command}\necho "@@ $?"\n`);
    let output = "";
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      const exit = /^@@ (\d+)$/.exec(next.value)?.[1];
      if (exit === undefined) output += `${next.value}\n`;
      else {
        outputs.push(comparable(exit === "0" ? output : `${output}[exit ${exit}]\n`, home.home));
        break;
      }
    }
  }
  shell.stdin.end();
  return outputs;
}

const steps = blocks.flatMap(({ steps: own }) => own);
const outputs = await play(steps.map(({ command }) => command));
if (process.env["UPDATE"] === "1") writeFileSync(PAGE, withOutputs(page, outputs));

for (const [index, { command, prints }] of steps.entries()) {
  test(`the page's "${command.slice(0, 80)}" prints what the page says`, () => {
    if (process.env["UPDATE"] !== "1") assert.equal(gapless(outputs[index] ?? ""), gapless(prints));
  });
}

test("the page has an example of every command", () => {
  for (const { name } of COMMANDS) {
    const shown = steps.some(
      ({ command }) =>
        command.includes(`exec-kernel ${name}`) ||
        new RegExp(`exec-kernel (?:-q|--json|--dry-run) ${name}`).test(command),
    );
    assert.ok(shown || page.includes(`\`exec-kernel ${name}\``), name);
  }
});
