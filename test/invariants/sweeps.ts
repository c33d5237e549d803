// Invariant 11: adding or removing sweeps changes no verdict. The same requests run on two fresh kernels, one of them
// swept at random; ids that the log gives (reservations, decisions) are carried over from the first to the second.

import type { Actor, Policy } from "../../src/core/index.ts";
import type { Reply, Request } from "../../src/kernel/index.ts";
import type { Turn } from "../model/duel.ts";
import { bench } from "../support/kernels.ts";
import type { Random } from "../support/random.ts";
import type { Faults } from "./history.ts";

const TIMER: Actor = { kind: "system", id: "sweeper", proven: true };

function renamed(request: Request, names: ReadonlyMap<string, string>): Request {
  // What the first kernel never named must not by chance be a name of the second.
  const to = (name: string): string => names.get(name) ?? `${name.slice(0, 2)}900000000`;
  switch (request.type) {
    case "settle_step":
      return { ...request, body: { ...request.body, reservation: to(request.body.reservation) } };
    case "cancel_step":
      return { ...request, body: { ...request.body, reservation: to(request.body.reservation) } };
    case "approve_request":
      return { ...request, body: { ...request.body, decision: to(request.body.decision) } };
    case "deny_request":
      return { ...request, body: { ...request.body, decision: to(request.body.decision) } };
    case "mark_wrong":
      return { ...request, body: { ...request.body, decision: to(request.body.decision) } };
    default:
      return request;
  }
}

function namesOf(reply: Reply): readonly (string | null)[] {
  const { result } = reply.decision;
  return [
    reply.id,
    ...["reservation", "next"].map((name) => (result?.[name] === undefined ? null : String(result[name]))),
  ];
}

function carry(from: Reply, to: Reply, names: Map<string, string>): void {
  const [before, after] = [namesOf(from), namesOf(to)];
  before.forEach((name, index) => {
    const other = after[index] ?? null;
    if (name !== null && other !== null) names.set(name, other);
  });
}

function verdictOf({ decision, replayed }: Reply): string {
  const { verdict, code, result } = decision;
  const essentials = ["task", "state", "fence", "attempt"].map((name) => result?.[name] ?? null);
  const wouldHave = [...new Set((decision.wouldHave ?? []).map((finding) => finding.code))].sort();
  return JSON.stringify({ verdict, code, essentials, wouldHave, replayed });
}

/** Differences between a run of these turns as they are and one with sweeps strewn in. */
export async function sweepFaults(policy: Policy, turns: readonly Turn[], dice: Random): Promise<Faults> {
  const [plain, swept] = [await bench({ policy }), await bench({ policy })];
  const timer = swept.human.as(TIMER);
  const names = new Map<string, string>();
  const faults: string[] = [];
  for (const [index, { clock, sent }] of turns.entries()) {
    if (sent.request.type === "sweep") continue;
    const gap = clock - swept.clock.now;
    if (gap > 0 && dice.below(3) === 0) {
      swept.clock.now += dice.below(gap + 1);
      await timer.submit({ type: "sweep", body: {}, commandId: `sweep-${index}` });
    }
    plain.clock.now = clock;
    swept.clock.now = clock;
    const one = await plain.human.as(sent.actor).submit(sent.request);
    const other = await swept.human.as(sent.actor).submit(renamed(sent.request, names));
    carry(one, other, names);
    if (verdictOf(one) !== verdictOf(other))
      faults.push(`turn ${index + 1}, ${JSON.stringify(sent)}: plain ${verdictOf(one)}, swept ${verdictOf(other)}`);
  }
  return faults;
}
