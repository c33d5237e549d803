// Plays the console blocks of a page in one shell, in a fresh home with an exec-kernel on its PATH, and compares what
// they print with what the page says. UPDATE=1 writes the page anew.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { BIN, sandbox } from "./cli.ts";
import type { Sandbox } from "./cli.ts";
import { blocksOf, comparable, gapless, withOutputs } from "./transcript.ts";

/** A folder with an exec-kernel in it, as an installed one would be found. */
function installed({ home }: Sandbox): string {
  const bin = join(home, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "exec-kernel"), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(join(bin, "exec-kernel"), 0o755);
  return bin;
}

/** A server that a page speaks of by a name, and tests have at another place. */
export type Named = {
  readonly named: string;
  readonly real: string;
  readonly env: { readonly [name: string]: string };
};

/** One shell that keeps its variables from command to command; gives what each printed, with its exit code. */
async function play(at: Sandbox, commands: readonly string[], server?: Named): Promise<readonly string[]> {
  const env = at.env(server?.env);
  const meant = (text: string): string => (server === undefined ? text : text.replaceAll(server.named, server.real));
  const told = (text: string): string => (server === undefined ? text : text.replaceAll(server.real, server.named));
  const shell = spawn("sh", [], {
    cwd: at.project,
    env: { ...env, PATH: `${installed(at)}${delimiter}${env["PATH"] ?? ""}` },
    stdio: ["pipe", "pipe", "inherit"],
  });
  shell.stdin.write("exec 2>&1\n");
  const outputs: string[] = [];
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  for (const command of commands) {
    shell.stdin.write(`${meant(command)}\necho "@@ $?"\n`);
    let output = "";
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      const exit = /^@@ (\d+)$/.exec(next.value)?.[1];
      if (exit === undefined) output += `${next.value}\n`;
      else {
        outputs.push(comparable(told(exit === "0" ? output : `${output}[exit ${exit}]\n`), at.home));
        break;
      }
    }
  }
  shell.stdin.end();
  return outputs;
}

/** Registers a test for every command of the page at `path` (from the root); returns the page's text and commands. */
export async function playPage(
  path: string,
  server?: Named,
): Promise<{ readonly page: string; readonly commands: readonly string[] }> {
  const file = join(import.meta.dirname, "../..", path);
  const page = readFileSync(file, "utf8");
  const steps = blocksOf(page).flatMap((block) => block.steps);
  const commands = steps.map(({ command }) => command);
  const outputs = await play(await sandbox({ init: false }), commands, server);
  const update = process.env["UPDATE"] === "1";
  if (update) writeFileSync(file, withOutputs(page, outputs));
  for (const [index, { command, prints }] of steps.entries()) {
    test(`${path}: "${command.slice(0, 80)}" prints what the page says`, () => {
      if (!update) assert.equal(gapless(outputs[index] ?? ""), gapless(prints));
    });
  }
  return { page, commands };
}
