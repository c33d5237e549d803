// The composition root: finds the workspace's place, opens its store, says who acts, and puts the kernel together.
// Everything heavy is loaded here and not before, so that help and usage errors stay quick.

import type { Actor, HeadRow, Policy } from "../core/index.ts";
import type { Identity, Kernel, Place } from "../kernel/index.ts";
import type { Store } from "../store/index.ts";
import type { Call } from "./args/spec.ts";
import { UsageError } from "./args/usage.ts";
import { printable } from "./args/words.ts";
import { workingFolder } from "./output/io.ts";

/** What the parts below need to be told of a call. */
export type Surroundings = Pick<Call, "globals" | "io">;

/** A workspace that is open for one command. */
export type Workspace = {
  readonly place: Place;
  readonly store: Store;
  readonly kernel: Kernel;
  readonly head: HeadRow;
  readonly identity: Identity;
};

export type Opening = {
  /** A command acts, and is told when its credentials are wrong; a read needs none. */
  readonly acts?: boolean;
  /** Calls and results are to be digested: makes the key where there is none yet. */
  readonly digests?: boolean;
  /** Acts where no credential names anybody. */
  readonly otherwise?: Actor;
  /** Judges the form of a policy that is to be adopted. */
  readonly readPolicy?: (value: unknown) => Policy | string;
  /** A workspace without a log is opened too: for `init`, and for looking what is there. */
  readonly empty?: boolean;
  /** Makes the store where there is none. */
  readonly create?: boolean;
  /** A store on a server may lose decisions with its one machine. */
  readonly singleNode?: boolean;
};

const WORKSPACE_BYTES_MAX = 200;

function checkWorkspaceId(id: string): void {
  const bytes = Buffer.byteLength(id);
  if (id.trim() === "") throw new UsageError("the workspace's id is empty: see --workspace and EXEC_KERNEL_WORKSPACE");
  if (bytes > WORKSPACE_BYTES_MAX)
    throw new UsageError(`the workspace's id has ${bytes} bytes, limit ${WORKSPACE_BYTES_MAX}`);
  if (printable(id) !== id) throw new UsageError(`the workspace's id ${printable(id)} has an unprintable character`);
}

/** Where the workspace of this call lies, whether it exists or not. */
export async function placeFor({ globals, io }: Surroundings): Promise<Place> {
  const { placeOf } = await import("../kernel/index.ts");
  if (globals.store?.trim() === "")
    throw new UsageError("--store is empty: name the store's file, or a postgres:// URL");
  if (globals.workspace !== undefined) checkWorkspaceId(globals.workspace);
  else if ((io.env["EXEC_KERNEL_WORKSPACE"] ?? "") === "" && workingFolder() === null) {
    throw new UsageError("the working directory is gone: cd to one that exists, or name --workspace");
  }
  const place = placeOf({ cwd: io.cwd, env: io.env, workspace: globals.workspace, store: globals.store });
  checkWorkspaceId(place.workspace);
  return place.storeUrl === null ? place : await shownPlace(place, place.storeUrl);
}

/** A place on a server; from here on its password is shown nowhere. */
async function shownPlace(place: Place, url: string): Promise<Place> {
  const { isPostgresUrl, parsePostgresUrl } = await import("../store/index.ts");
  const scheme = url.slice(0, url.indexOf("://"));
  if (!isPostgresUrl(url)) throw new UsageError(`--store ${scheme}://...: a store is a file or postgres://...`);
  return { ...place, storePath: parsePostgresUrl(url).shown };
}

/** Only `init` and `policy adopt` hand a reader in: everything else adopts nothing, and need not load one. */
function noPolicy(): string {
  return "is adopted by exec-kernel policy adopt";
}

async function kernelOn(store: Store, place: Place, actor: Actor | null, opening: Opening): Promise<Kernel> {
  const { createKernel, ensureSecret, readSecret } = await import("../kernel/index.ts");
  const { uuidv7 } = await import("uuidv7");
  return createKernel({
    store,
    workspace: place.workspace,
    actor,
    clock: Date.now,
    newCommandId: uuidv7,
    digestKey: opening.digests === true ? ensureSecret(place.digestKeyPath) : "",
    readPolicy: opening.readPolicy ?? noPolicy,
    humanKey: readSecret(place.keyPath),
  });
}

