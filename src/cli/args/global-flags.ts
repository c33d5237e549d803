// The flags every command takes.

import type { FlagSpecs, Flags, Globals } from "./spec.ts";

export const GLOBAL_FLAGS: FlagSpecs = {
  workspace: { value: "ID", short: "w", about: "the workspace (else EXEC_KERNEL_WORKSPACE, else this folder's)" },
  store: {
    value: "FILE",
    about: "the store's file, or postgres://USER@HOST/DB (else EXEC_KERNEL_STORE, else in your state folder)",
  },
  as: { value: "KIND:NAME", about: "act as agent:NAME or harness:NAME; only a human may" },
  "command-id": { value: "ID", about: "the same id again gives the same answer, and nothing is done twice" },
  "dry-run": { about: "decide, and write nothing" },
  json: { about: "machine-readable: one object, or one a line" },
  quiet: { short: "q", about: "print only the id" },
  "no-color": { about: "no colour (as NO_COLOR)" },
  help: { short: "h", about: "this text" },
};

export function globalsOf(flags: Flags): Globals {
  return {
    workspace: flags.text("workspace"),
    store: flags.text("store"),
    as: flags.text("as"),
    commandId: flags.text("command-id"),
    dryRun: flags.on("dry-run"),
    json: flags.on("json"),
    quiet: flags.on("quiet"),
  };
}
