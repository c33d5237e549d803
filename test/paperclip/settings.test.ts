import assert from "node:assert/strict";
import { test } from "node:test";
import { PaperclipAdapter } from "../../src/paperclip/index.ts";
import { bench } from "../support/kernels.ts";
import { ADMISSION, json, scripted } from "./scripted-server.ts";

test("what no option gives comes from the environment", async () => {
  const server = await scripted();
  server.on("POST /api/companies/co/issues", json(201, { id: "i-1", status: "todo" }));
  const env = {
    PAPERCLIP_API_URL: `${server.url}/api/`,
    PAPERCLIP_API_KEY: "k",
    PAPERCLIP_AGENT_ID: "env-agent",
    PAPERCLIP_COMPANY_ID: "co",
    PAPERCLIP_RUN_ID: "run",
  };
  await new PaperclipAdapter({ env }).createTask("t", "docs", ADMISSION);
  const [asked] = server.asked;
  assert.equal(asked?.headers.authorization, "Bearer k");
  assert.equal(asked?.headers["x-paperclip-run-id"], "run");
});

for (const [what, options, says] of [
  ["an address that is none", { apiUrl: "localhost" }, /^apiUrl is no address/],
  ["another scheme", { apiUrl: "file:///etc/passwd" }, /^apiUrl must begin with http:\/\/ or https:\/\/, not file:$/],
  ["a password in the address", { apiUrl: "http://me:secret@host" }, /^apiUrl holds a name or password/],
  ["a query in the address", { apiUrl: "http://host/?key=1" }, /^apiUrl has a query/],
  ["a key of two lines", { apiKey: "secret\nx-evil: 1" }, /^apiKey has a blank, a control/],
  ["a negative time", { idleTimeoutSeconds: -1 }, /^idleTimeoutSeconds must be 0 to 31536000, got -1$/],
  ["a sleep of more than a year", { idleTimeoutSeconds: 31_536_001 }, /^idleTimeoutSeconds must be 0 to 31536000/],
  ["no time at all", { timeoutMs: 0 }, /^timeoutMs must be 1 to 2147483647, got 0$/],
  ["a time that no timer takes", { timeoutMs: 2 ** 31 }, /^timeoutMs must be 1 to 2147483647, got 2147483648$/],
  ["half an attempt", { attemptsMax: 1.5 }, /^attemptsMax must be a whole number, got 1.5$/],
  ["attempts without end", { attemptsMax: 1e9 }, /^attemptsMax must be 1 to 1000, got 1000000000$/],
  ["no number", { attemptsMax: Number.NaN }, /^attemptsMax must be 1 to 1000, got NaN$/],
  ["a company that leads elsewhere", { companyId: ".." }, /^companyId is \.\., which is a path and no id$/],
] as const) {
  test(`${what} is refused by name, and no secret is shown`, () => {
    assert.throws(
      () => new PaperclipAdapter({ env: {}, ...options }),
      (error) => error instanceof RangeError && says.test(error.message) && !error.message.includes("secret"),
    );
  });
}

test("an act that needs an agent or a company says so", async () => {
  const adapter = new PaperclipAdapter({ env: {} });
  await assert.rejects(adapter.checkout("i-1"), /^TypeError: checkout needs agentId: .*PAPERCLIP_AGENT_ID$/);
  await assert.rejects(adapter.createTask("t", "docs", ADMISSION), /^TypeError: createTask needs companyId/);
});

test("times with parts of a second are kept to the millisecond", async () => {
  const work = await bench();
  const options = { kernel: work.human, agentId: "ag", idleTimeoutSeconds: 1.1, timeoutMs: 5_000.4, env: {} };
  assert.equal((await new PaperclipAdapter(options).sleep()).sleepSeconds, 1.1);
  const server = await scripted();
  server.on("POST /api/issues/i-1/checkout", json(200, { id: "i-1", status: "in_progress" }));
  const { kernel: _, ...alone } = { ...options, apiUrl: server.url };
  assert.equal((await new PaperclipAdapter(alone).checkout("i-1")).status, "in_progress");
});
