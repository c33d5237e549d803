// Where an embedded workspace lives: its id, its store file and the keys beside it. All of it lies outside the folder
// the agents work in.

import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

export type PlaceOptions = {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  /** From -w and --store. */
  readonly workspace?: string | undefined;
  readonly store?: string | undefined;
};

export type Place = {
  readonly workspace: string;
  /** The store's file; for a store that has a URL, that URL. */
  readonly storePath: string;
  /** The URL of a store that is no file; it may hold a password. */
  readonly storeUrl: string | null;
  /** The human key: readable means human. */
  readonly keyPath: string;
  /** Key of the digests of calls and results. */
  readonly digestKeyPath: string;
};

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Git's common directory above `from`, so that all worktrees of a repository share one workspace; null outside git. */
function gitCommonDir(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const dot = join(folder, ".git");
    if (isFolder(dot)) return dot;
    const pointer = /^gitdir: (.+)$/m.exec(readText(dot) ?? "")?.[1];
    if (pointer !== undefined) {
      const worktree = resolve(folder, pointer.trim());
      const common = readText(join(worktree, "commondir"));
      return common === null ? worktree : resolve(worktree, common.trim());
    }
    if (dirname(folder) === folder) return null;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** The default workspace id of a folder: its name and 8 hex digits of the SHA-256 of the real path behind it. */
export function workspaceOf(cwd: string): string {
  const common = gitCommonDir(real(cwd));
  const path = real(common ?? cwd);
  const name = basename(common !== null && basename(path) === ".git" ? dirname(path) : path) || "root";
  return `${name}-${createHash("sha256").update(path).digest("hex").slice(0, 8)}`;
}

/** A workspace's name as a file name: what is not plain is percent-encoded. */
function fileName(workspace: string): string {
  const plain = encodeURIComponent(workspace).replaceAll("*", "%2A");
  return plain.startsWith(".") ? "%2E" + plain.slice(1) : plain;
}

function folder(env: PlaceOptions["env"], own: string, xdg: string, fallback: string): string {
  const given = env["EXEC_KERNEL_HOME"];
  if (given !== undefined && given !== "") return join(resolve(given), own);
  const base = env[xdg];
  return join(
    base !== undefined && base.startsWith("/") ? base : join(env["HOME"] ?? homedir(), fallback),
    "exec-kernel",
  );
}

/** True for what names a server and no file. */
function isUrl(store: string): boolean {
  return /^\s*(?:[a-z][a-z0-9+.-]*:\/\/|(?:[\w+.-]+:)*postgres(?:ql)?:)/i.test(store);
}

/**
 * Finds the place of a workspace without touching it. The id is -w, else EXEC_KERNEL_WORKSPACE, else the folder's; the
 * store is --store, else EXEC_KERNEL_STORE, else in the user's state folder. EXEC_KERNEL_HOME moves state and keys.
 */
export function placeOf(options: PlaceOptions): Place {
  const { cwd, env } = options;
  const workspace = options.workspace ?? (env["EXEC_KERNEL_WORKSPACE"] || undefined) ?? workspaceOf(cwd);
  const state = folder(env, "state", "XDG_STATE_HOME", ".local/state");
  const config = folder(env, "keys", "XDG_CONFIG_HOME", ".config");
  const store = options.store ?? (env["EXEC_KERNEL_STORE"] || undefined);
  const keys = { keyPath: join(config, "human.key"), digestKeyPath: join(config, "digest.key") };
  if (store !== undefined && isUrl(store)) return { workspace, storePath: store, storeUrl: store, ...keys };
  const storePath = store === undefined ? join(state, `${fileName(workspace)}.db`) : resolve(cwd, store);
  return { workspace, storePath, storeUrl: null, ...keys };
}
