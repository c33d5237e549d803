// What the four commands rest on when there is neither a configuration nor a store, and how to tell that there is none
// without loading what would read them.

import { statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { DEFAULT_BUDGET, MAX_DEPTH } from "../../standalone/index.ts";
import type { Flags } from "../args/spec.ts";
import type { Needs, SeedContext } from "./seed-command.ts";

export type Surroundings = {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
};

/** Defaults, and the agent that the environment names. */
export function defaultContext(env: Surroundings["env"]): SeedContext {
  const { maxSteps, maxDurationSeconds } = DEFAULT_BUDGET;
  const agentId = env["EXEC_KERNEL_AGENT"] || env["PAPERCLIP_AGENT_ID"] || "";
  return { maxDepth: MAX_DEPTH, maxSteps, maxDurationSeconds, agentId, known: [], ended: [] };
}

const CONFIG_NAME = ".exec-kernel.yml";
const CONFIG_IN_ETC = "/etc/exec-kernel.yml";

/**
 * True unless defaultContext is certainly all that counts. It may be true in vain (a state folder that holds other
 * workspaces), never false in vain: what it lets through is answered without a look at files.
 */
export function mayKnowMore(needs: Needs, flags: Flags, { cwd, env }: Surroundings): boolean {
  if (needs.paperclip === true && isSet(env["PAPERCLIP_API_KEY"])) return true;
  if (needs.variables.length > 0 && mayBeConfigured(needs.variables, cwd, env)) return true;
  return needs.store && mayHaveStore(flags, env);
}

function mayBeConfigured(variables: readonly string[], cwd: string, env: Surroundings["env"]): boolean {
  if (["EXEC_KERNEL_CONFIG", ...variables].some((name) => isSet(env[name]))) return true;
  return [join(cwd, CONFIG_NAME), join(homedir(), CONFIG_NAME), CONFIG_IN_ETC].some(isThere);
}

function mayHaveStore(flags: Flags, env: Surroundings["env"]): boolean {
  if (flags.text("store") !== undefined || isSet(env["EXEC_KERNEL_STORE"])) return true;
  const home = env["EXEC_KERNEL_HOME"];
  if (isSet(home)) return isThere(join(resolve(home), "state"));
  const states = [env["XDG_STATE_HOME"] ?? "", join(env["HOME"] ?? homedir(), ".local/state")];
  return states.some((folder) => isThere(join(folder, "exec-kernel")));
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

// A path that cannot be looked at counts as there: the full half then says what is wrong with it.
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}
