// Random transactions, some of which fail, against the most naive model of a store: after each, both hold the same.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { RowChange, Store } from "../../../src/store/index.ts";
import type { Open } from "./opened.ts";
import { everything, follow } from "../growth.ts";
import { rejection, seed } from "../support.ts";
import { storeTest } from "./with-store.ts";

type Model = { events: string[]; rows: Map<string, string>; counters: Map<string, number> };
type Step = {
  readonly workspace: string;
  readonly texts: readonly string[];
  readonly rows: readonly RowChange[];
  readonly counts: readonly string[];
  readonly fails: boolean;
};

const names = fc.constantFrom("a", "b", "a/1", "a/2", "漢", "\u{1f600}", "\uffff", "%");

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    workspace: fc.constantFrom("one", "two"),
    texts: fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { maxLength: 3 }),
    rows: fc.uniqueArray(fc.record({ key: names, bytes: fc.option(fc.string({ maxLength: 20 })) }), {
      maxLength: 5,
      selector: ({ key }) => key,
    }),
    counts: fc.array(names, { maxLength: 2 }),
    fails: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

async function perform(store: Store, { workspace, texts, rows, counts, fails }: Step): Promise<void> {
  const stop = new Error("stop");
  const done = store.transact(workspace, async (session) => {
    const head = await session.head();
    const { next, events } = follow(head, ...texts);
    if (events.length > 0) await session.append(head, next, events, rows);
    for (const name of counts) await session.count(name, 1);
    if (fails) throw stop;
  });
  if (fails) assert.equal(await rejection(done), stop);
  else await done;
}

function imitate(model: Model, { texts, rows, counts, fails }: Step): void {
  if (fails) return;
  model.events.push(...texts);
  for (const { key, bytes } of texts.length > 0 ? rows : []) {
    if (bytes === null) model.rows.delete(key);
    else model.rows.set(key, bytes);
  }
  for (const name of counts) model.counters.set(name, (model.counters.get(name) ?? 0) + 1);
}

function picture({ events, rows, counters }: Model): object {
  const { next, events: stored } = follow(null, ...events);
  const utf8 = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
    Buffer.compare(Buffer.from(a), Buffer.from(b));
  return {
    head: events.length === 0 ? null : next,
    events: stored,
    rows: [...rows].sort(utf8).map(([key, bytes]) => ({ key, bytes })),
    counters,
  };
}

export function modelled(open: Open): void {
  storeTest(
    open,
    "holds what a naive model holds after any transactions, also seen from a read begun before them",
    async ({ store }) => {
      let trial = 0;
      await fc.assert(
        fc.asyncProperty(steps, async (trialSteps) => {
          // A trial has workspaces of its own: one store serves them all.
          const mark = `/${(trial += 1)}`;
          const models = new Map<string, Model>();
          for (const step of trialSteps) {
            const workspace = step.workspace + mark;
            const model = models.get(workspace) ?? { events: [], rows: new Map(), counters: new Map() };
            models.set(workspace, model);
            const before = picture(model);
            const old = await store.read(workspace, async (view) => {
              await perform(store, { ...step, workspace });
              return { head: await view.head(), rows: await view.rows({ prefix: "", limit: 99 }) };
            });
            assert.deepEqual({ ...before, ...old }, before);
            imitate(model, step);
            assert.deepEqual(await everything(store, workspace), picture(model));
          }
        }),
        { seed, numRuns: 60 },
      );
    },
  );
}
