// config check: everything that is wrong with a configuration, by place.

import type { CommandSpec } from "../args/spec.ts";

export const configCheck: CommandSpec = {
  name: "config check",
  summary: "what is wrong with a configuration file",
  about: [
    "Without FILE: EXEC_KERNEL_CONFIG, ./.exec-kernel.yml, ~/.exec-kernel.yml, /etc/exec-kernel.yml; the first one that is there.",
  ],
  args: [{ name: "FILE", optional: true }],
  flags: {},
  examples: ["exec-kernel config check", "exec-kernel config check .exec-kernel.yml --json"],
  exits: ["0 it can be used; warnings are told", "2 it cannot"],
  run: async (call) => {
    const { checkConfig, problemLine } = await import("../../config/index.ts");
    const { io, globals, paintErr } = call;
    const { source, problems } = checkConfig(call.args[0], { env: io.env, cwd: io.cwd });
    const errors = problems.filter(({ severity }) => severity === "error").length;
    if (globals.json) io.out.line(JSON.stringify({ source, problems }));
    else {
      for (const problem of problems)
        io.err.line(
          `${paintErr(problem.severity === "error" ? "red" : "yellow", problem.severity)} ${problemLine(problem)}`,
        );
      if (errors === 0 && !globals.quiet)
        io.out.line(source === null ? "no configuration file found: the defaults hold" : `${source} can be used`);
    }
    return errors === 0 ? 0 : 2;
  },
};
