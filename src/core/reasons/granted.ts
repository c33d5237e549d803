// What grants say.

import { actorIn, granted } from "./row.ts";

export const GRANTS = {
  "policy.adopted": granted(
    200,
    "The policy stands in the log and acts from here on.",
    (n) => `policy ${n["hash"]} adopted`,
  ),
  "task.created": granted(201, "The task exists.", (n) => `${n["task"]} created in ${n["state"]}, depth ${n["depth"]}`),
  "task.claimed": granted(
    200,
    "The actor holds the task; its writes carry the fence.",
    (n) => `${n["task"]} claimed, fence ${n["fence"]}`,
  ),
  "task.moved": granted(200, "The task changed state.", (n) => `${n["task"]} ${n["from"]} -> ${n["to"]}`),
  "task.released": granted(200, "The holder gave the task back.", (n) => `${n["task"]} released to ${n["to"]}`),
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
