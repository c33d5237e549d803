// The programs of docs/log-format.md do what the page says: they pass a whole export and find a changed one.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { sandbox } from "../support/cli.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/log-format.md"), "utf8");
const home = await sandbox();
const [whole, edited] = [join(home.home, "log.jsonl"), join(home.home, "edited.jsonl")];
let lastHash = "";

before(async () => {
  await home.ok(["task", "create", "unmistakable \u{1F600}"]);
  lastHash = await home.ok(["export", "-q", whole]);
  writeFileSync(edited, readFileSync(whole, "utf8").replace("unmistakable", "mistakable"));
});

function program(language: string): string {
  const [, text] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page) ?? [];
  return text ?? assert.fail(`the page has no ${language}`);
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;

const LANGUAGES: readonly (readonly [name: string, command: string, file: string])[] = [
  ["js", process.execPath, "check.mjs"],
  ["python", "python3", "check.py"],
];

for (const [name, command, file] of LANGUAGES)
  test(`the ${name} of the page checks an export`, { skip: name === "python" && !hasPython }, () => {
    const path = join(home.home, file);
    writeFileSync(path, program(name));
    const run = (log: string): ReturnType<typeof spawnSync> => spawnSync(command, [path, log], { encoding: "utf8" });
    const fine = run(whole);
    assert.deepEqual([fine.status, fine.stdout], [0, `whole, ${lastHash}\n`], String(fine.stderr));
    const found = run(edited);
    assert.equal(found.status, 1);
    assert.match(String(found.stderr), /line 2 is not what was written/);
  });
