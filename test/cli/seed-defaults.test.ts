// The hot and the warm half answer alone only where nothing else bears on the answer: held against the functions that
// really look for configurations and stores.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import type { Flags } from "../../src/cli/args/spec.ts";
import { checkBudget } from "../../src/cli/seed/check-budget.ts";
import { checkLoop } from "../../src/cli/seed/check-loop.ts";
import { defaultContext, mayKnowMore } from "../../src/cli/seed/defaults.ts";
import { sleep } from "../../src/cli/seed/sleep.ts";
import { loadConfig } from "../../src/config/index.ts";
import { placeOf } from "../../src/kernel/index.ts";

const root = mkdtempSync(join(tmpdir(), "exec-kernel-defaults-"));
after(() => rmSync(root, { recursive: true }));

let folders = 0;
function newFolder(): string {
  const folder = join(root, String((folders += 1)));
  mkdirSync(folder);
  return folder;
}

function flags(...names: readonly string[]): Flags {
  return { text: (name) => (names.includes(name) ? "1" : undefined), on: () => false };
}

type Env = { readonly [name: string]: string };

/** Every way to take one value of each list. */
function combinations(choices: { readonly [name: string]: readonly (string | undefined)[] }): readonly Env[] {
  let all: readonly Env[] = [{}];
  for (const [name, values] of Object.entries(choices)) {
    all = all.flatMap((env) => values.map((value) => (value === undefined ? env : { ...env, [name]: value })));
  }
  return all;
}

describe("a store", () => {
  test("is never passed over, wherever the variables put it", () => {
    const homes = { HOME: newFolder(), EXEC_KERNEL_HOME: newFolder(), XDG_STATE_HOME: newFolder() };
    const all = combinations({
      HOME: [homes.HOME],
      EXEC_KERNEL_HOME: [undefined, "", homes.EXEC_KERNEL_HOME],
      XDG_STATE_HOME: [undefined, "", "relative", homes.XDG_STATE_HOME],
      EXEC_KERNEL_STORE: [undefined, "", join(root, "named.db")],
      EXEC_KERNEL_WORKSPACE: [undefined, "w"],
    });
    const cwd = newFolder();
    for (const env of all) {
      for (const needs of [sleep.needs(flags()), checkLoop.needs(flags("max-depth"))]) {
        const { storePath } = placeOf({ cwd, env });
        if ((env["EXEC_KERNEL_STORE"] ?? "") === "")
          assert.equal(mayKnowMore(needs, flags(), { cwd, env }), false, JSON.stringify(env));
        mkdirSync(dirname(storePath), { recursive: true });
        writeFileSync(storePath, "");
        assert.equal(mayKnowMore(needs, flags(), { cwd, env }), true, JSON.stringify(env));
        for (const home of Object.values(homes)) rmSync(home, { recursive: true, force: true });
        rmSync(storePath, { force: true });
      }
    }
  });

  test("that is named by a flag is always asked", () => {
    const env = { HOME: newFolder() };
    assert.equal(mayKnowMore(sleep.needs(flags("store")), flags("store"), { cwd: newFolder(), env }), true);
  });

  test("is none of check-budget's business", () => {
    const all = flags("max-steps", "max-duration", "store");
    assert.equal(mayKnowMore(checkBudget.needs(all), all, { cwd: newFolder(), env: { HOME: newFolder() } }), false);
  });
});

describe("a configuration", () => {
  const needs = checkBudget.needs(flags());

  test("is never passed over in the working folder or by a variable", () => {
    const cwd = newFolder();
    const sure = (env: Env): boolean => mayKnowMore(needs, flags(), { cwd, env });
    for (const name of [
      "EXEC_KERNEL_CONFIG",
      "EXEC_KERNEL_BUDGET_MAX_STEPS",
      "EXEC_KERNEL_BUDGET_MAX_DURATION_SECONDS",
    ]) {
      assert.equal(sure({ [name]: "7" }), true, name);
    }
    writeFileSync(join(cwd, ".exec-kernel.yml"), "");
    assert.equal(sure({}), true);
  });

  test("is asked for only what no flag gives", () => {
    const cwd = newFolder();
    const env = { EXEC_KERNEL_BUDGET_MAX_STEPS: "7" };
    const given = flags("max-steps", "max-duration");
    assert.equal(mayKnowMore(checkBudget.needs(given), given, { cwd, env }), false);
    assert.deepEqual(checkLoop.needs(flags("max-depth")).variables, []);
    assert.deepEqual(checkLoop.needs(flags()).variables, ["EXEC_KERNEL_LIFECYCLE_MAX_DEPTH"]);
  });

  test("that says nothing gives the numbers that are used without one", () => {
    const { lifecycle, budget } = loadConfig(undefined, {
      cwd: newFolder(),
      home: newFolder(),
      etcPath: join(root, "no"),
      env: {},
    });
    const { maxDepth, maxSteps, maxDurationSeconds } = defaultContext({});
    assert.deepEqual(
      { maxDepth, maxSteps, maxDurationSeconds },
      { maxDepth: lifecycle.maxDepth, maxSteps: budget.maxSteps, maxDurationSeconds: budget.maxDurationSeconds },
    );
  });
});
