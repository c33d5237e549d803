// config schema: what a configuration file may hold, as editors read it.

import type { CommandSpec } from "../args/spec.ts";

export const configSchemaCommand: CommandSpec = {
  name: "config schema",
  summary: "print the JSON Schema of a configuration file",
  about: [
    "Write it into a file, and begin the file with `# yaml-language-server: $schema=./exec-kernel.schema.json`: editors then complete keys and mark what is wrong.",
  ],
  args: [],
  flags: {},
  examples: ["exec-kernel config schema"],
  run: async (call) => {
    const { configSchema } = await import("../../config/index.ts");
    const { io, globals } = call;
    io.out.line(JSON.stringify(configSchema(), null, globals.json ? 0 : 2));
    return 0;
  },
};
