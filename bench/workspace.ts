// A workspace for measuring decisions through a store: real time, real ids, limits that nothing measured meets.

import { DAY_ONE_POLICY } from "../src/core/index.ts";
import type { Actor, Limits, Policy, ScopeLimits } from "../src/core/index.ts";
import { createKernel, initWorkspace } from "../src/kernel/index.ts";
import type { Kernel, KernelOptions, Reply, Request } from "../src/kernel/index.ts";
import type { Store } from "../src/store/index.ts";
import { WORKSPACE } from "./world.ts";

const HUMAN: Actor = { kind: "human", id: "ada", proven: true };

/** The limits of day one, each in its place, but out of reach. */
function outOfReach(scope: ScopeLimits): ScopeLimits {
  const raised = (limits: Limits): Limits =>
    Object.fromEntries(Object.keys(limits).map((dimension) => [dimension, { soft: null, hard: 1e12 }]));
  const { lifetime, hour, day, month } = scope;
  return { lifetime: raised(lifetime), hour: raised(hour), day: raised(day), month: raised(month) };
}

const { task, lineage, agent, workspace } = DAY_ONE_POLICY.budget;

/** Limits of day one that nothing measured meets. */
export const POLICY: Policy = {
  ...DAY_ONE_POLICY,
  budget: {
    ...DAY_ONE_POLICY.budget,
    task: outOfReach(task),
    lineage: outOfReach(lineage),
    agent: outOfReach(agent),
    workspace: outOfReach(workspace),
  },
};

/** What some measurements have otherwise. */
type Other = Pick<KernelOptions, "commits" | "newCommandId">;

/** The workspace as the human; `owner` makes its command ids unlike those of other processes. */
export function kernelOver(store: Store, owner: string, other: Other = {}): Kernel {
  let commands = 0;
  return createKernel({
    store,
    workspace: WORKSPACE,
    actor: HUMAN,
    clock: Date.now,
    newCommandId: () => `${owner}-7000-8000-${String((commands += 1)).padStart(12, "0")}`,
    digestKey: "0".repeat(64),
    readPolicy: () => POLICY,
    humanKey: "0".repeat(64),
    ...other,
  });
}

export async function adopt(kernel: Kernel): Promise<void> {
  await initWorkspace(kernel, POLICY, "# measured");
}

/** Submits what has to be granted. */
export async function granted(kernel: Kernel, request: Request): Promise<Reply> {
  const reply = await kernel.submit(request);
  const { verdict, code, message } = reply.decision;
  if (verdict === "refused") throw new Error(`${code}: ${message}`);
  return reply;
}

type Step = Extract<Request, { readonly type: "record_step" }>;

let looks = 0;

/** What a step uses: each looks at something else and finds something else, as honest work does. */
export function lookedAt(): Pick<Step["body"], "tool" | "call" | "result" | "tokens" | "costMicros"> {
  looks += 1;
  const call = `git show HEAD~${looks}:src/part-${looks}.ts`;
  return { tool: "bash", call, result: `export const part = ${looks};`, tokens: 340, costMicros: 12 };
}

export type AtWork = { readonly agent: Kernel; readonly task: string; readonly step: () => Step };

/** A new task, claimed by this agent; the kernel as the agent, and what the next step of it asks for. */
export async function atWork(human: Kernel, name: string): Promise<AtWork> {
  const agent = human.as({ kind: "agent", id: name, proven: false });
  const made = await granted(human, { type: "create_task", body: { title: `work of ${name}`, scope: name } });
  const task = String(made.decision.result?.["task"]);
  await granted(agent, { type: "claim_task", body: { task } });
  return { agent, task, step: () => ({ type: "record_step", body: { task, ...lookedAt() }, fence: 1 }) };
}
