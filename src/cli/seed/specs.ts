// The four commands in the full half of the bin: the same judgements, with the configuration and the store that there are.

import { existsSync } from "node:fs";
import type { Call, CommandSpec } from "../args/spec.ts";
import { placeFor, withWorkspace } from "../context.ts";
import { report } from "../output/report.ts";
import { optionsOf } from "../submit.ts";
import { newTaskOf } from "./check-loop.ts";
import { SEED_COMMANDS } from "./commands.ts";
import { defaultContext } from "./defaults.ts";
import { shown } from "./seed-command.ts";
import type { SeedCommand, SeedContext } from "./seed-command.ts";
import { restOf } from "./sleep.ts";

/** The four commands as the command table takes them. */
export const SEED_SPECS: readonly CommandSpec[] = SEED_COMMANDS.map((command) => {
  const { needs: _, judge: __, ...spec } = command;
  return { ...spec, run: async (call) => run(command, call) };
});

async function run(command: SeedCommand, call: Call): Promise<number> {
  const exit = await answer(command, call);
  if (exit === 0 && command.needs(call.flags).paperclip === true) {
    const { noteWaitingWork } = await import("./waiting-work.ts");
    await noteWaitingWork(call, restOf(call.flags, defaultContext(call.io.env)).agent);
  }
  return exit;
}

async function answer(command: SeedCommand, call: Call): Promise<number> {
  const { variables, store } = command.needs(call.flags);
  const context = defaultContext(call.io.env);
  if (store && (await hasStore(call))) {
    return command.name === "sleep"
      ? sleepInWorkspace(command, call, context)
      : checkLoopInWorkspace(command, call, context);
  }
  return tell(command, call, variables.length === 0 ? context : { ...context, ...(await configured(call)) });
}

function tell({ judge }: SeedCommand, call: Call, context: SeedContext): number {
  const judged = judge(call.args, call.flags, context);
  const text = shown(judged, call.globals);
  if (text !== null) call.io.out.line(text);
  return judged.exit;
}

/** A store that is named must be there; one that is looked for need not. */
async function hasStore(call: Call): Promise<boolean> {
  if (call.globals.store !== undefined) return true;
  const { storePath, storeUrl } = await placeFor(call);
  return storeUrl !== null || existsSync(storePath);
}

async function configured({
  io: { cwd, env },
}: Call): Promise<Pick<SeedContext, "maxDepth" | "maxSteps" | "maxDurationSeconds">> {
  const { loadConfig } = await import("../../config/index.ts");
  const { lifecycle, budget } = loadConfig(undefined, { cwd, env });
  return { maxDepth: lifecycle.maxDepth, maxSteps: budget.maxSteps, maxDurationSeconds: budget.maxDurationSeconds };
}

async function checkLoopInWorkspace(command: SeedCommand, call: Call, context: SeedContext): Promise<number> {
  const { insightOf } = await import("./in-workspace.ts");
  const asked = newTaskOf(call.args, call.flags);
  const insight = await withWorkspace(call, {}, ({ kernel }) => insightOf(kernel, asked));
  for (const id of insight.unknown)
    if (!call.globals.quiet) call.io.err.line(`note: ${id} is not in this workspace; it counts as a root`);
  return tell(command, call, { ...context, ...insight.context });
}

async function sleepInWorkspace(command: SeedCommand, call: Call, context: SeedContext): Promise<number> {
  const as = call.globals.as ?? "";
  const own = as.startsWith("agent:") ? { ...context, agentId: as.slice("agent:".length) } : context;
  const { agent, timeoutSeconds } = restOf(call.flags, own);
  if (agent === "") {
    call.io.err.line("note: nobody is named, so nothing was recorded: give --agent-id or set EXEC_KERNEL_AGENT");
    return tell(command, call, own);
  }
  const body = { agent, timeoutMs: timeoutSeconds * 1_000, reason: "no_tasks" };
  const options = optionsOf(call);
  // Nobody is identified: the agent puts itself to sleep, on its own word.
  const otherwise = { kind: "agent", id: agent, proven: false } as const;
  const reply = await withWorkspace(call, { acts: true, otherwise }, ({ kernel }) =>
    kernel.submit({ ...options, type: "sleep_agent", body }),
  );
  if (reply.decision.verdict === "refused") return report(call, reply) === 2 ? 2 : 1;
  if (call.globals.json) return report(call, reply);
  if (call.globals.dryRun) call.io.err.line("note: dry run, nothing written");
  return tell(command, call, own);
}
