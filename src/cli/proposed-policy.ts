// The policy that a configuration proposes, with the text that goes into the log beside it.

import { readFileSync, statSync } from "node:fs";
import type { Policy } from "../core/index.ts";
import type { Call } from "./args/spec.ts";
import { tellProblems } from "./output/problems.ts";

/** `file` is null where no file was found; `source` is the file as its author wrote it, else the policy written out. */
export type Proposed = {
  readonly policy: Policy;
  readonly source: string;
  readonly file: string | null;
  /** The whole policy as commented YAML. */
  readonly explained: string;
  readonly readPolicy: (value: unknown) => Policy | string;
};

function textOf(file: string): string | null {
  // A pipe was emptied by the loader.
  return statSync(file).isFile() ? readFileSync(file, "utf8") : null;
}

/**
 * Reads the given file, or the first that is found, and tells its warnings; throws ConfigError with the place of what is
 * wrong.
 */
export async function proposedPolicy(call: Call, path: string | undefined): Promise<Proposed> {
  const { io, globals } = call;
  const { explainPolicy, loadWarned, parsePolicy, policyFromConfig } = await import("../config/index.ts");
  const { config, warnings } = loadWarned(path, { env: io.env, cwd: io.cwd });
  if (!globals.quiet) await tellProblems(call, warnings);
  const policy = policyFromConfig(config);
  const explained = explainPolicy(policy);
  const source = (config.source === null ? null : textOf(config.source)) ?? explained;
  return { policy, source, file: config.source, explained, readPolicy: parsePolicy };
}
