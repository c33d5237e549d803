// The naive model of the kernel, written from the rule book and not from the kernel: it takes the same requests and
// says what the answer must be. Slow and plain on purpose.

import type { Actor, ActorKind, Policy } from "../../src/core/index.ts";
import type { Reply, Request } from "../../src/kernel/index.ts";
import { create } from "./commands/create.ts";
import { claimTask, moveTask, releaseTask, renewLease, reopenTask } from "./commands/leases.ts";
import {
  approve,
  deny,
  endRun,
  halt,
  mark,
  register,
  resume,
  sleepAgent,
  startRun,
  sweep,
  wakeAgent,
} from "./commands/others.ts";
import { cancel, evidence, record, reserve, settle } from "./commands/steps.ts";
import { assign, edit, place } from "./commands/tasks.ts";
import { expire } from "./expiry.ts";
import { refuse } from "./plan.ts";
import type { Plan, Results } from "./plan.ts";
import { judged } from "./rules.ts";
import type { Judgement } from "./rules.ts";
import { actorOf, nameOf, newWorld } from "./state.ts";
import type { World } from "./state.ts";

const MAKERS: readonly ActorKind[] = ["human", "agent", "system"];
const SPENDERS: readonly ActorKind[] = ["human", "agent", "harness"];
const OVERSEERS: readonly ActorKind[] = ["human", "system", "harness"];
const HUMAN: readonly ActorKind[] = ["human"];
const GRANTS_KEPT_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;
const REFUSALS_A_MINUTE = 60;

/** Found wrong at the door, while the log is read for what the request names. */
const NOT_RECORDED = ["decision.unknown", "decision.not_refused"];

const ALLOWED: Readonly<Record<Request["type"], readonly ActorKind[]>> = {
  adopt_policy: HUMAN,
  start_incarnation: ["human", "system"],
  create_task: MAKERS,
  edit_task: MAKERS,
  assign_task: MAKERS,
  place_task: MAKERS,
  claim_task: ["human", "agent"],
  renew_lease: SPENDERS,
  move_task: ["human", "agent"],
  release_task: SPENDERS,
  reopen_task: HUMAN,
  reserve_step: SPENDERS,
  settle_step: SPENDERS,
  cancel_step: SPENDERS,
  record_step: SPENDERS,
  record_evidence: ["harness"],
  start_run: SPENDERS,
  end_run: [...SPENDERS, "system"],
  register_agent: MAKERS,
  sleep_agent: MAKERS,
  wake_agent: OVERSEERS,
  halt_scope: OVERSEERS,
  resume_scope: HUMAN,
  approve_request: HUMAN,
  deny_request: HUMAN,
  mark_wrong: HUMAN,
  sweep: ["human", "system"],
  record_fact: ["harness"],
};

function planOf(world: World, actor: Actor, request: Request): Plan {
  switch (request.type) {
    case "create_task":
      return create({ world, actor, request });
    case "edit_task":
      return edit({ world, actor, request });
    case "assign_task":
      return assign({ world, actor, request });
    case "place_task":
      return place({ world, actor, request });
    case "claim_task":
      return claimTask({ world, actor, request });
    case "renew_lease":
      return renewLease({ world, actor, request });
    case "move_task":
      return moveTask({ world, actor, request });
    case "release_task":
      return releaseTask({ world, actor, request });
    case "reopen_task":
      return reopenTask({ world, actor, request });
    case "reserve_step":
      return reserve({ world, actor, request });
    case "settle_step":
      return settle({ world, actor, request });
    case "cancel_step":
      return cancel({ world, actor, request });
    case "record_step":
      return record({ world, actor, request });
    case "record_evidence":
      return evidence({ world, actor, request });
    case "adopt_policy":
    case "start_incarnation":
    case "record_fact":
      return refuse("model.does_not_know");
    default:
      return otherPlanOf(world, actor, request);
  }
}

type Other = Extract<
  Request,
  {
    readonly type:
      | "start_run"
      | "end_run"
      | "register_agent"
      | "sleep_agent"
      | "wake_agent"
      | "halt_scope"
      | "resume_scope"
      | "approve_request"
      | "deny_request"
      | "mark_wrong"
      | "sweep";
  }
>;

function otherPlanOf(world: World, actor: Actor, request: Other): Plan {
  switch (request.type) {
    case "start_run":
      return startRun({ world, actor, request });
    case "end_run":
      return endRun({ world, actor, request });
    case "register_agent":
      return register({ world, actor, request });
    case "sleep_agent":
      return sleepAgent({ world, actor, request });
    case "wake_agent":
      return wakeAgent({ world, actor, request });
    case "halt_scope":
      return halt({ world, actor, request });
    case "resume_scope":
      return resume({ world, actor, request });
    case "approve_request":
      return approve({ world, actor, request });
    case "deny_request":
      return deny({ world, actor, request });
    case "mark_wrong":
      return mark({ world, actor, request });
    case "sweep":
      return sweep({ world, actor, request });
  }
}

export type Prediction = {
  readonly verdict: "granted" | "refused";
  /** Of a refusal; a grant's own code says nothing that the rest does not. */
  readonly code: string | null;
  readonly replayed: boolean;
  readonly recorded: boolean;
  readonly wouldHave: readonly string[];
  readonly waived: readonly string[];
  /** After the grant: what its result must carry. */
  readonly result: Results;
};

