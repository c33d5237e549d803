// init: makes a workspace. The policy is shown before it is written; then the human key, the store and the first event
// come into being. A human's: an agent that could make its own workspace would write its own rules.

import { statSync } from "node:fs";
import type { Place, Reply } from "../../kernel/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { placeFor, withWorkspace } from "../context.ts";
import { isAgent, refusedToAgents } from "../humans-only.ts";
import { report } from "../output/report.ts";
import { proposedPolicy } from "../proposed-policy.ts";
import type { Proposed } from "../proposed-policy.ts";

/**
 * A database without the store's schema, an empty file, or one whose making was cut short, is no store yet: the making
 * itself tells what else it may be.
 */
function isNoStore(error: unknown, call: Call, { storeUrl }: Place): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return storeUrl === null ? !call.globals.dryRun && error.code === "store.foreign" : error.code === "store.absent";
}

function isNoFile({ storePath, storeUrl }: Place): boolean {
  return storeUrl === null && (statSync(storePath, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

/** A dry run meets what the making would: a server whose loss would lose decisions, where nobody said that this is meant. */
function refuseRisk({ globals, flags }: Call, error: unknown): void {
  if (!globals.dryRun || flags.on("single-node")) return;
  if (error instanceof Error && error.cause instanceof Error) throw error.cause;
}

/** Throws KernelFault where the workspace is there already; writes nothing. */
async function refuseSecond(call: Call, place: Place): Promise<void> {
  if (isNoFile(place)) return;
  const { KernelFault } = await import("../../kernel/index.ts");
  try {
    await withWorkspace(call, { empty: true }, async ({ head }) => {
      if (head.sequence === 0) return;
      const where = `in ${place.storePath}, at sequence ${head.sequence}`;
      throw new KernelFault(
        "workspace.exists",
        `workspace ${place.workspace} exists ${where}: change its policy with \`exec-kernel policy adopt FILE\``,
      );
    });
  } catch (error) {
    if (!isNoStore(error, call, place)) throw error;
    refuseRisk(call, error);
  }
}

function placesOf({ workspace, storePath, keyPath }: Place): readonly string[] {
  return [`workspace  ${workspace}`, `store      ${storePath}`, `human key  ${keyPath}`];
}

function showPolicy(call: Call, { explained, file }: Proposed): void {
  if (call.globals.quiet || call.globals.json) return;
  const from = file === null ? "day one; no configuration file found" : `day one, with ${file} over it`;
  call.io.out.line(`# the policy to adopt (${from})\n${explained}`);
}

function told(call: Call, place: Place, reply: Reply | null, proposed: Proposed): void {
  const { globals, io } = call;
  const { workspace, storePath: store, keyPath: humanKey } = place;
  if (globals.json) {
    const { policy, file } = proposed;
    return io.out.line(
      JSON.stringify({
        workspace,
        store,
        humanKey,
        configuration: file,
        policy,
        id: reply?.id ?? null,
        dryRun: globals.dryRun,
        ...(reply === null ? {} : { decision: reply.decision }),
      }),
    );
  }
  if (globals.quiet) return io.out.line(workspace);
  io.out.line(placesOf(place).join("\n"));
  if (globals.dryRun) return io.out.line("dry run, nothing written");
  io.out.line(`${reply?.decision.message ?? ""}, decision ${reply?.id ?? ""}`);
  io.err.line('next: exec-kernel task create "..."    agents act with EXEC_KERNEL_AGENT=NAME set');
}

async function make(call: Call, place: Place, proposed: Proposed): Promise<number> {
  const { ensureSecret, initWorkspace } = await import("../../kernel/index.ts");
  ensureSecret(place.keyPath);
  return withWorkspace(
    call,
    {
      ...{ acts: true, empty: true, create: true, readPolicy: proposed.readPolicy },
      singleNode: call.flags.on("single-node"),
    },
    async ({ kernel }) => {
      const reply = await initWorkspace(kernel, proposed.policy, proposed.source);
      if (reply.decision.verdict === "refused") return report(call, reply);
      told(call, place, reply, proposed);
      return 0;
    },
  );
}

export const init: CommandSpec = {
  name: "init",
  summary: "make a workspace here; a human's",
  about: [
    "Makes the store and the human key, both outside this folder, and adopts the first policy: day one, with the configuration file that is found, or given, over it.",
    "Who can read the human key is the human. Give agents another user, or at least EXEC_KERNEL_AGENT.",
  ],
  args: [],
  flags: {
    policy: {
      value: "FILE",
      about:
        "the configuration file (else EXEC_KERNEL_CONFIG, ./.exec-kernel.yml, ~/.exec-kernel.yml, /etc/exec-kernel.yml)",
    },
    "single-node": {
      about: "a PostgreSQL store without a synchronous standby: losing that machine may lose decisions",
    },
  },
  examples: [
    "exec-kernel init --dry-run",
    "exec-kernel init",
    "exec-kernel init --workspace night-shift --policy .exec-kernel.yml",
    "exec-kernel init --store postgres://kernel@db.example/kernel --single-node",
  ],
  exits: [
    "0 made (or would be made)",
    "1 it exists already",
    "2 the configuration is wrong",
    "3 the store or the key cannot be made",
    "5 an agent asked",
  ],
  run: async (call) => {
    const place = await placeFor(call);
    if (call.flags.on("single-node") && place.storeUrl === null)
      throw new UsageError("--single-node is of a PostgreSQL store: name it with --store postgres://...");
    if (await isAgent(call, place)) return report(call, refusedToAgents("init", place.workspace));
    await refuseSecond(call, place);
    const proposed = await proposedPolicy(call, call.flags.text("policy"));
    showPolicy(call, proposed);
    if (call.globals.dryRun) {
      told(call, place, null, proposed);
      return 0;
    }
    return make(call, place, proposed);
  },
};
