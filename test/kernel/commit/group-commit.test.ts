// Commands that share a transaction are decided as if each had come alone.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { Command } from "../../../src/core/index.ts";
import { GroupCommit, KernelFault } from "../../../src/kernel/index.ts";
import type { Commits, Reply } from "../../../src/kernel/index.ts";
import { StoreFault } from "../../../src/store/index.ts";
import type { Session, Store } from "../../../src/store/index.ts";
import { bench } from "../../support/kernels.ts";
import { random, runSeed } from "../../support/random.ts";
import type { Random } from "../../support/random.ts";
import { randomCommand } from "../../support/random-commands.ts";
import { agent, commandOf, newTask } from "../../support/world.ts";
import type { As, Kinds } from "../../support/world.ts";
import { sessionWith, storeWith } from "../../support/wrapped-store.ts";

type Group = { readonly commits: Commits; readonly store: Store; readonly clock: { now: number } };

async function group(wrap: (store: Store) => Store = (store) => store, isFar = false): Promise<Group> {
  const { store, clock } = await bench();
  let ids = 0;
  const newCommandId = (): string => `timer-${(ids += 1)}`;
  const commits = new GroupCommit({
    store: wrap(store),
    workspace: "w",
    clock: () => clock.now,
    newCommandId,
    isFar,
  });
  return { commits, store, clock };
}

/** The same store, with another way to run a transaction. */
function withTransact(store: Store, transact: Store["transact"]): Store {
  return storeWith(store, { transact });
}

/** The same session, with another way to append. */
function withAppend(session: Session, append: Session["append"]): Session {
  return sessionWith(session, { append });
}

const create = (title: string, id: string): Command =>
  commandOf({ type: "create_task", body: newTask({ title }) }, {}, id);
const claimNext = (name: string, id: string): Command =>
  commandOf({ type: "claim_task", body: { task: null } }, agent(name), id);

const codes = (replies: readonly Reply[]): readonly string[] => replies.map(({ decision }) => decision.code);

/** A store whose commits are on their way for a while, though nobody else writes meanwhile. */
function slow(store: Store): Store {
  return withTransact(store, async (workspace, work) => {
    const result = await store.transact(workspace, work);
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    return result;
  });
}

/** One in eight takes whatever is ready, or asks a timer's question. */
function anyCommand(dice: Random, at: number): { readonly asked: Kinds; readonly as: As } {
  const chance = dice.below(16);
  if (chance === 0) return { asked: { type: "sweep", body: { tasks: [], reservations: [] } }, as: { kind: "system" } };
  if (chance === 1) return { asked: { type: "claim_task", body: { task: null } }, as: agent(`a-${dice.below(4)}`) };
  return randomCommand(dice, at);
}

/** What so many random commands come to, asked in groups of at most this size. */
async function played(
  seed: number,
  most: number,
  isFar = false,
): Promise<{ readonly hash: string; readonly answers: string }> {
  const dice = random(seed);
  const { commits, store, clock } = await group(isFar ? slow : undefined, isFar);
  const answers: Reply[] = [];
  let asked = 0;
  for (let burst = 0; burst < 40; burst += 1) {
    clock.now += dice.below(4) === 0 ? dice.below(5_000_000) : dice.below(5_000);
    const commands = Array.from({ length: 1 + dice.below(dice.below(4) === 0 ? 60 : 12) }, () => {
      const { asked: body, as } = anyCommand(dice, clock.now);
      return commandOf(body, as, dice.below(9) === 0 ? `c-${dice.below(30)}` : `n-${(asked += 1)}`);
    });
    for (let from = 0; from < commands.length; from += most)
      answers.push(...(await Promise.all(commands.slice(from, from + most).map((one) => commits.submit(one)))));
  }
  const head = await store.read("w", (view) => view.head());
  return { hash: head?.hash ?? "", answers: JSON.stringify(answers) };
}

