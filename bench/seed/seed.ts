// The Python package exec-kernel as a peer: found, never required. Its side runs in one Python process that is asked
// line by line.

import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Timed } from "../measure/pairs.ts";

const ROOT = join(import.meta.dirname, "../..");
/** Where `--install-seed` puts it. */
export const SEED_FOLDER: string = join(ROOT, "node_modules/.cache/seed");
export const SEED_VERSION = "0.2.0";

/** A Python that has the seed. */
export type Seed = { readonly python: string; readonly version: string };

export function pythonIn(folder: string): string {
  return process.platform === "win32" ? join(folder, "Scripts/python.exe") : join(folder, "bin/python");
}

const ASK_VERSION = "import kernel, importlib.metadata as m; print(m.version('exec-kernel'))";

function versionOf(python: string): string | null {
  const { status, stdout } = spawnSync(python, ["-c", ASK_VERSION], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/** The seed of EXEC_KERNEL_SEED_PYTHON, else the one installed here; a text says why there is none. */
export function findSeed(env: NodeJS.ProcessEnv): Seed | string {
  const named = env["EXEC_KERNEL_SEED_PYTHON"] ?? "";
  const python = named === "" ? pythonIn(SEED_FOLDER) : named;
  if (named === "" && !existsSync(python))
    return "the Python package exec-kernel is not here: ours is measured alone (npm run bench -- --install-seed)";
  const version = versionOf(python);
  if (version !== null) return { python, version };
  return `${named === "" ? SEED_FOLDER : `EXEC_KERNEL_SEED_PYTHON (${named})`} cannot import kernel: ours is measured alone`;
}

export type Asked = {
  readonly case: string;
  readonly count: number;
  readonly depth?: number;
  readonly pairs?: readonly (readonly [string, string])[];
};

export type SeedPeer = {
  /** One answer of the peer: nanoseconds or bytes. */
  readonly ask: (asked: Asked) => Promise<number>;
  readonly timed: (asked: Omit<Asked, "count">) => Timed;
  readonly close: () => void;
};

function numberIn(line: string): number {
  const answer: unknown = JSON.parse(line);
  if (typeof answer === "object" && answer !== null)
    for (const value of Object.values(answer)) if (typeof value === "number") return value;
  throw new Error(`the seed's side answered ${line}`);
}

/** Starts the seed's side; null where there is no seed. */
export function openPeer(seed: Seed | null): SeedPeer | null {
  if (seed === null) return null;
  const child = spawn(seed.python, [join(import.meta.dirname, "peer.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (asked: Asked): Promise<number> => {
    child.stdin.write(JSON.stringify({ depth: 0, pairs: [], ...asked }) + "\n");
    const line = await lines.next();
    if (line.done === true) throw new Error(`the seed's side ended at ${asked.case}`);
    return numberIn(line.value);
  };
  return { ask, timed: (asked) => (count) => ask({ ...asked, count }), close: () => child.stdin.end() };
}
