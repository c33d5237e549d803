// Makes the store as docs/deploy-postgres.md says, with the page's own commands and the bundled bin, in a home of its own.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandsOnPage } from "./page.ts";

const BIN = join(import.meta.dirname, "../../bin/exec-kernel.cjs");
const COMMANDS_MS = 60_000;

/** Where the cluster is, for commands: the password comes in PGPASSWORD. */
export type Access = { readonly url: string; readonly password: string };

/** Runs the page's `init` (and `doctor`); throws with what was said where that does not end well. */
export function makeStore({ url, password }: Access, synchronous: boolean, home: string): void {
  const { PATH = "" } = process.env;
  const program = join(home, "exec-kernel");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`, { mode: 0o755 });
  const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", commandsOnPage(synchronous, url, password)], {
    cwd: home,
    encoding: "utf8",
    env: { PATH: `${home}:${PATH}`, HOME: home, EXEC_KERNEL_HOME: home, PGPASSWORD: password },
    timeout: COMMANDS_MS,
  });
  if (status !== 0) throw new Error(`the page's commands ended with ${status}: ${stdout}${stderr}`);
}