describe("group commit", () => {
  test("groups of any size write the same log, byte for byte, and give the same answers", async () => {
    const seed = runSeed();
    for (let round = 0; round < 8; round += 1) {
      const alone = await played(seed + round, 1);
      for (const most of [2, 5, 64]) assert.deepEqual(await played(seed + round, most), alone, `groups of ${most}`);
      for (const most of [5, 64])
        assert.deepEqual(await played(seed + round, most, true), alone, `far, groups of ${most}`);
    }
  });

  test("commands that come together share one transaction, and one that comes alone waits for nobody", async () => {
    let transactions = 0;
    const { commits } = await group((store) =>
      withTransact(store, (workspace, work) => {
        transactions += 1;
        return store.transact(workspace, work);
      }),
    );
    await commits.submit(create("alone", "c-1"));
    assert.equal(transactions, 1);
    await Promise.all(Array.from({ length: 50 }, (_, index) => commits.submit(create(`part ${index}`, `t-${index}`))));
    assert.ok(transactions <= 3, `${transactions} transactions`);
  });

  /** Counts the questions for rows that transactions ask. */
  const counted = (count: () => void) => (store: Store) =>
    withTransact(store, (workspace, work) =>
      store.transact(workspace, (session) => {
        const load: Session["load"] = (keys) => {
          count();
          return session.load(keys);
        };
        return work(sessionWith(session, { load }));
      }),
    );

  test("what all commands of a transaction read is asked of the store in a few questions", async () => {
    let questions = 0;
    const counting = counted(() => (questions += 1));
    const asked = async (isFar: boolean): Promise<number> => {
      const { commits } = await group(counting, isFar);
      await commits.submit(create("first", "c-0"));
      questions = 0;
      const body = (n: number): Kinds => ({ type: "claim_task", body: { task: `X-${n}` } });
      const claims = Array.from({ length: 60 }, (_, n) => commits.submit(commandOf(body(n), agent("a-1"), `k-${n}`)));
      await Promise.all(claims);
      return questions;
    };
    assert.ok((await asked(false)) >= 60);
    assert.ok((await asked(true)) <= 8);
  });

  test("of commands whose rows are known only the ids are asked for, all in one question", async () => {
    let questions = 0;
    const { commits } = await group(counted(() => (questions += 1)));
    const halts = (round: string, to: "halt_scope" | "resume_scope"): Promise<readonly Reply[]> =>
      Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          commits.submit(commandOf({ type: to, body: { scope: `agent/a-${n}`, reason: "x" } }, {}, `${round}-${n}`)),
        ),
      );
    await halts("first", "halt_scope");
    questions = 0;
    assert.deepEqual(new Set(codes(await halts("second", "resume_scope"))), new Set(["scope.resumed"]));
    assert.ok(questions <= 3, `${questions} questions`);
  });

  test("no answer leaves before the commit", async () => {
    let isCommitted = false;
    const { commits } = await group((store) =>
      withTransact(store, async (workspace, work) => {
        const result = await store.transact(workspace, work);
        isCommitted = true;
        return result;
      }),
    );
    const { decision } = await commits.submit(create("write it", "c-1"));
    assert.deepEqual([decision.verdict, isCommitted], ["granted", true]);
  });

  test("a command id twice in one group is granted once and answered the same twice", async () => {
    const { commits } = await group();
    await commits.submit(create("first", "c-0"));
    const same = create("write it", "same");
    const [one, two] = await Promise.all([commits.submit(same), commits.submit(same)]);
    assert.deepEqual([one.replayed, two.replayed], [false, true]);
    assert.equal(JSON.stringify(one.decision), JSON.stringify(two.decision));
  });

  test("agents that ask for the next task in one group get different ones, made in the same group too", async () => {
    const { commits } = await group();
    const made = Array.from({ length: 6 }, (_, index) => commits.submit(create(`part ${index}`, `t-${index}`)));
    const claims = Array.from({ length: 7 }, (_, index) => commits.submit(claimNext(`a-${index}`, `k-${index}`)));
    await Promise.all(made);
    const replies = await Promise.all(claims);
    const tasks = replies.slice(0, 6).map(({ decision }) => decision.result?.["task"]);
    assert.equal(new Set(tasks).size, 6);
    assert.equal(replies[6]?.decision.code, "claim.nothing_ready");
  });

  test("what is wrong with one command is that one's alone", async () => {
    const { store, clock } = await bench({ init: false });
    const newCommandId = (): string => "timer";
    const commits = new GroupCommit({ store, workspace: "w", clock: () => clock.now, newCommandId });
    await assert.rejects(commits.submit(create("too early", "c-1")), KernelFault);
    const { commits: other } = await group();
    const wrong = { ...create("wrong", "c-2"), body: null };
    const settled = await Promise.allSettled([
      other.submit(create("a", "c-1")),
      // What intake would never let through is a defect of the kernel: it fails alone.
      Reflect.apply(other.submit, other, [wrong]),
      other.submit(create("b", "c-3")),
    ]);
    assert.deepEqual(
      settled.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
  });

  test("a fault of the store is told to all that shared the transaction, and the next one goes on", async () => {
    let isFull = true;
    const { commits, store } = await group((store) =>
      withTransact(store, (workspace, work) =>
        store.transact(workspace, (session) =>
          work(
            withAppend(session, (...parts) =>
              isFull ? Promise.reject(new StoreFault("store.full", "x", "x is full")) : session.append(...parts),
            ),
          ),
        ),
      ),
    );
    const settled = await Promise.allSettled([1, 2, 3].map((n) => commits.submit(create(`part ${n}`, `c-${n}`))));
    for (const one of settled) assert.ok(one.status === "rejected" && one.reason instanceof StoreFault);
    assert.equal((await store.read("w", (view) => view.head()))?.sequence, 1);
    isFull = false;
    const replies = await Promise.all([1, 2, 3].map((n) => commits.submit(create(`part ${n}`, `c-${n}`))));
    assert.deepEqual(codes(replies), ["task.created", "task.created", "task.created"]);
  });

  test("rows that somebody else wrote in between are read anew", async () => {
    const { commits, store, clock } = await group();
    const newCommandId = (): string => "timer-b";
    const other = new GroupCommit({ store, workspace: "w", clock: () => clock.now, newCommandId });
    await commits.submit(create("write it", "c-1"));
    const claim = (by: Commits, name: string): Promise<Reply> =>
      by.submit(commandOf({ type: "claim_task", body: { task: "T-1" } }, agent(name), `claim of ${name}`));
    const taken = await claim(other, "a-1");
    const late = await claim(commits, "a-2");
    assert.deepEqual(codes([taken, late]), ["task.claimed", "lease.taken"]);
  });

  test("where commits are far the next group is judged meanwhile, and judged again if somebody else wrote", async () => {
    const { store, clock } = await bench();
    let reads = 0;
    let transactions = 0;
    const newCommandId = (): string => "timer";
    const other = new GroupCommit({ store, workspace: "w", clock: () => clock.now, newCommandId });
    const watched: Store = {
      ...withTransact(store, async (workspace, work) => {
        transactions += 1;
        // Between the first commit of the crowd and its second, somebody else takes the first task.
        if (transactions === 3)
          await other.submit(commandOf({ type: "claim_task", body: { task: "T-1" } }, agent("a-1"), "k-1"));
        return slow(store).transact(workspace, work);
      }),
      read: (workspace, work) => {
        reads += 1;
        return store.read(workspace, work);
      },
    };
    const far = new GroupCommit({ store: watched, workspace: "w", clock: () => clock.now, newCommandId, isFar: true });
    await far.submit(create("write it", "c-1"));
    const crowd = Array.from({ length: 40 }, (_, n) =>
      far.submit(commandOf({ type: "claim_task", body: { task: n < 30 ? `X-${n}` : "T-1" } }, agent("a-2"), `k-${n}`)),
    );
    const refused = codes(await Promise.all(crowd));
    assert.ok(reads > 0, "nothing was judged ahead");
    assert.deepEqual([...new Set(refused)], ["task.unknown", "lease.taken"]);
    assert.equal((await (await bench({ store, init: false })).human.verify()).ok, true);
  });

  test("readers that hold every turn to read hold up no commit, and one read ahead waits with them at most", async () => {
    let waiting = 0;
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const { commits, store } = await group(
      (store) =>
        storeWith(slow(store), {
          read: async (workspace, work) => {
            waiting += 1;
            await held;
            return store.read(workspace, work);
          },
        }),
      true,
    );
    for (let n = 0; n < 3; n += 1)
      await Promise.all(Array.from({ length: 40 }, (_, at) => commits.submit(create(`${n}.${at}`, `t-${n}-${at}`))));
    assert.equal(waiting, 1);
    letGo();
    for (let n = 3; n < 6; n += 1)
      await Promise.all(Array.from({ length: 40 }, (_, at) => commits.submit(create(`${n}.${at}`, `t-${n}-${at}`))));
    assert.ok(waiting > 1, "nothing is judged ahead any more");
    assert.deepEqual((await (await bench({ store, init: false })).human.verify()).findings, []);
  });

  test("work that runs again, because another server was first, is remembered as it was committed", async () => {
    let runs = 0;
    const { commits, store } = await group((store) =>
      withTransact(store, async (workspace, work) => {
        runs += 1;
        // A first run whose outcome is thrown away, as when the head has moved.
        if (runs === 2)
          await assert.rejects(
            store.transact(workspace, async (session) => {
              await work(session);
              throw new Error("moved");
            }),
          );
        return store.transact(workspace, work);
      }),
    );
    for (const n of [1, 2, 3]) await commits.submit(create(`part ${n}`, `c-${n}`));
    const head = await store.read("w", (view) => view.head());
    assert.equal(head?.sequence, 4);
    assert.equal((await (await bench({ store, init: false })).human.verify()).ok, true);
  });

  test("a commit that was lost on its way is written again as it was, and counts once", async () => {
    const { commits, store } = await group(
      (store) =>
        withTransact(store, async (workspace, work) => {
          // The first run's commit never arrived: the head is as it was, and the work runs again.
          const lost = store.transact(workspace, async (session) => {
            await work(session);
            throw new Error("lost");
          });
          await assert.rejects(lost);
          return store.transact(workspace, work);
        }),
      true,
    );
    for (let n = 0; n < 20; n += 1)
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => commits.submit(create(`part ${n}.${index}`, `t-${n}-${index}`))),
      );
    const { counters, sequence } = await store.read("w", async (view) => ({
      counters: await view.counters(),
      sequence: (await view.head())?.sequence ?? 0,
    }));
    assert.ok((counters.get("counted/events") ?? 0) <= sequence, JSON.stringify([...counters]));
    assert.deepEqual((await (await bench({ store, init: false })).human.verify()).findings, []);
  });

  test("what the store will not take from one command is that one's fault", async () => {
    const { commits } = await group();
    await commits.submit(create("first", "c-0"));
    const long = commandOf({ type: "claim_task", body: { task: "x".repeat(3_000) } }, agent("a-1"), "c-1");
    const settled = await Promise.allSettled([
      commits.submit(create("a", "c-2")),
      commits.submit(long),
      commits.submit(create("b", "c-3")),
    ]);
    assert.deepEqual(
      settled.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
  });
});
