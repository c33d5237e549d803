// doctor: is everything as it should be, and what is not, in words that say what to do.

import type { Place } from "../../kernel/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { placeFor, withWorkspace } from "../context.ts";
import type { Workspace } from "../context.ts";
import { fine, note, problem } from "../doctor/check.ts";
import type { Check, Level } from "../doctor/check.ts";
import { endingOf } from "../output/faults.ts";
import type { Colour } from "../output/paint.ts";
import { plural } from "../output/text.ts";
import { VERSION } from "../version.ts";

const ABOUT_WIDTH = 14;
const COLOURS: { readonly [L in Level]: Colour } = { fine: "green", note: "yellow", problem: "red" };

async function configChecks({ io }: Call): Promise<readonly Check[]> {
  const { checkConfig, problemLine } = await import("../../config/index.ts");
  const { source, problems } = checkConfig(undefined, { env: io.env, cwd: io.cwd });
  if (problems.length === 0) return [fine("configuration", source ?? "no file: the defaults hold")];
  return problems.map((one) => (one.severity === "error" ? problem : note)("configuration", problemLine(one)));
}

/** A file proposes, the log decides: one that was edited and not adopted is the mistake of every day. */
async function adoptedCheck(call: Call, { kernel, head }: Workspace): Promise<readonly Check[]> {
  const { loadWarned, policyChanges, policyFromConfig } = await import("../../config/index.ts");
  const { io } = call;
  if (head.policySequence === 0 || (await configChecks(call)).some(({ level }) => level === "problem")) return [];
  const { config } = loadWarned(undefined, { env: io.env, cwd: io.cwd });
  if (config.source === null) return [];
  const { length } = policyChanges((await kernel.policy()).policy, policyFromConfig(config));
  if (length === 0) return [fine("policy", "in force is what the configuration file says")];
  const told = `${config.source} is not what is in force: ${plural(length, "key")} differ. see them with exec-kernel policy adopt ${config.source} --dry-run`;
  return [note("policy", told)];
}

async function workspaceChecks(call: Call, place: Place): Promise<readonly Check[]> {
  const { keyChecks } = await import("../doctor/keys.ts");
  const { storeChecks } = await import("../doctor/store.ts");
  const agent = call.io.env["EXEC_KERNEL_AGENT"] ?? "";
  try {
    return await withWorkspace(call, {}, async (workspace) => {
      const { identity, head } = workspace;
      const wrong = identity.problem === null ? [] : [problem("identity", identity.problem)];
      const keys = keyChecks(place, head.humanKey, agent);
      return [
        ...(await storeChecks(workspace, Date.now())),
        ...keys,
        ...wrong,
        ...(await adoptedCheck(call, workspace)),
      ];
    });
  } catch (error) {
    return [problem("store", endingOf(error).line.replace(/^exec-kernel: /, "")), ...keyChecks(place, null, agent)];
  }
}

/** As it is shown, to people and to machines. */
function markOf(level: Level): "ok" | "note" | "problem" {
  return level === "fine" ? "ok" : level;
}

function tell(call: Call, checks: readonly Check[]): void {
  if (call.globals.json)
    return call.io.out.line(checks.map((check) => JSON.stringify({ ...check, level: markOf(check.level) })).join("\n"));
  const shown = call.globals.quiet ? checks.filter(({ level }) => level === "problem") : checks;
  for (const { about, level, found } of shown) {
    call.io.out.line(`${call.paint(COLOURS[level], markOf(level).padEnd(8))}${about.padEnd(ABOUT_WIDTH)}${found}`);
  }
}

export const doctor: CommandSpec = {
  name: "doctor",
  summary: "versions, store, growth, disk, keys, clock, configuration: what is wrong and what to do",
  args: [],
  flags: {},
  examples: ["exec-kernel doctor", "exec-kernel doctor --json"],
  exits: ["0 nothing needs an act; notes may be worth reading", "1 something does"],
  run: async (call) => {
    const place = await placeFor(call);
    const checks = [
      fine("versions", `exec-kernel ${VERSION}, node ${process.versions.node}, ${process.platform}`),
      fine("workspace", place.workspace),
      ...(await workspaceChecks(call, place)),
      ...(await configChecks(call)),
    ];
    tell(call, checks);
    return checks.some(({ level }) => level === "problem") ? 1 : 0;
  },
};
