// Reasons about holding a task: who has it, under which fence, and who may claim it next.

import { counted, duration } from "../wording.ts";
import { actorIn, numberOf, refused } from "./row.ts";
import type { Numbers } from "./row.ts";

/** Where a task stands that the actor does not hold. */
function standing(n: Numbers): string {
  if (n["holder"] !== "") return `held by ${actorIn(n, "holder")}, not by ${actorIn(n, "actor")}`;
  return `in ${n["state"]} and nobody holds it${n["lost"] === 1 ? ": your lease is over" : `, not ${actorIn(n, "actor")}`}`;
}

export const LEASES = {
  "lease.taken": refused(
    409,
    1,
    "later",
    null,
    "Somebody holds the task.",
    (n) => `${n["task"]} is held by ${actorIn(n, "holder")}, fence ${n["fence"]}`,
    () => ["claim another task, or end your turn"],
  ),
  "lease.yours_already": refused(
    409,
    1,
    "never",
    null,
    "The actor holds the task already, from an earlier claim.",
    (n) => `you hold ${n["task"]} already, fence ${n["fence"]}`,
    (n) => [`go on with fence ${n["fence"]}; if another process claimed it in your name, end your turn`],
  ),
  "lease.not_held": refused(
    409,
    1,
    "never",
    null,
    "Only the holder may write to a held task.",
    (n) => `${n["task"]} is ${standing(n)}`,
    (n) => {
      if (n["ended"] === 1) return ["it ended; nothing is to be done"];
      if (n["stuck"] === 1) return ["end your turn: it went round in circles, and a human sets it going again"];
      if (n["parked"] === 1) return ["end your turn: it failed as often as it may, and a human sets it going again"];
      return n["holder"] === "" ? [`claim ${n["task"]} first`] : ["write nothing, end your turn"];
    },
  ),
  "lease.fence_stale": refused(
    409,
    1,
    "never",
    null,
    "The fence is not the current one: another claim came after.",
    (n) => {
      if (n["task"] === undefined) return `your fence ${n["fence"]} is of no task that ${actorIn(n, "actor")} holds`;
      const who = n["namesake"] === 1 ? "held by a newer claim of your name" : actorIn(n, "holder");
      return `your fence ${n["fence"]}, current ${n["current"]} (${who}). ${n["task"]} is not yours`;
    },
    () => ["write nothing, end your turn"],
  ),
  "lease.endless": refused(
    409,
    1,
    "never",
    null,
    "A human's lease has no end, and needs no renewal.",
    (n) => `${n["task"]} is held by ${actorIn(n, "holder")} without an end`,
    () => ["go on; nothing is to be done"],
  ),
  "lease.too_many": refused(
    429,
    1,
    "changed",
    null,
    "One actor holds as many tasks as it may.",
    (n) => `${actorIn(n, "actor")} holds ${n["held"]} tasks, limit ${n["limit"]}`,
    () => ["finish or release one of them first"],
  ),
  "lease.lineage_full": refused(
    429,
    4,
    "later",
    null,
    "As many leases as may be are open below one root.",
    (n) => `${n["count"]} tasks below ${n["root"]} are held, limit ${n["limit"]}`,
    () => ["claim work of another root, or end your turn"],
  ),
  "claim.nothing_ready": refused(
    404,
    4,
    "later",
    null,
    "No task is ready that this actor may claim.",
    () => "nothing is ready for you",
    () => ["create nothing; sleep, or end your turn"],
  ),
  "claim.capability_missing": refused(
    403,
    1,
    "never",
    "human",
    "The task needs what the agent is not registered with.",
    (n) => `${n["task"]} needs ${n["lacks"]}, which ${actorIn(n, "actor")} is not registered with`,
    () => ["claim another task, or end your turn"],
  ),
  "escalation.backoff": refused(
    409,
    4,
    "later",
    "human",
    "The task rests after a failed attempt.",
    (n) =>
      `${n["task"]} failed ${counted(numberOf(n, "failures"), "time")} and rests ${duration(numberOf(n, "leftMs"))} more`,
    () => ["claim another task, or end your turn"],
  ),
  "escalation.peer_needed": refused(
    409,
    1,
    "never",
    "human",
    "After this many failures another agent is to try.",
    (n) =>
      `${n["task"]} failed ${counted(numberOf(n, "failures"), "time")}, and ${actorIn(n, "actor")} was among those who tried`,
    () => ["leave it to another agent; claim another task, or end your turn"],
  ),
  "escalation.lead_needed": refused(
    409,
    1,
    "never",
    "human",
    "After this many failures the lead is to try.",
    (n) =>
      `${n["task"]} failed ${counted(numberOf(n, "failures"), "time")} and waits for the lead, ${actorIn(n, "lead")}`,
    () => ["leave it to the lead; claim another task, or end your turn"],
  ),
  "escalation.human_needed": refused(
    409,
    5,
    "never",
    "human",
    "It failed on every rung, or nobody that a rung waited for took it up in time: a human decides.",
    (n) =>
      n["waitedMs"] === undefined
        ? `${n["task"]} failed as often as it may and is parked: a human decides`
        : `${n["task"]} failed ${counted(numberOf(n, "failures"), "time")} and waited ${duration(numberOf(n, "waitedMs"))} for another agent: a human decides`,
    (n) => [
      "leave it and end your turn",
      n["to"] === undefined
        ? `a human runs \`exec-kernel task edit ${n["task"]} --assignee AGENT\``
        : `a human runs \`exec-kernel task move ${n["task"]} ${n["to"]}\`, or cancels it`,
    ],
  ),
  "escalation.dead_letter": refused(
    409,
    5,
    "never",
    "human",
    "The task was parked as often as it may be.",
    (n) =>
      `${n["task"]} was parked ${counted(numberOf(n, "parks"), "time")}, limit ${n["limit"]}: a dead letter until a human acts`,
    (n) => ["end your turn", `a human moves ${n["task"]} to a state, or cancels it`],
  ),
  "escalation.stuck": refused(
    409,
    5,
    "never",
    "human",
    "The task was parked because its steps went round in circles.",
    (n) => `${n["task"]} was parked because its steps went round in circles: a human decides`,
    (n) => ["end your turn", `a human moves ${n["task"]} to a state, or cancels it`],
  ),
  "task.deadline_passed": refused(
    409,
    5,
    "never",
    "human",
    "The task's deadline is over.",
    (n) => `the deadline of ${n["task"]} passed ${duration(numberOf(n, "lateMs"))} ago`,
    (n) => [
      `hand ${n["task"]} back and end your turn`,
      `a human runs \`exec-kernel task edit ${n["task"]} --deadline ...\``,
    ],
  ),
} as const;
