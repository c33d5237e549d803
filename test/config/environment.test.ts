import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkConfig, loadConfig } from "../../src/config/index.ts";
import { isKnownVariable } from "../../src/config/environment.ts";
import { KEYS } from "../../src/config/key-table.ts";
import { failure, load, sandbox } from "./sandbox.ts";

const FILE =
  "lifecycle: { max_depth: 1, max_heap_size: 2 }\nbudget: { max_steps: 3, max_depth: 4, max_duration_seconds: 5 }\n";

test("each variable stands over the file", (t) => {
  const env = {
    EXEC_KERNEL_LIFECYCLE_MAX_DEPTH: "11",
    EXEC_KERNEL_LIFECYCLE_MAX_HEAP_SIZE: "12",
    EXEC_KERNEL_BUDGET_MAX_STEPS: "13",
    EXEC_KERNEL_BUDGET_MAX_DEPTH: "14",
    EXEC_KERNEL_BUDGET_MAX_DURATION_SECONDS: "15",
    EXEC_KERNEL_PAPERCLIP_API_URL: "http://env",
  };
  const { lifecycle, budget, paperclip } = load(t, `${FILE}paperclip: { api_url: 'http://file' }`, env);
  assert.deepEqual(lifecycle, { maxDepth: 11, maxHeapSize: 12 });
  assert.deepEqual(budget, { maxSteps: 13, maxDepth: 14, maxDurationSeconds: 15 });
  assert.equal(paperclip.apiUrl, "http://env");
  assert.deepEqual(KEYS.flatMap((key) => key.env ?? []).toSorted(), Object.keys(env).toSorted());
});

test("an empty variable says nothing", (t) => {
  assert.equal(load(t, FILE, { EXEC_KERNEL_BUDGET_MAX_STEPS: "" }).budget.maxSteps, 3);
  assert.equal(load(t, "", { PAPERCLIP_API_URL: "" }).paperclip.apiUrl, "http://127.0.0.1:3100");
});

test("PAPERCLIP_API_URL stands below the file, as in the seed", (t) => {
  const env = { PAPERCLIP_API_URL: "http://seed" };
  assert.equal(load(t, "", env).paperclip.apiUrl, "http://seed");
  assert.equal(load(t, "paperclip: { api_url: 'http://file' }", env).paperclip.apiUrl, "http://file");
  assert.equal(load(t, "", { ...env, EXEC_KERNEL_PAPERCLIP_API_URL: "http://ours" }).paperclip.apiUrl, "http://ours");
});

test("a malformed variable is an error that names it", (t) => {
  const { options } = sandbox(t);
  const message = (name: string, value: string): string =>
    failure(() => loadConfig(undefined, { ...options, env: { [name]: value } })).message;
  const steps = "budget.max_steps: expected a whole number from 0 to 1099511627776, found";
  const name = "EXEC_KERNEL_BUDGET_MAX_STEPS";
  assert.equal(message(name, "many"), `${name}: ${steps} the text "many"`);
  assert.equal(message(name, "-1"), `${name}: ${steps} -1`);
  assert.equal(message(name, "1e3"), `${name}: ${steps} 1e3; write plain digits, without leading zeros`);
  assert.equal(message(name, " 5"), `${name}: ${steps} the text " 5"`);
  assert.match(message("PAPERCLIP_API_URL", "localhost"), /^PAPERCLIP_API_URL: paperclip.api_url: expected an http/);
  const error = failure(() => loadConfig(undefined, { ...options, env: { [name]: "x" } }));
  assert.deepEqual([error.file, error.line, error.column], [name, 0, 0]);
});

test("a good variable does not heal a bad file", (t) => {
  assert.match(
    failure(() => load(t, "budget: { max_steps: x }", { EXEC_KERNEL_BUDGET_MAX_STEPS: "5" })).message,
    /found the text "x"$/,
  );
});

test("an unknown variable is never an error; checking warns of it and suggests", (t) => {
  const env = {
    EXEC_KERNEL_BUDGET_MAX_STEP: "5",
    EXEC_KERNEL_FROM_OTHER_PEOPLE: "1",
    EXEC_KERNEL_TEST_ANYTHING: "1",
    EXEC_KERNEL_AGENT: "a-1",
    EXEC_KERNEL_OLD_NODE: "1",
    OTHER: "1",
  };
  const { options } = sandbox(t, env);
  assert.equal(loadConfig(undefined, options).budget.maxSteps, 50);
  const place = { line: 0, column: 0, severity: "warning" };
  assert.deepEqual(checkConfig(undefined, options).problems, [
    {
      ...place,
      file: "EXEC_KERNEL_BUDGET_MAX_STEP",
      message: "nothing reads this variable; did you mean EXEC_KERNEL_BUDGET_MAX_STEPS?",
    },
    { ...place, file: "EXEC_KERNEL_FROM_OTHER_PEOPLE", message: "nothing reads this variable" },
  ]);
});

test("every variable that the source reads is known", () => {
  const root = join(import.meta.dirname, "../../src");
  const texts = globSync("**/*.ts", { cwd: root }).map((path) => readFileSync(join(root, path), "utf8"));
  const names = new Set(texts.flatMap((text) => text.match(/\bEXEC_KERNEL_[A-Z_]*[A-Z]\b/g) ?? []));
  assert.ok(names.size >= 7);
  assert.deepEqual(
    [...names].filter((name) => !isKnownVariable(name)),
    [],
  );
});
