// The programs that the proof runs, from Debian's packages: found where they are installed, installed where root may do so.

import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { User } from "./processes.ts";

export type Programs = {
  /** Where postgres, initdb and pg_rewind are. */
  readonly binDir: string;
  /** The user that Debian's package makes, where the proof runs as root: none of these programs may. */
  readonly user: User | null;
};

const PACKAGES = ["postgresql", "patroni", "etcd-server"] as const;
const INSTALLS_MS = 180_000;

const isRoot = process.getuid?.() === 0;

/** The newest PostgreSQL that is installed. */
function binDir(): string | null {
  const found = globSync("/usr/lib/postgresql/*/bin/postgres").map((path) => dirname(path));
  const version = (path: string): number => Number(path.split("/")[4]);
  return found.toSorted((a, b) => version(b) - version(a))[0] ?? null;
}

function missing(): readonly string[] {
  const has = {
    postgresql: binDir() !== null,
    patroni: existsSync("/usr/bin/patroni"),
    "etcd-server": existsSync("/usr/bin/etcd"),
  };
  return PACKAGES.filter((name) => !has[name]);
}

function aptGet(...args: readonly string[]): string | null {
  const command = ["-q", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=3", ...args];
  const { status, stdout, stderr, error } = spawnSync("apt-get", command, {
    encoding: "utf8",
    timeout: INSTALLS_MS,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status === 0) return null;
  const said = `${stdout}${stderr}`.trimEnd().split("\n").slice(-5).join("\n");
  return `apt-get ${args[0]} failed: ${error?.message ?? said}`;
}

/** What must not happen while packages are installed, as files that are there for so long. */
const NOTHING_STARTS: readonly { readonly path: string; readonly text: string; readonly mode: number }[] = [
  { path: "/usr/sbin/policy-rc.d", text: "#!/bin/sh\nexit 101\n", mode: 0o755 },
  {
    path: "/etc/postgresql-common/createcluster.d/exec-kernel-failover.conf",
    text: "create_main_cluster = false\n",
    mode: 0o644,
  },
];

/** Installs without starting anything: no service of the packages, no cluster of Debian's own. */
function install(names: readonly string[]): string | null {
  console.log(`installing ${names.join(", ")} with apt-get; no service is started`);
  const own = NOTHING_STARTS.filter(({ path }) => !existsSync(path));
  for (const { path, text, mode } of own) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode });
  }
  try {
    return aptGet("update") ?? aptGet("install", "-y", "--no-install-recommends", "--no-upgrade", ...names);
  } finally {
    for (const { path } of own) rmSync(path);
  }
}

/** The user that Debian's package makes. */
function postgresUser(): User | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((one) => one.startsWith("postgres:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}

/** What the proof needs, installed where it must be; a text says why it cannot be had. */
export function findPrograms(): Programs | string {
  const names = missing();
  if (names.length > 0) {
    const list = `the Debian packages ${names.join(", ")} are needed`;
    if (!existsSync("/usr/bin/apt-get")) return `${list}, and there is no apt-get here`;
    if (!isRoot) return `${list}: apt-get install --no-install-recommends ${names.join(" ")}`;
    const problem = install(names);
    if (problem !== null) return `${list}; ${problem}`;
  }
  const folder = binDir();
  const user = isRoot ? postgresUser() : null;
  if (folder === null || missing().length > 0) return `${missing().join(", ")} cannot be found after installing`;
  if (isRoot && user === null) return "there is no user postgres, and PostgreSQL does not run as root";
  return { binDir: folder, user };
}