/** With EXEC_KERNEL_HISTORY every command of this process is written down, for a checker from outside. */
async function withHistory(kernel: Kernel, { env }: Surroundings["io"]): Promise<Kernel> {
  const path = env["EXEC_KERNEL_HISTORY"] ?? "";
  if (path === "") return kernel;
  const { historyInto } = await import("./history.ts");
  return historyInto(path, kernel);
}

/** Who acts in this process; throws where the credentials contradict each other. */
async function actorOf(call: Surroundings, place: Place, head: HeadRow): Promise<Identity> {
  const { identify } = await import("../kernel/index.ts");
  return identify({ env: call.io.env, keyPath: place.keyPath, humanKey: head.humanKey, as: call.globals.as });
}

/** A workspace of a store that is open already. */
export async function workspaceIn(
  store: Store,
  place: Place,
  call: Surroundings,
  opening: Opening,
): Promise<Workspace> {
  const { KernelFault } = await import("../kernel/index.ts");
  const reader = await kernelOn(store, place, null, opening);
  const head = await reader.head();
  if (head.sequence === 0 && opening.empty !== true) {
    throw new KernelFault(
      "workspace.not_initialised",
      `workspace ${place.workspace} is not in ${place.storePath}: run \`exec-kernel init\` as the human`,
    );
  }
  const identity = await actorOf(call, place, head);
  const { actor, problem } = identity;
  if (opening.acts === true && problem !== null) throw new UsageError(problem);
  const nobody = problem === null ? (opening.otherwise ?? null) : null;
  const kernel = await withHistory(reader.as(actor ?? nobody), call.io);
  return { place, store, kernel, head, identity };
}

async function openServer(
  call: Surroundings,
  url: string,
  { create = false, singleNode = false }: Opening,
): Promise<Store> {
  const { openPostgresStore } = await import("../store/index.ts");
  const onWaiting = (told: string): void => {
    if (!call.globals.quiet) call.io.err.line(`exec-kernel: ${told}`);
  };
  return await openPostgresStore({ url, create, singleNode, onWaiting });
}

/** Opens the store's file; where the default one is not there, the fault names workspaces that are. */
async function openFile(call: Surroundings, path: string, create: boolean): Promise<Store> {
  const { openSqliteStore, StoreFault } = await import("../store/index.ts");
  try {
    return await openSqliteStore({ path, create });
  } catch (error) {
    const isNamed = call.globals.store !== undefined || (call.io.env["EXEC_KERNEL_STORE"] ?? "") !== "";
    if (isNamed || !(error instanceof StoreFault) || error.code !== "store.absent") throw error;
    const { otherWorkspaces } = await import("./output/other-workspaces.ts");
    throw new StoreFault(error.code, path, error.message + otherWorkspaces(path), error);
  }
}

async function openStore(call: Surroundings, { storePath, storeUrl }: Place, opening: Opening): Promise<Store> {
  return storeUrl === null ? openFile(call, storePath, opening.create === true) : openServer(call, storeUrl, opening);
}

/** Opens the store of this call, whatever workspaces are in it, does the work and closes it again. */
export async function withStore<T>(call: Surroundings, work: (store: Store, place: Place) => Promise<T>): Promise<T> {
  const place = await placeFor(call);
  const store = await openStore(call, place, {});
  try {
    return await work(store, place);
  } finally {
    await store.close();
  }
}

/** Opens the workspace, does the work and closes it again, whatever happened. */
export async function withWorkspace<T>(
  call: Surroundings,
  opening: Opening,
  work: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const place = await placeFor(call);
  const store = await openStore(call, place, opening);
  try {
    return await work(await workspaceIn(store, place, call, opening));
  } finally {
    await store.close();
  }
}
