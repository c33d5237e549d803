// Fills a workspace with whole lives of tasks: made, claimed, worked on step by step, handed in and approved. Real
// events, judged and folded by the core and chained as the kernel chains them, but many to a transaction.

import { compilePolicy } from "../src/core/index.ts";
import type { Asked } from "./world.ts";
import { append, worldAfter } from "./filling.ts";
import type { Batch } from "./filling.ts";
import type { Store } from "../src/store/index.ts";
import { newTask, reserve, settle, step, WORKSPACE } from "./world.ts";
import type { World } from "./world.ts";
import { POLICY } from "./workspace.ts";

const EVENTS_AT_ONCE = 1_000;
const STEPS_EACH = 5;
const AGENTS = 40;
const BETWEEN_MS = 700;
/** Every so many tasks, one is a root; the others lie below the last root. */
const FAMILY = 8;

type Doer = Parameters<World["run"]>[1];

const HUMAN: Doer = { kind: "human", actor: "eve" };

/** What one task goes through; events and rows of it are added to the batch. Returns its id. */
function live(world: World, number: number, parent: string | null, into: Batch): string {
  const agent: Doer = { kind: "agent", actor: `agent-${number % AGENTS}` };
  const run = (asked: Asked, as: Doer): { readonly [name: string]: unknown } => {
    const { result, events, changed } = world.run(asked, as);
    world.pass(BETWEEN_MS);
    into.events.push(...events);
    for (const [key, row] of changed) into.changed.set(key, row);
    return result;
  };
  const task = String(run(newTask(`part ${number} of the work`, parent), HUMAN)["task"]);
  run({ type: "claim_task", body: { task } }, agent);
  for (let done = 0; done < STEPS_EACH; done += 1) run(step(task), agent);
  const { reservation } = run(reserve(task), agent);
  run(settle(String(reservation), null), agent);
  run({ type: "move_task", body: { task, to: "in_review", reason: null, lesson: null } }, agent);
  if (number % 3 !== 0) run({ type: "move_task", body: { task, to: "done", reason: null, lesson: null } }, HUMAN);
  return task;
}

/** Adds at least so many events to the end of the log of a workspace that has a policy. */
export async function fillWithLives(store: Store, events: number): Promise<void> {
  const world = await worldAfter(store, compilePolicy(POLICY, "0".repeat(64)));
  let parent: string | null = null;
  for (let done = 0, number = 0; done < events;) {
    const batch: Batch = { events: [], changed: new Map() };
    while (batch.events.length < EVENTS_AT_ONCE) {
      const task: string = live(world, number, number % FAMILY === 0 ? null : parent, batch);
      if (number % FAMILY === 0) parent = task;
      number += 1;
    }
    done += batch.events.length;
    await store.transact(WORKSPACE, (session) => append(session, batch));
  }
}
