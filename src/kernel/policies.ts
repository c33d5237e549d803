// The policy in force, read from the log and compiled once for each hash.

import { compilePolicy, DAY_ONE_POLICY } from "../core/index.ts";
import type { CompiledPolicy, Event, HeadRow, Policy } from "../core/index.ts";
import type { View } from "../store/index.ts";
import { decodeEvent } from "./codec.ts";
import { sha256 } from "./digest.ts";
import { KernelFault } from "./fault.ts";

/** The event that adopts a policy. */
export type Adoption = Extract<Event, { readonly type: "policy_adopted" }>;

/** Where the events of the log are read. */
type Events = Pick<View, "event">;

/** The event that adopted the policy in force. */
export async function adoptionOf(view: Events, head: HeadRow): Promise<Adoption> {
  const stored = await view.event(head.policySequence);
  const event = stored === null ? null : decodeEvent(stored.bytes, head.policySequence);
  if (event?.type === "policy_adopted") return event;
  throw new KernelFault(
    "log.corrupt",
    `event ${head.policySequence} should adopt the policy and does not: run \`exec-kernel verify\``,
  );
}

/** INVARIANT: nothing is judged by a policy other than the one that was adopted, whatever became of its bytes. */
async function adopted(view: Events, head: HeadRow): Promise<Policy> {
  const { policy } = (await adoptionOf(view, head)).body;
  if (sha256(JSON.stringify(policy)) === head.policyHash) return policy;
  throw new KernelFault(
    "log.corrupt",
    `event ${head.policySequence} holds another policy than was adopted: run \`exec-kernel verify\`, restore a backup`,
  );
}

/** Judges the very first command, which adopts a policy. */
export const BEFORE_ANY: CompiledPolicy = compilePolicy(DAY_ONE_POLICY, "");

export type Policies = { readonly inForce: (view: Events, head: HeadRow) => Promise<CompiledPolicy> };

/** A reader of policies that remembers the last one it compiled. */
export function openPolicies(): Policies {
  let last: CompiledPolicy = BEFORE_ANY;
  return {
    inForce: async (view, head) => {
      if (head.policySequence === 0) return BEFORE_ANY;
      if (last.hash !== head.policyHash) last = compilePolicy(await adopted(view, head), head.policyHash);
      return last;
    },
  };
}
