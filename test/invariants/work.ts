// Invariant 12: work per command is bounded, and no task that is not ended stands where nothing can be done about it.

import type { Policy } from "../../src/core/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import type { Session, Store, View } from "../../src/store/index.ts";
import type { Faults } from "./history.ts";

/** The largest number of different rows that one transaction loaded. */
export type Loads = { most: number };

function counted<V extends View>(view: V, keys: Set<string>): V {
  return new Proxy(view, {
    get: (target, name) => {
      if (name === "load")
        return (asked: readonly string[]) => {
          for (const key of asked) keys.add(key);
          return target.load(asked);
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** The same store, counting what its transactions load. */
export function countingLoads(store: Store, loads: Loads): Store {
  return {
    kind: store.kind,
    read: (workspace, work) => store.read(workspace, work),
    transact: <T>(workspace: string, work: (session: Session) => Promise<T>) =>
      store.transact(workspace, async (session) => {
        const keys = new Set<string>();
        const done = await work(counted(session, keys));
        loads.most = Math.max(loads.most, keys.size);
        return done;
      }),
    checkpoints: store.checkpoints,
    workspaces: () => store.workspaces(),
    facts: () => store.facts(),
    check: () => store.check(),
    close: () => store.close(),
  };
}

/** Codes that refuse every named move of a human out of this state; null where one would be granted. */
async function refusals(human: Kernel, task: string, state: string, policy: Policy): Promise<readonly string[] | null> {
  const codes: string[] = [];
  const edges = policy.lifecycle.edges.filter((edge) => edge.from === state && edge.by.includes("human"));
  for (const { to } of edges) {
    const body = { task, to, reason: "try" };
    const request = { type: "move_task", body, dryRun: true, commandId: `try ${task} ${to}` } as const;
    const { decision } = await human.submit(request);
    if (decision.verdict === "granted") return null;
    codes.push(`${to}: ${decision.code}`);
  }
  return codes;
}

/** 12. Every non-terminal task has a named move that is granted when made. */
export async function stuckFaults(human: Kernel, policy: Policy): Promise<Faults> {
  const faults: string[] = [];
  for (const row of await human.tasks({})) {
    const codes = row.ended ? null : await refusals(human, row.id, row.state, policy);
    if (codes !== null) faults.push(`${row.id} is stuck in ${row.state}: ${codes.join(", ")}`);
  }
  return faults;
}
