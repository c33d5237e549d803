// Fills a workspace with a great many tasks in a short time: real events, judged and folded by the core and chained as the
// kernel chains them, but a thousand to a transaction.

import { HEAD_KEY } from "../src/core/index.ts";
import type { CompiledPolicy, Event, Row } from "../src/core/index.ts";
import { decodeRow, encodeRow, seal } from "../src/kernel/index.ts";
import type { RowChange, Session, Store } from "../src/store/index.ts";
import { newTask, World, WORKSPACE } from "./world.ts";

/** Tasks of a family: a root and what lies right below it. */
const FAMILY = 10;
const FAMILIES_AT_ONCE = 100;

/** Whoever is measured later is somebody else, so that no command id meets another. */
const FILLER = "eve";

export type Batch = { readonly events: Event[]; readonly changed: Map<string, Row | null> };

/** One root with its children, made by a human; nothing else is ever asked of their rows while filling. */
function addFamily(world: World, number: number, into: Batch): void {
  let parent: string | null = null;
  for (let index = 0; index < FAMILY; index += 1) {
    const asked = newTask(`part ${index} of work ${number}`, parent);
    const { result, events, changed } = world.run(asked, { kind: "human", actor: FILLER });
    parent ??= String(result["task"]);
    into.events.push(...events);
    for (const [key, row] of changed) into.changed.set(key, row);
  }
  world.forget();
}

function changesOf({ changed }: Batch): readonly RowChange[] {
  return [...changed].map(([key, row]) => ({ key, bytes: row === null ? null : encodeRow(row) }));
}

/** The rows that a workspace with a policy alone has. */
export async function worldAfter(store: Store, policy?: CompiledPolicy): Promise<World> {
  const [bytes] = await store.read(WORKSPACE, (view) => view.load([HEAD_KEY]));
  const head = decodeRow(bytes ?? "", HEAD_KEY);
  const world = new World(head.kind === "head" ? head.at : 0, policy);
  world.put(HEAD_KEY, head);
  return world;
}

/** Appends what a batch holds. */
export async function append(session: Session, batch: Batch): Promise<void> {
  const before = await session.head();
  if (before === null) throw new Error("nothing to add it to");
  const events = seal(batch.events, before.hash);
  const last = events.at(-1);
  if (last === undefined) throw new Error("nothing to add");
  const next = { sequence: last.sequence, hash: last.hash, minWriter: before.minWriter };
  await session.append(before, next, events, changesOf(batch));
}

/** Adds so many tasks, in whole families, to the end of the log of a workspace that has a policy. */
export async function fill(store: Store, tasks: number): Promise<void> {
  const world = await worldAfter(store);
  const families = Math.ceil(tasks / FAMILY);
  for (let done = 0; done < families;) {
    const batch: Batch = { events: [], changed: new Map() };
    for (const end = Math.min(families, done + FAMILIES_AT_ONCE); done < end; done += 1) addFamily(world, done, batch);
    await store.transact(WORKSPACE, (session) => append(session, batch));
  }
}
