// The command line as its users have it: the real bin in a real process, in a home and a project folder of its own, so
// that no store or configuration of this machine is found.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { bundle } from "../../scripts/bundle.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The script that `exec-kernel` starts. */
export const BIN: string = join(ROOT, "bin/exec-kernel.cjs");

function changedAt(path: string): number {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Over once the bundle is new: `npm test` bundles first; a single file run by hand must not test yesterday's. */
export const bundled: Promise<void> = (async () => {
  const newest = Math.max(...globSync("src/**/*.ts", { cwd: ROOT }).map(changedAt));
  if (Math.min(changedAt("dist/bin/hot.cjs"), changedAt("dist/bin/full.cjs")) < newest) await bundle();
})();

export type Ended = {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  readonly signal: string | null;
};

export type RunOptions = {
  readonly env?: { readonly [name: string]: string };
  readonly cwd?: string;
  readonly stdin?: string | Buffer;
  /** Drops to this user; only for root. */
  readonly uid?: number;
};

/** A user's home with one project folder in it. */
export class Sandbox {
  readonly home: string;
  readonly project: string;

  constructor() {
    this.home = mkdtempSync(join(tmpdir(), "exec-kernel-cli-"));
    this.project = join(this.home, "project");
    mkdirSync(this.project);
  }

  /** The environment of a process here; nothing of this process's own gets in. */
  env(more: RunOptions["env"] = {}): { readonly [name: string]: string } {
    const { PATH = "", NODE_COMPILE_CACHE } = process.env;
    const cache = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
    return { PATH, HOME: this.home, ...cache, ...more };
  }

  /** A started process, for what has to be signalled or read as it runs. */
  async start(args: readonly string[], { env, cwd, uid }: RunOptions = {}): Promise<ChildProcess> {
    await bundled;
    const user = uid === undefined ? {} : { uid, gid: uid };
    return spawn(process.execPath, [BIN, ...args], {
      cwd: cwd ?? this.project,
      env: this.env(env),
      stdio: "pipe",
      ...user,
    });
  }

  /** Runs one command line to its end. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const child = await this.start(args, options);
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.stdin ?? "");
    return ended(child);
  }

  /** As `run`, and fails the test unless it exits 0; gives stdout without its last line end. */
  async ok(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { stdout, stderr, status } = await this.run(args, options);
    assert.equal(status, 0, `exec-kernel ${args.join(" ")}: ${stderr}${stdout}`);
    return stdout.replace(/\n$/, "");
  }

  /** The environment of an agent here. */
  agent(name: string): RunOptions {
    return { env: { EXEC_KERNEL_AGENT: name } };
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What a process said and how it ended. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const read = async (stream: ChildProcess["stdout"]): Promise<string> => {
    const chunks: Buffer[] = [];
    stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
    await new Promise<void>((resolve) => (stream === null ? resolve() : stream.once("close", () => resolve())));
    return Buffer.concat(chunks).toString("utf8");
  };
  const exit = new Promise<{ status: number | null; signal: string | null }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) => resolve({ status, signal }));
  });
  const [stdout, stderr, end] = await Promise.all([read(child.stdout), read(child.stderr), exit]);
  return { stdout, stderr, ...end };
}

/** A sandbox that is removed after the tests of the file; with a workspace unless told. */
export async function sandbox(options: { readonly init?: boolean } = {}): Promise<Sandbox> {
  const made = new Sandbox();
  after(() => made.remove());
  if (options.init !== false) await made.ok(["init"]);
  return made;
}

/** Fails unless this is one clear line on stderr, without a stack trace. */
export function assertOneLine({ stderr, stdout }: Ended): void {
  assert.match(stderr, /^exec-kernel[^\n]*: [^\n]+\n$/, `not one line: ${stderr}`);
  assert.doesNotMatch(stderr, /\bat .*:\d+:\d+/, "a stack trace");
  assert.equal(stdout, "");
}
