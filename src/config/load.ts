// Loading: locate, read, parse, check, override, and either one frozen result or all that is wrong.

import { DEFAULT_LIFECYCLE } from "../core/index.ts";
import type { LifecycleTable } from "../core/index.ts";
import { DEFAULTS } from "./config.ts";
import type { Config } from "./config.ts";
import { checkTree } from "./check-tree.ts";
import { canonicalTable } from "./canonical.ts";
import { applyEnvironment, CONFIG_VARIABLE, unknownVariables } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { newFindings } from "./findings.ts";
import type { Values } from "./findings.ts";
import { deepFreeze } from "./freeze.ts";
import { locateConfig } from "./locate.ts";
import type { Located, LocateOptions } from "./locate.ts";
import { policyPatch } from "./patch.ts";
import { ConfigError } from "./problem.ts";
import type { Fault, Problem } from "./problem.ts";
import { readConfigText } from "./read-text.ts";
import { readYaml } from "./yaml-tree.ts";

/** Where to look and which variables count; left out, the process's own. */
export type ConfigOptions = LocateOptions & { readonly env?: Environment | undefined };

type Loaded = { readonly source: string | null; readonly problems: readonly Problem[]; readonly values: Values };

/**
 * What a check found: the file that was read (null without one), its problems, by place, and the lifecycle table it
 * proposes, also one that fails a proof; null where an error leaves open which that is.
 */
export type ConfigCheck = {
  readonly source: string | null;
  readonly problems: readonly Problem[];
  readonly lifecycle: LifecycleTable | null;
};

/**
 * Loads the explicit path, else EXEC_KERNEL_CONFIG, else the first of ./.exec-kernel.yml, ~/.exec-kernel.yml and
 * /etc/exec-kernel.yml, over the defaults and under the environment. The result is fresh and deeply frozen; throws a
 * ConfigError with the first problem.
 */
export function loadConfig(path?: string, options: ConfigOptions = {}): Config {
  return loadWarned(path, options).config;
}

/** As `loadConfig`, and the warnings that `checkConfig` would tell; the file, which may be a pipe, is read once. */
export function loadWarned(
  path?: string,
  options: ConfigOptions = {},
): { readonly config: Config; readonly warnings: readonly Problem[] } {
  const { source, problems, values } = load(path, options);
  const first = problems.find(({ severity }) => severity === "error");
  if (first !== undefined) throw new ConfigError(first);
  const warnings = [...problems, ...unknownVariables(options.env ?? process.env)];
  return deepFreeze({ config: configOf(values, source), warnings });
}

/** Checks what `loadConfig` would read and throws nothing: every error, and warnings for what is allowed but odd. */
export function checkConfig(path?: string, options: ConfigOptions = {}): ConfigCheck {
  const { source, problems, values } = load(path, options);
  const isSound = problems.every(({ severity }) => severity === "warning");
  const table = values.table ?? (isSound ? DEFAULT_LIFECYCLE : null);
  const lifecycle = table === null ? null : canonicalTable(table);
  return deepFreeze({ source, problems: [...problems, ...unknownVariables(options.env ?? process.env)], lifecycle });
}

function load(path: string | undefined, options: ConfigOptions): Loaded {
  const env = options.env ?? process.env;
  const named = path ?? env[CONFIG_VARIABLE];
  const located = locateConfig(path === undefined && named === "" ? undefined : named, options);
  const { values, faults } = located === null ? newFindings() : readFile(located);
  const source = located?.path ?? null;
  const problems = faults.map((fault) => ({ file: source ?? "", ...fault }));
  return { source, values, problems: [...problems.toSorted(byPlace), ...applyEnvironment(env, values)] };
}

function readFile(located: Located): { readonly values: Values; readonly faults: readonly Fault[] } {
  const text = readConfigText(located);
  const { values } = newFindings();
  if (typeof text !== "string") return { values, faults: [text] };
  const { tree, faults } = readYaml(text);
  if (tree === null) return { values, faults };
  const findings = checkTree(tree);
  return { values: findings.values, faults: [...faults, ...findings.faults] };
}

function byPlace(a: Fault, b: Fault): number {
  return a.line - b.line || a.column - b.column;
}

function configOf(values: Values, source: string | null): Config {
  const { numbers, texts } = values;
  const { lifecycle, budget, paperclip } = DEFAULTS;
  return {
    lifecycle: {
      maxDepth: numbers.get("lifecycle.max_depth") ?? lifecycle.maxDepth,
      maxHeapSize: numbers.get("lifecycle.max_heap_size") ?? lifecycle.maxHeapSize,
    },
    budget: {
      maxSteps: numbers.get("budget.max_steps") ?? budget.maxSteps,
      maxDepth: numbers.get("budget.max_depth") ?? budget.maxDepth,
      maxDurationSeconds: numbers.get("budget.max_duration_seconds") ?? budget.maxDurationSeconds,
    },
    paperclip: { apiUrl: texts.get("paperclip.api_url") ?? paperclip.apiUrl },
    policy: policyPatch(values),
    source,
  };
}
