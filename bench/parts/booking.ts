// Spending, durably: a step's budget reserved, then settled, or settled with the next one reserved, from the request to
// the answer. Beside it the bare commits: the very bytes that were written, by plain SQL.

import { join } from "node:path";
import type { Kernel, Reply, Request } from "../../src/kernel/index.ts";
import { openSqliteStore } from "../../src/store/index.ts";
import { openBare, watched } from "../bare.ts";
import type { Written } from "../bare.ts";
import { median } from "../measure/statistics.ts";
import { timed } from "../measure/turns.ts";
import type { Action } from "../measure/turns.ts";
import { singles } from "../report/row.ts";
import type { Row } from "../report/row.ts";
import { adopt, atWork, granted, kernelOver, lookedAt } from "../workspace.ts";
import type { Part } from "./setting.ts";

const SHARE_MOST = 2;
const WARM = 0.2;

/** A step as it is asked for, and what it came to. */
function looked(): {
  readonly asked: Omit<ReturnType<typeof lookedAt>, "result">;
  readonly used: { readonly result: string };
} {
  const { result = "", ...asked } = lookedAt();
  return { asked, used: { result, ...SPENT } };
}

const SPENT = { tokens: 300, costMicros: 9 };

type Spending = { readonly reserveAndSettle: Action; readonly settleAndReserve: Action };

/** A reservation of its own is always open for the second. */
async function spendingOf(agent: Kernel, task: string): Promise<Spending> {
  const reserve = (): Request => ({ type: "reserve_step", body: { task, ...looked().asked }, fence: 1 });
  const named = (reply: Reply, name: string): string => String(reply.decision.result?.[name]);
  let open = named(await granted(agent, reserve()), "reservation");
  return {
    reserveAndSettle: async () => {
      const reservation = named(await granted(agent, reserve()), "reservation");
      await granted(agent, { type: "settle_step", body: { reservation, ...looked().used } });
    },
    settleAndReserve: async () => {
      const { asked, used } = looked();
      const body = { reservation: open, ...used, next: { task, ...asked } };
      open = named(await granted(agent, { type: "settle_step", body, fence: 1 }), "next");
    },
  };
}

function beside(what: string, ours: readonly number[], bare: readonly number[], commits: string): Row {
  const peer = { name: commits, figure: singles(bare), share: median(ours) / median(bare) };
  return { what, ours: singles(ours), peer, absent: null, target: { kind: "share", value: SHARE_MOST } };
}

export const booking: Part = {
  name: "booking",
  run: async ({ effort, folder }) => {
    const written: Written[] = [];
    const bare = await openBare(join(folder, "bare.db"));
    const store = await openSqliteStore({ path: join(folder, "ours.db"), create: true });
    const human = kernelOver(
      watched(store, (one) => written.push(one)),
      "01980000-0000",
    );
    await adopt(human);
    const { agent, task } = await atWork(human, "agent-1");
    const { reserveAndSettle, settleAndReserve } = await spendingOf(agent, task);
    const again = (): void => written.splice(0).forEach(bare.commit);
    again();
    const actions = [reserveAndSettle, again, settleAndReserve, again];
    const [two = [], twoBare = [], one = [], oneBare = []] = await timed(
      effort.durable,
      Math.ceil(effort.durable * WARM),
      actions,
    );
    await store.close();
    bare.close();
    return [
      beside("reserve and settle a step, SQLite", two, twoBare, "2 bare commits"),
      beside("settle it and reserve the next, one command", one, oneBare, "1 bare commit"),
    ];
  },
};
