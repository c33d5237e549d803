// config check: everything that is wrong with a configuration, by place, and what is proven of its lifecycle table.

import { DEFAULT_LIFECYCLE, proveLifecycle } from "../../core/index.ts";
import type { LifecycleTable, Proven } from "../../core/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { exitOf, tellProblems } from "../output/problems.ts";

function isDefault(table: LifecycleTable): boolean {
  return JSON.stringify(table) === JSON.stringify(DEFAULT_LIFECYCLE);
}

function proofLine({ says, faults }: Proven, { paint }: Call): string {
  if (faults.length === 0) return `  holds  ${says}`;
  return `  ${paint("red", "fails")}  ${faults.map(({ message }) => message).join("; ")}`;
}

/** The default table's proofs are only counted: they are the same for everybody. */
function proofLines(table: LifecycleTable, proofs: readonly Proven[], call: Call): readonly string[] {
  if (isDefault(table)) return [`lifecycle: the default table; all ${proofs.length} proofs hold`];
  const { states, edges } = table;
  return [
    `lifecycle: a table of its own, ${states.length} states, ${edges.length} moves`,
    ...proofs.map((proof) => proofLine(proof, call)),
  ];
}

export const configCheck: CommandSpec = {
  name: "config check",
  summary: "what is wrong with a configuration file",
  about: [
    "Without FILE: EXEC_KERNEL_CONFIG, ./.exec-kernel.yml, ~/.exec-kernel.yml, /etc/exec-kernel.yml; the first one that is there.",
    "A lifecycle table of its own is proven: that every state can be reached and left, that no machine leaves an ending, and more.",
  ],
  args: [{ name: "FILE", optional: true }],
  flags: {},
  examples: ["exec-kernel config check", "exec-kernel config check .exec-kernel.yml --json"],
  exits: ["0 it can be used; warnings are told", "2 it cannot"],
  run: async (call) => {
    const { checkConfig } = await import("../../config/index.ts");
    const { io, globals } = call;
    const { source, problems, lifecycle } = checkConfig(call.args[0], { env: io.env, cwd: io.cwd });
    const proofs = lifecycle === null ? [] : proveLifecycle(lifecycle);
    if (globals.json) {
      io.out.line(JSON.stringify({ source, problems, lifecycle, proofs }));
      return exitOf(problems);
    }
    const exit = await tellProblems(call, problems);
    if (globals.quiet) return exit;
    if (exit === 0)
      io.out.line(source === null ? "no configuration file found: the defaults hold" : `${source} can be used`);
    if (lifecycle !== null) io.out.line(proofLines(lifecycle, proofs, call).join("\n"));
    return exit;
  },
};
