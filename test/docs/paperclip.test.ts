// docs/paperclip.md: its programs are run against a server with two issues, and print what the page says.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as paperclip from "../../src/paperclip/index.ts";
import { json, scripted } from "../paperclip/scripted-server.ts";
import { ended } from "../support/cli.ts";

const ROOT = join(import.meta.dirname, "../..");
const page = readFileSync(join(ROOT, "docs/paperclip.md"), "utf8");
const examples = [...page.matchAll(/^```js\n([\s\S]*?)^```\n\nprints\n\n```text\n([\s\S]*?)^```$/gm)];

const folder = mkdtempSync(join(tmpdir(), "exec-kernel-page-"));
after(() => rmSync(folder, { recursive: true }));

/** Where issue-1 waits in todo, is checked out and can be moved, and issue-2 comes to be. */
async function paperclipServer(): Promise<string> {
  const server = await scripted();
  let status = "todo";
  const issue = (): unknown => ({ id: "issue-1", status, title: "write the parser" });
  server.on("GET /api/issues/issue-1", (response, asked) => json(200, issue())(response, asked));
  server.on("POST /api/issues/issue-1/checkout", (response, asked) => {
    status = "in_progress";
    json(200, issue())(response, asked);
  });
  server.on("PATCH /api/issues/issue-1", (response, asked) => {
    status = "done";
    json(200, issue())(response, asked);
  });
  server.on("GET /api/issues/issue-1/comments", json(200, []));
  server.on("POST /api/issues/issue-1/comments", json(201, { id: "comment-1" }));
  server.on("POST /api/companies/company-1/issues", json(201, { id: "issue-2", status: "todo" }));
  return server.url;
}

function fromSource(program: string): string {
  return program.replace(/"exec-kernel\/(\w+)"/g, (_, name: string) =>
    JSON.stringify(pathToFileURL(join(ROOT, "src", name, "index.ts")).href),
  );
}

for (const [index, [, program = "", prints = ""]] of examples.entries()) {
  test(`docs/paperclip.md, example ${index + 1}: prints what the page says`, async () => {
    const path = join(folder, `example-${index}.mjs`);
    writeFileSync(path, fromSource(program));
    const env = {
      PATH: process.env["PATH"],
      HOME: folder,
      PAPERCLIP_API_URL: await paperclipServer(),
      PAPERCLIP_API_KEY: "pcp_key",
      PAPERCLIP_AGENT_ID: "agent-1",
      PAPERCLIP_COMPANY_ID: "company-1",
      PAPERCLIP_RUN_ID: "run-1",
    };
    const { stdout, stderr, status } = await ended(spawn(process.execPath, [path], { cwd: folder, env }));
    assert.deepEqual({ stdout, status }, { stdout: prints, status: 0 }, stderr);
  });
}

test("docs/paperclip.md runs each of its programs", () => {
  assert.equal(examples.length, page.match(/^```js$/gm)?.length);
  assert.equal(examples.length, 3);
});

test("docs/paperclip.md names every error and every kind that the adapter throws", () => {
  for (const name of Object.keys(paperclip).filter((one) => one.endsWith("Error")))
    assert.ok(page.includes(name), name);
  const source = readFileSync(join(ROOT, "src/paperclip/errors.ts"), "utf8");
  const kinds = [...source.matchAll(/^ {2}\| "(\w+)"/gm)].map(([, kind = ""]) => kind);
  assert.ok(kinds.length > 10);
  for (const kind of kinds) assert.ok(page.includes(`\`${kind}\``), kind);
});
