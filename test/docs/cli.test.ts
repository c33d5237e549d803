import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { playPage } from "../support/play-page.ts";

const { page, commands } = await playPage("docs/cli.md");

test("docs/cli.md has an example of every command", () => {
  for (const { name } of COMMANDS) {
    const shown = commands.some(
      (command) =>
        command.includes(`exec-kernel ${name}`) ||
        new RegExp(`exec-kernel (?:-q|--json|--dry-run) ${name}`).test(command),
    );
    assert.ok(shown || page.includes(`\`exec-kernel ${name}\``), name);
  }
});
