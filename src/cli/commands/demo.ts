// demo: what the kernel stops, seen in half a minute: real processes on a real store of its own, no key, no network.

import type { CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { quoted } from "../args/words.ts";

export const demo: CommandSpec = {
  name: "demo",
  summary: "what the kernel stops, shown with real processes in half a minute",
  about: [
    "The same agents run with and without the kernel, on a store of their own that is removed at the end. Your workspaces are not touched.",
  ],
  args: [],
  flags: {
    seed: { value: "N", about: "the same seed makes the same choices (else SEED, else 42)" },
    keep: { about: "keep the store and print its path" },
  },
  examples: ["exec-kernel demo", "exec-kernel demo --seed 7 --json"],
  exits: ["0 every row holds", "1 a row does not hold", "2 the call is wrong", "3 the demo itself failed"],
  run: async (call) => {
    const { demoSeed, runDemo } = await import("../demo/index.ts");
    const { io, globals, flags } = call;
    const seed = demoSeed(flags.text("seed"), io.env);
    if (seed === null)
      throw new UsageError(
        `the seed ${quoted(flags.text("seed") ?? io.env["SEED"] ?? "")} is no whole number from 0 to 4294967295`,
        call.command,
      );
    // A reader that went away ends nothing but the printing.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
    return runDemo({ seed, json: globals.json, keep: flags.on("keep"), env: io.env });
  },
};
