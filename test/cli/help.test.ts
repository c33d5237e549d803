// Help: every command has it, with examples that its own parser takes, and exit codes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commandNamed, findWords } from "../../src/cli/args/find-command.ts";
import { argsLine, parseCall } from "../../src/cli/args/parse.ts";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { commandHelp } from "../../src/cli/help.ts";
import { VERSION } from "../../src/cli/version.ts";
import { sandbox } from "../support/cli.ts";
import { shellWords } from "../support/shell-words.ts";

const home = await sandbox({ init: false });

test("the version is the package's own", async () => {
  const pkg: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  assert.ok(typeof pkg === "object" && pkg !== null && "version" in pkg);
  assert.equal(VERSION, pkg.version);
  assert.equal(await home.ok(["--version"]), VERSION);
});

test("help among flags is help", async () => {
  assert.equal(await home.ok(["--json", "help"]), await home.ok(["--help"]));
  assert.equal(await home.ok(["-q", "help", "task", "create"]), await home.ok(["task", "create", "--help"]));
});

test("the main help names every command once, the environment and the exit codes", async () => {
  const help = await home.ok(["--help"]);
  for (const { name, args } of COMMANDS) {
    const shown = `  ${name} ${argsLine(args)}`.trimEnd();
    assert.equal(help.split("\n").filter((line) => line === shown || line.startsWith(`${shown} `)).length, 1, name);
  }
  assert.match(help, /EXEC_KERNEL_AGENT/);
  assert.match(help, /^ {2}5 refused, a human is needed$/m);
  for (const line of help.split("\n")) assert.ok(line.length <= 100, line);
  assert.equal(await home.ok(["help"]), help);
  assert.equal(await home.ok(["-h"]), help);
});

test("a group's help lists its commands", async () => {
  const help = await home.ok(["task", "--help"]);
  for (const word of ["create", "list", "claim", "reopen"]) assert.match(help, new RegExp(`^ {2}task ${word} `, "m"));
});

test("--help works anywhere after a command, whatever else is wrong", async () => {
  const help = await home.ok(["task", "create", "--help"]);
  assert.equal(await home.ok(["task", "create", "--frob", "x", "y", "-h"]), help);
  assert.equal(await home.ok(["-w", "x", "task", "create", "--help"]), help);
  assert.equal(await home.ok(["help", "task", "create"]), help);
});

for (const spec of COMMANDS) {
  test(`${spec.name} --help has usage, flags, examples that parse, and exit codes`, () => {
    const help = commandHelp(spec, (_, text) => text);
    for (const part of ["usage", "flags of every command", "examples", "exit codes"])
      assert.match(help, new RegExp(`^${part}$`, "m"));
    for (const flag of Object.keys(spec.flags)) assert.match(help, new RegExp(`--${flag}\\b`));
    assert.ok(spec.examples.length > 0);
    for (const example of spec.examples) {
      assert.ok(help.includes(`  ${example}`));
      const line = example.slice(example.indexOf("exec-kernel "));
      const { words, rest } = findWords(shellWords(line).slice(1), COMMANDS);
      assert.equal(commandNamed(words, COMMANDS).name, spec.name, example);
      assert.notEqual(parseCall(spec, rest), "help");
    }
  });
}

test("the words of the commands have no full stop, and every flag is explained", () => {
  for (const { name, summary, flags } of COMMANDS) {
    assert.doesNotMatch(summary, /\.$/, name);
    for (const { about } of Object.values(flags))
      assert.ok(about.length > 3 && !about.endsWith("."), `${name}: ${about}`);
  }
});

test("completion scripts name every command, and bash reads its own", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const script = await home.ok(["completion", shell]);
    for (const { name } of COMMANDS) assert.ok(script.includes(name.split(" ").at(-1) ?? ""), `${shell}: ${name}`);
  }
  const { spawnSync } = await import("node:child_process");
  const script = await home.ok(["completion", "bash"]);
  const ask = (words: string): string => {
    const parts = words.split(" ");
    const program = `${script}\nCOMP_WORDS=(${parts.map((part) => `"${part}"`).join(" ")}); COMP_CWORD=${parts.length - 1}; _exec_kernel; echo "\${COMPREPLY[*]}"`;
    return spawnSync("bash", ["-c", program], { encoding: "utf8" }).stdout.trim();
  };
  assert.equal(ask("exec-kernel tas"), "task");
  assert.equal(ask("exec-kernel task re"), "release reopen");
  assert.equal(ask("exec-kernel task create title --pa"), "--parent");
  assert.equal(ask("exec-kernel audit sh"), "show");
  assert.equal(ask("exec-kernel audit show 4e1c --a"), "--at --as");
  const wrong = await home.run(["completion", "tcsh"]);
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /there is no completion for "tcsh": bash, zsh, fish/);
});
