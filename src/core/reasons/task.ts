// Reasons about one task: is there one, may it be changed, does it have what its next state demands.

import { counted } from "../wording.ts";
import { actorIn, numberOf, refused } from "./row.ts";

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
  "task.ended": refused(
    409,
    1,
    "never",
    null,
    "Ended work is not changed any more.",
    (n) => `${n["task"]} ended in ${n["state"]}`,
    () => ["leave it; nothing is to be done"],
  ),
  "task.not_yours": refused(
    403,
    1,
    "never",
    "human",
    "A task is changed by whoever made it, holds it, or holds its parent.",
    (n) => `${actorIn(n, "actor")} neither made ${n["task"]} nor holds it or its parent`,
    (n) => [`tell whoever holds ${n["task"]}; change nothing`],
  ),
  "task.stranger": refused(
    403,
    1,
    "never",
    "human",
    "Work that nobody holds is moved by those it concerns.",
    (n) =>
      `${actorIn(n, "actor")} may not move ${n["task"]} to ${n["to"]}: it neither made it, holds its parent, is assigned it, nor worked on it`,
    (n) => [`claim ${n["task"]} if you are to do it; else tell whoever made it, and change nothing`],
  ),
  "task.limit_loosened": refused(
    403,
    5,
    "changed",
    "human",
    "An agent only tightens the limits of a task.",
    (n) => `the edit would loosen ${n["dimension"]} of ${n["task"]}`,
    () => ["give a tighter limit, or leave it as it is"],
  ),
  "task.too_many_links": refused(
    422,
    1,
    "changed",
    null,
    "A task waits for few, and few wait for it.",
    (n) => `${n["task"]} would have more than ${n["limit"]} tasks to wait for, or waiting for it`,
    () => ["name fewer blockers, or one task that gathers them"],
  ),
  "task.placed_there": refused(
    409,
    1,
    "never",
    null,
    "The task lies below this parent already.",
    (n) => `${n["task"]} lies below ${n["parent"]} already`,
    () => ["go on; nothing is to be done"],
  ),
  "lifecycle.reason_missing": refused(
    422,
    1,
    "changed",
    "human",
    "The state demands a reason.",
    (n) => `${n["to"]} needs a reason, and none was given for ${n["task"]}`,
    () => ["say why with --reason"],
  ),
  "lifecycle.blockers_open": refused(
    409,
    4,
    "changed",
    "human",
    "The task waits for others that are not ended.",
    (n) => `${n["task"]} waits for ${counted(numberOf(n, "count"), "open task")}: ${n["blockers"]}`,
    () => ["claim another task, or end your turn"],
  ),
  "lifecycle.children_open": refused(
    409,
    1,
    "changed",
    "human",
    "The task has children that are not ended.",
    (n) => `${n["task"]} has ${n["count"] === 1 ? "1 open child" : `${n["count"]} open children`}`,
    (n) => [`finish or cancel what lies below ${n["task"]}: \`exec-kernel task tree ${n["task"]}\``],
  ),
  "review.same_actor": refused(
    403,
    1,
    "never",
    "human",
    "Another than whoever did the work has to judge it.",
    (n) => `${actorIn(n, "actor")} did the work of ${n["task"]}; ${n["to"]} takes another actor`,
    (n) => [`leave ${n["task"]} in review and end your turn`],
  ),
  "done.evidence_missing": refused(
    409,
    1,
    "changed",
    "human",
    "What the policy asks for was not seen by a harness in this attempt.",
    (n) => {
      const own = n["worker"] === undefined ? "" : `; ${actorIn(n, "worker")} did the work, and does not review it`;
      return `${n["task"]} has ${n["has"]} of ${n["of"]} pieces of evidence; missing: "${n["missing"]}", written by a harness${own}`;
    },
    (n) => {
      if (n["review"] === "") return ["end your turn"];
      return [
        `${n["waits"] === 1 ? "leave" : "move"} ${n["task"]} ${n["waits"] === 1 ? "in" : "to"} ${n["review"]}; end your turn`,
      ];
    },
  ),
  "evidence.not_current": refused(
    409,
    1,
    "never",
    null,
    "Evidence counts for the attempt and the claim it was seen in.",
    (n) =>
      `${n["task"]} is in attempt ${n["currentAttempt"]}, fence ${n["currentFence"]}; the evidence is of attempt ${n["attempt"]}, fence ${n["of"]}`,
    () => ["look again at the present attempt"],
  ),
} as const;
