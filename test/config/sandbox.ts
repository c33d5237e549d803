// A folder of a test's own with the three places where a configuration is looked for, and none of the machine's.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { checkConfig, ConfigError, loadConfig } from "../../src/config/index.ts";
import type { Config, ConfigOptions, Environment, Problem } from "../../src/config/index.ts";

export type Sandbox = {
  readonly options: ConfigOptions & { readonly cwd: string; readonly home: string; readonly etcPath: string };
  /** Writes a file (made folders included) and returns its path. */
  readonly write: (path: string, content: string | Uint8Array) => string;
};

const LOCAL = ".exec-kernel.yml";

/** The folder goes away with the test. */
export function sandbox(t: TestContext, env: Environment = {}): Sandbox {
  const root = mkdtempSync(join(tmpdir(), "exec-kernel-config-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const [cwd, home] = [join(root, "cwd"), join(root, "home")];
  for (const folder of [cwd, home]) mkdirSync(folder);
  const write = (path: string, content: string | Uint8Array): string => {
    writeFileSync(join(root, path), content);
    return join(root, path);
  };
  return { options: { cwd, home, etcPath: join(root, "etc.yml"), env }, write };
}

/** Loads a text as the file of the working directory. */
export function load(t: TestContext, text: string | Uint8Array, env: Environment = {}): Config {
  const { options, write } = sandbox(t, env);
  write(join("cwd", LOCAL), text);
  return loadConfig(undefined, options);
}

/** The problems of a text, each as `LINE:COLUMN: message`, warnings marked. */
export function problems(t: TestContext, text: string | Uint8Array, env: Environment = {}): readonly string[] {
  const { options, write } = sandbox(t, env);
  write(join("cwd", LOCAL), text);
  return checkConfig(undefined, options).problems.map(short);
}

function short({ line, column, message, severity }: Problem): string {
  return `${line}:${column}: ${severity === "warning" ? "warning: " : ""}${message}`;
}

/** The error that loading throws; anything else it throws, or a load that succeeds, fails the test. */
export function failure(act: () => unknown): ConfigError {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("it loaded");
}
