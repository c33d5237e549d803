// What grants say.

import { duration } from "../wording.ts";
import { actorIn, granted, numberOf } from "./row.ts";

export const GRANTS = {
  "policy.adopted": granted(
    200,
    "The policy stands in the log and acts from here on.",
    (n) => `policy ${n["hash"]} adopted`,
  ),
  "incarnation.started": granted(
    200,
    "The log was restored from a backup: fences are higher from here on, and every lease of before is over.",
    (n) => `incarnation ${n["incarnation"]} begins after event ${n["sequence"]}; every claim of before is over`,
  ),
  "task.created": granted(201, "The task exists.", (n) => `${n["task"]} created in ${n["state"]}, depth ${n["depth"]}`),
  "task.claimed": granted(
    200,
    "The actor holds the task; its writes carry the fence.",
    (n) => `${n["task"]} claimed, fence ${n["fence"]}`,
  ),
  "task.moved": granted(200, "The task changed state.", (n) => `${n["task"]} ${n["from"]} -> ${n["to"]}`),
  "task.released": granted(200, "The holder gave the task back.", (n) => `${n["task"]} released to ${n["to"]}`),
  "task.edited": granted(200, "What is said of the task changed.", (n) => `${n["task"]} changed`),
  "task.assigned": granted(
    200,
    "The task is meant for this agent, or for nobody any more.",
    (n) => `${n["task"]} ${n["assignee"] === "" ? "is assigned to nobody" : `assigned to ${actorIn(n, "assignee")}`}`,
  ),
  "task.placed": granted(
    200,
    "The task, and what lies below it, moved under another parent.",
    (n) => `${n["task"]} placed below ${n["parent"]}, depth ${n["depth"]}`,
  ),
  "lease.renewed": granted(
    200,
    "The lease begins anew.",
    (n) => `${n["task"]} is yours ${duration(numberOf(n, "ttlMs"))} more`,
  ),
  "task.reopened": granted(
    200,
    "A human opened ended work again; its meters are kept.",
    (n) => `${n["task"]} reopened, attempt ${n["attempt"]}`,
  ),
  "step.recorded": granted(200, "One step was booked.", (n) => `step ${n["steps"]} of ${n["task"]} recorded`),
  "step.hand_back": granted(
    200,
    "A hand-back step was booked beside the limit.",
    (n) => `hand-back step ${n["steps"]} of ${n["limit"]} for ${n["task"]}`,
  ),
  "step.reserved": granted(
    200,
    "A step's budget is held in every scope until it is settled.",
    (n) => `${n["reservation"]} reserved on ${n["task"]}`,
  ),
  "step.settled": granted(
    200,
    "What the step used is booked in every scope.",
    (n) => `${n["reservation"]} settled on ${n["task"]}`,
  ),
  "step.cancelled": granted(200, "What was held is free again.", (n) => `${n["reservation"]} cancelled`),
  "evidence.recorded": granted(
    200,
    "A harness saw it; it counts for this attempt.",
    (n) => `${n["task"]}: ${n["name"]} ${n["passed"] === 1 ? "passed" : "did not pass"}`,
  ),
  "run.started": granted(200, "One life of an agent process began.", (n) => `run ${n["run"]} started`),
  "run.ended_now": granted(200, "The run is over; nothing new comes from it.", (n) => `run ${n["run"]} ended`),
  "agent.registered": granted(
    200,
    "The agent is known with what it can do.",
    (n) => `${actorIn(n, "agent")} registered${n["capabilities"] === "" ? "" : ` with ${n["capabilities"]}`}`,
  ),
  "scope.halted": granted(
    200,
    "Nothing new begins in it; leases on it that were granted before are over. Of a task: itself, and new tasks right below.",
    (n) => `${n["scope"]} halted`,
  ),
  "scope.resumed": granted(200, "Work may begin again; it is claimed anew.", (n) => `${n["scope"]} resumed`),
  "request.approved": granted(
    200,
    "The full budget is raised for a while, for whoever is charged to it.",
    (n) => `${n["decision"]} approved: ${n["scope"]} may use ${n["now"]}`,
  ),
  "request.approved_once": granted(
    200,
    "The very request goes through once, past this one rule.",
    (n) => `${n["decision"]} approved: ${actorIn(n, "actor")} may send the same request once, past ${n["refused"]}`,
  ),
  "request.denied": granted(200, "A human said no; the refusal stands.", (n) => `${n["decision"]} denied`),
  "decision.marked": granted(
    200,
    "The decision counts against its rules.",
    (n) => `${n["decision"]} marked wrong: ${n["codes"]}`,
  ),
  "sweep.done": granted(200, "What had fallen due among these is noted.", (n) => `looked at ${n["found"]}`),
  "agent.slept": granted(
    200,
    "The agent sleeps; it creates, claims and spends nothing.",
    (n) => `${actorIn(n, "agent")} sleeps`,
  ),
  "agent.woken": granted(200, "The agent is awake.", (n) => `${actorIn(n, "agent")} is awake`),
  "fact.recorded": granted(
    200,
    "What happened outside was recorded; nothing was refused.",
    (n) => `${n["task"]} seen in ${n["to"]}`,
  ),
} as const;
