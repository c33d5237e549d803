// The model reserves, settles, cancels and records steps, and keeps evidence.

import type { RequestBodies, Reply } from "../../../src/kernel/index.ts";
import type { Case } from "../case.ts";
import { enter, leave, progress, renewByStep } from "../leases.ts";
import { scopesFor } from "../meters.ts";
import { caseOf, refuse, withTask } from "../plan.ts";
import type { Asked, Asking, Plan } from "../plan.ts";
import { chargedTo } from "../rules-of-budgets.ts";
import { CLIMBS } from "../rules-of-steps.ts";
import { judged } from "../rules.ts";
import { isEnded, nameOf } from "../state.ts";
import type { Amounts, Charge, ModelReservation, ModelTask, World } from "../state.ts";
import { isPolling, viewOf } from "../steps.ts";
import type { Happening, ModelCall } from "../steps.ts";

const LATE_MS = 86_400_000;
const EVIDENCE_MAX = 16;

type Spending = { readonly tokens?: number | undefined; readonly costMicros?: number | undefined } & {
  readonly amounts?: Amounts | undefined;
};

function amountsOf(body: Spending): Amounts {
  const named = { tokens: body.tokens, costMicros: body.costMicros };
  const given = Object.entries(named).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return { ...body.amounts, ...Object.fromEntries(given) };
}

/** A hand-back step is no step of the budget; what it uses is. */
function stepOf(body: Spending & { readonly handBack?: boolean | undefined }): Amounts {
  return body.handBack === true ? amountsOf(body) : { ...amountsOf(body), steps: 1 };
}

function charge(it: Case, task: ModelTask, reserved: Amounts, handBack: boolean): Charge {
  const scopes = scopesFor(it.world, task, chargedTo(it, task));
  const made: Charge = { scopes, madeAt: it.world.at, reserved, handBack, closed: null };
  it.world.charges.push(made);
  return made;
}

function reserveCase(asked: Asking, body: RequestBodies["reserve_step"], task: ModelTask): Case {
  const handBack = body.handBack ?? false;
  const calls = callIn(asked.world, task, body);
  return caseOf(asked, { task, type: "reserve_step", spends: { asked: stepOf(body), handBack }, calls });
}

/** Texts of random calls are plain words and a number; only the number is masked in their shape. */
function callIn(
  world: World,
  task: ModelTask,
  { tool = "", call, class: kind }: RequestBodies["reserve_step"],
): ModelCall | null {
  if (call === undefined && kind !== "message") return null;
  const text = `${tool} ${call ?? ""}`;
  const plain = { text, shape: text.replace(/\d+/g, "#"), kind: kind ?? "observe", watches: tool === "wait" };
  return { ...plain, polled: isPolling(world.policy, viewOf(task.happened), plain, world.at) };
}

/** A human is not watched, but heard. */
function happen(by: string, task: ModelTask | null, step: Omit<Extract<Happening, { what: "step" }>, "what">): void {
  if (task === null) return;
  if (!by.startsWith("human:")) task.happened.push({ what: "step", ...step });
  else if (step.call.kind === "message") task.happened.push({ what: "moved" });
}

/** A refused step counts; the third in a row ends the run, and the next parks the task. */
function climb(it: Case, code: string | null): void {
  const { task, world, run } = it;
  if (task === null || code === null || !CLIMBS.includes(code)) return;
  const strikes = viewOf(task.happened).strikes + 1;
  const by = code === "step.run_ended" ? (viewOf(task.happened).struckBy ?? code) : code;
  task.happened.push({ what: "refused", code: by, ended: strikes === 3 ? { run, fence: task.fence } : null });
  const known = world.runs.find((one) => one.actor === it.name && one.run === run);
  if (strikes === 3 && known !== undefined) known.ended = true;
  // What a human holds nobody takes away.
  if (strikes <= 3 || task.holder?.startsWith("agent:") !== true) return;
  leave(world, task);
  enter(world, task, world.policy.lifecycle.parked);
  task.tier = "stuck";
  task.parks += 1;
  task.failures = 0;
}

function hold(it: Case, body: RequestBodies["reserve_step"], id: string): void {
  const { world, task } = it;
  if (task === null) return;
  renewByStep(world, task, body.handBack ?? false);
  const made = charge(it, task, stepOf(body), body.handBack ?? false);
  const expiresAt = world.at + world.policy.budget.reservationMs;
  const started = body.started ?? false;
  const call = it.spends?.handBack === true ? null : it.calls;
  const kept = { id, task: task.id, actor: it.name, started, expiresAt, charge: made, call };
  world.reservations.set(id, { ...kept, state: "open" });
}