/** Reads what the caller asked, whatever the order of the fields. */
function wordsOf(request: Request): string {
  const body = Object.entries(request.body).filter(([, value]) => value !== undefined);
  return JSON.stringify([request.type, body.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

type Outcome = { readonly judgement: Judgement; readonly settle: (reply: Reply) => Results };

const refusedWith = (code: string): Outcome => ({
  judgement: { refused: code, wouldHave: [], waived: [] },
  settle: () => ({}),
});

function tried(plan: Plan, words: string): Outcome {
  if ("refusal" in plan) return refusedWith(plan.refusal);
  let last = refusedWith(plan.none ?? "model.no_case");
  for (const it of plan.cases) {
    const judgement = judged(it, words);
    const settle = (reply: Reply): Results => {
      plan.apply(it, reply);
      return plan.result?.(it) ?? {};
    };
    if (judgement.refused === null) return { judgement, settle };
    const refuse = (): Results => {
      plan.refused?.(it, judgement.refused);
      return {};
    };
    if (plan.none === undefined) last = { judgement, settle: refuse };
  }
  return last;
}

export class Model {
  readonly world: World;

  constructor(policy: Policy) {
    this.world = newWorld(policy);
  }

  /**
   * Takes one request with the kernel's reply to it and says what the reply had to be. The reply gives only what the
   * log alone can name: the time it was judged at, ids of reservations and decisions.
   */
  submit(actor: Actor, request: Request, reply: Reply, clock: number): Prediction {
    const { world } = this;
    // A repeated answer carries its first time; what falls due meanwhile is over all the same.
    expire(world, reply.replayed ? clock : reply.decision.at);
    const words = wordsOf(request);
    const name = nameOf(actor);
    const key = `${name}\n${reply.decision.commandId}`;
    const before = world.granted.get(key);
    if (before !== undefined && world.at < before.until && before.asked === words) return replayed(before.answer);
    const outcome = this.#judge(actor, request, words, before !== undefined && world.at < before.until);
    if (request.dryRun === true) return prediction(outcome.judgement, false, {});
    return this.#keep({ name, words, key, outcome, reply, type: request.type });
  }

  #judge(actor: Actor, request: Request, words: string, reused: boolean): Outcome {
    const plan = planOf(this.world, actor, request);
    const allowed = ALLOWED[request.type].includes(actor.kind);
    if (allowed && "refusal" in plan && NOT_RECORDED.includes(plan.refusal)) return refusedWith(plan.refusal);
    if (reused) return refusedWith("command.id_reused");
    return allowed ? tried(plan, words) : refusedWith("actor.not_allowed");
  }

  #keep(asked: {
    readonly name: string;
    readonly words: string;
    readonly key: string;
    readonly outcome: Outcome;
    readonly reply: Reply;
    readonly type: string;
  }): Prediction {
    const { world } = this;
    const { name, words, key, outcome, reply, type } = asked;
    const { refused, wouldHave, waived } = outcome.judgement;
    if (refused !== null && NOT_RECORDED.includes(refused)) return prediction(outcome.judgement, false, {});
    const recorded = refused === null || this.#isRecorded(name);
    const result = outcome.settle(reply);
    // A sweep leaves no word of itself in the log.
    if (type === "sweep" && refused === null) return prediction(outcome.judgement, false, result);
    if (refused === null) {
      world.waivers = world.waivers.filter(
        (one) => !(one.actor === name && one.asked === words && waived.includes(one.code)),
      );
      world.granted.set(key, {
        asked: words,
        until: world.at + GRANTS_KEPT_MS,
        answer: JSON.stringify(reply.decision),
      });
    }
    if (recorded && reply.id !== null) this.#remember(name, words, outcome.judgement, reply, wouldHave);
    return prediction(outcome.judgement, recorded, result);
  }

  /** Refusals past sixty a minute are answered and not kept. */
  #isRecorded(name: string): boolean {
    const { at } = this.world;
    const actor = actorOf(this.world, name);
    const minute = Math.floor(at / MINUTE_MS);
    const before = actor.refusedAt.filter((time) => Math.floor(time / MINUTE_MS) === minute).length;
    actor.refusedAt.push(at);
    return before < REFUSALS_A_MINUTE;
  }

  #remember(name: string, words: string, judgement: Judgement, reply: Reply, wouldHave: readonly string[]): void {
    // A claim without a task is refused in words of the kernel's choice.
    const refused = judgement.refused === null ? null : reply.decision.code;
    this.world.decisions.set(Number(reply.id?.slice("d-".length)), {
      actor: name,
      asked: words,
      refused,
      numbers: reply.decision.numbers,
      marks: refused === null ? wouldHave : [refused, ...wouldHave],
      answered: false,
      marked: false,
    });
  }
}

function prediction(judgement: Judgement, recorded: boolean, result: Results): Prediction {
  const { refused, wouldHave, waived } = judgement;
  const verdict = refused === null ? "granted" : "refused";
  return { verdict, code: refused, replayed: false, recorded, wouldHave, waived, result };
}

/** The first answer again, byte for byte. */
function replayed(answer: string): Prediction {
  const result = { answer };
  return { verdict: "granted", code: null, replayed: true, recorded: true, wouldHave: [], waived: [], result };
}
