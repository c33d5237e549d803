// config table: the lifecycle table of a configuration as a picture, also of one that fails a proof: there it is needed
// most.

import { drawLifecycle } from "../../core/index.ts";
import type { CommandSpec } from "../args/spec.ts";
import { exitOf, tellProblems } from "../output/problems.ts";

export const configTable: CommandSpec = {
  name: "config table",
  summary: "draw a configuration's lifecycle table",
  about: [
    "Prints a Mermaid state diagram, which code hosts and editors draw. A move without words is for agents and humans alike.",
  ],
  args: [{ name: "FILE", optional: true }],
  flags: {},
  examples: ["exec-kernel config table", "exec-kernel config table .exec-kernel.yml"],
  exits: ["0 drawn", "2 something is wrong with the configuration; it is drawn where it can be read"],
  run: async (call) => {
    const { checkConfig } = await import("../../config/index.ts");
    const { io, globals } = call;
    const { source, problems, lifecycle } = checkConfig(call.args[0], { env: io.env, cwd: io.cwd });
    if (globals.json) {
      io.out.line(JSON.stringify({ source, problems, lifecycle }));
      return exitOf(problems);
    }
    const exit = await tellProblems(call, problems);
    if (lifecycle !== null) io.out.line(drawLifecycle(lifecycle).trimEnd());
    return exit;
  },
};