const named = (reply: Reply, name: string): string => String(reply.decision.result?.[name] ?? "");

export function reserve(asked: Asked<"reserve_step">): Plan {
  const { world, request } = asked;
  return withTask(world, request.body.task, (task) => ({
    cases: [reserveCase(asked, request.body, task)],
    apply: (it, reply) => hold(it, request.body, named(reply, "reservation")),
    refused: climb,
    result: () => ({ task: task.id }),
  }));
}

function closable(world: World, id: string): ModelReservation | string {
  const found = world.reservations.get(id);
  if (found === undefined || found.state === "closed") return "reservation.unknown";
  if (found.state === "presumed" && world.at >= found.expiresAt + LATE_MS) return "reservation.unknown";
  return found;
}

function mayClose({ actor }: Asking, found: ModelReservation): boolean {
  return found.actor === nameOf(actor) || actor.kind === "human" || actor.kind === "harness";
}

/** The next step is judged after the settlement; refused, the settlement stands. */
function goOn(asked: Asked<"settle_step">, it: Case, reply: Reply): void {
  const { next } = asked.request.body;
  const task = next === undefined ? undefined : it.world.tasks.get(next.task);
  if (next === undefined || task === undefined) return;
  const following = reserveCase(asked, next, task);
  const { refused } = judged(following, "");
  if (refused === null) hold(following, next, named(reply, "next"));
  else climb(following, refused);
}

export function settle(asked: Asked<"settle_step">): Plan {
  const { world, request } = asked;
  const found = closable(world, request.body.reservation);
  if (typeof found === "string") return refuse(found);
  if (!mayClose(asked, found)) return refuse("reservation.not_yours");
  return {
    cases: [caseOf(asked, {})],
    apply: (it, reply) => {
      found.state = "closed";
      const actual = found.charge.handBack ? amountsOf(request.body) : { ...amountsOf(request.body), steps: 1 };
      found.charge.closed = { at: world.at, actual };
      const { call, charge: made } = found;
      const { result = null, failed = false } = request.body;
      if (call !== null)
        happen(found.actor, world.tasks.get(found.task) ?? null, { call, at: made.madeAt, result, failed });
      goOn(asked, it, reply);
    },
  };
}

export function cancel(asked: Asked<"cancel_step">): Plan {
  const { world, request } = asked;
  const found = closable(world, request.body.reservation);
  if (typeof found === "string") return refuse(found);
  if (!mayClose(asked, found)) return refuse("reservation.not_yours");
  if (found.started || found.state === "presumed") return refuse("reservation.started");
  return {
    cases: [caseOf(asked, {})],
    apply: () => {
      found.state = "closed";
      world.charges.splice(world.charges.indexOf(found.charge), 1);
    },
  };
}

export function record(asked: Asked<"record_step">): Plan {
  const { world, request } = asked;
  const { body } = request;
  const handBack = body.handBack ?? false;
  return withTask(world, body.task, (task) => ({
    cases: [
      caseOf(asked, {
        task,
        spends: { asked: handBack ? {} : { steps: 1 }, handBack },
        calls: callIn(world, task, body),
      }),
    ],
    apply: (it) => {
      renewByStep(world, task, handBack);
      charge(it, task, {}, handBack).closed = { at: world.at, actual: stepOf(body) };
      const { result = null, failed = false } = body;
      if (it.calls !== null && !handBack) happen(it.name, task, { call: it.calls, at: world.at, result, failed });
    },
    refused: climb,
    result: () => ({ task: task.id }),
  }));
}

export function evidence(asked: Asked<"record_evidence">): Plan {
  const { world, request } = asked;
  const { task: id, what, name, attempt, of, exitCode, approved } = request.body;
  return withTask(world, id, (task) => {
    if (isEnded(world, task)) return refuse("task.ended");
    if ((attempt ?? task.attempt) !== task.attempt || (of ?? task.fence) !== task.fence)
      return refuse("evidence.not_current");
    const passed = what === "command" ? exitCode === 0 : what === "review" ? approved === true : true;
    return {
      cases: [caseOf(asked, {})],
      apply: () => {
        const others = task.evidence.filter((one) => one.what !== what || one.name !== name);
        task.evidence = [...others, { what, name, passed }].slice(-EVIDENCE_MAX);
        if (!passed) return;
        progress(task);
        task.happened.push({ what: "moved" });
      },
    };
  });
}
