// config show: what a configuration comes to, defaults and environment included.

import type { Config } from "../../config/index.ts";
import type { CommandSpec } from "../args/spec.ts";

const KEY_WIDTH = 32;

/** The seed's sections: they act on the standalone classes and on the seed's four commands. */
function ownLines({ lifecycle, budget, paperclip }: Config): readonly string[] {
  const values: readonly (readonly [string, string | number])[] = [
    ["lifecycle.max_depth", lifecycle.maxDepth],
    ["lifecycle.max_heap_size", lifecycle.maxHeapSize],
    ["budget.max_steps", budget.maxSteps],
    ["budget.max_depth", budget.maxDepth],
    ["budget.max_duration_seconds", budget.maxDurationSeconds],
    ["paperclip.api_url", paperclip.apiUrl],
  ];
  return values.map(([key, value]) => `${key.padEnd(KEY_WIDTH)}${value}`);
}

export const configShow: CommandSpec = {
  name: "config show",
  summary: "what a configuration comes to",
  about: [
    "The first part acts by itself; the policy is only proposed: it acts once it is adopted (init, policy adopt).",
  ],
  args: [{ name: "FILE", optional: true }],
  flags: {},
  examples: ["exec-kernel config show", "exec-kernel config show .exec-kernel.yml --json"],
  run: async (call) => {
    const { explainPolicy, loadConfig, policyFromConfig } = await import("../../config/index.ts");
    const { io, globals } = call;
    const config = loadConfig(call.args[0], { env: io.env, cwd: io.cwd });
    const policy = policyFromConfig(config);
    if (globals.json) io.out.line(JSON.stringify({ ...config, policy }));
    else {
      const lines = [
        `# ${config.source ?? "no file found: defaults"}`,
        ...ownLines(config),
        "",
        "# the policy it proposes",
        explainPolicy(policy).trimEnd(),
      ];
      io.out.line(lines.join("\n"));
    }
    return 0;
  },
};
