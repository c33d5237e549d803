// Runs the demo as its users do: a process of its own, which starts the others, from one bundled file. The temporary
// folder is the test's, so that what is left behind can be seen.

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

export type DemoRun = { readonly status: number | null; readonly stdout: string; readonly stderr: string };
type Wanted = { readonly args: readonly string[]; readonly env?: { readonly [name: string]: string } };

/** A bundle of demo-entry.ts, and a place for its temporary folders. */
export class DemoPlace {
  readonly #folder = mkdtempSync(join(tmpdir(), "exec-kernel-test-"));
  readonly #entry = join(this.#folder, "demo.mjs");
  readonly #temporary = join(this.#folder, "tmp");

  static async make(): Promise<DemoPlace> {
    const place = new DemoPlace();
    mkdirSync(place.#temporary);
    const source = join(import.meta.dirname, "demo-entry.ts");
    await build({
      entryPoints: [source],
      outfile: place.#entry,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "error",
    });
    return place;
  }

  /** The script of every process of the demo; names them among all others. */
  get entry(): string {
    return this.#entry;
  }

  start({ args, env = {} }: Wanted): ChildProcess {
    const { NO_COLOR: _, SEED: __, ...rest } = process.env;
    return spawn(process.execPath, [this.#entry, ...args], { env: { ...rest, ...env, TMPDIR: this.#temporary } });
  }

  async run(wanted: Wanted): Promise<DemoRun> {
    const child = this.start(wanted);
    const texts = { stdout: "", stderr: "" };
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (texts.stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
    await once(child, "close");
    return { status: child.exitCode, ...texts };
  }

  /** What the demo left in the temporary folder. */
  leftovers(): readonly string[] {
    return readdirSync(this.#temporary).map((name) => join(this.#temporary, name));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
