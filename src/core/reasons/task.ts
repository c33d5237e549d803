// Reasons about one task: is there one, who holds it, under which fence.

import { actorIn, refused } from "./row.ts";

export const TASKS = {
  "task.unknown": refused(
    404,
    1,
    "changed",
    null,
    "There is no task with this id.",
    (n) => `there is no task ${n["task"]}`,
    () => ["look it up with `exec-kernel task list`"],
  ),
  "task.parent_unknown": refused(
    404,
    1,
    "changed",
    null,
    "The parent or created-by task does not exist.",
    (n) => `there is no task ${n["parent"]} to create below`,
    () => ["name a task that exists"],
  ),
  "task.exists": refused(
    409,
    1,
    "changed",
    null,
    "A task with this id exists and is not ended.",
    (n) => `${n["task"]} exists, in ${n["state"]}`,
    (n) => [`use ${n["task"]}, or choose another id`],
  ),
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
    (n) =>
      `${n["task"]} is ${n["holder"] === "" ? `in ${n["state"]} and nobody holds it` : `held by ${actorIn(n, "holder")}`}, not by ${actorIn(n, "actor")}`,
    (n) => (n["holder"] === "" ? [`claim ${n["task"]} first`] : ["write nothing, end your turn"]),
  ),
  "lease.fence_stale": refused(
    409,
    1,
    "never",
    null,
    "The fence is not the current one: another claim came after.",
    (n) => `your fence ${n["fence"]}, current ${n["current"]} (${actorIn(n, "holder")}). ${n["task"]} is not yours`,
    () => ["write nothing, end your turn"],
  ),
} as const;
