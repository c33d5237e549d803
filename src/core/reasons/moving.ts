// Reasons about loops that go through tasks: storms, hand-offs, circles, detours; and about moving tasks in a tree.

import { duration } from "../wording.ts";
import { actorIn, numberOf, refused } from "./row.ts";

export const MOVING = {
  "lineage.wait_cycle": refused(
    422,
    1,
    "never",
    null,
    "The task would wait for itself.",
    (n) => `${n["task"]} would wait for ${n["other"]}, which waits for it`,
    () => ["name another blocker"],
  ),
  "lineage.other_root": refused(
    422,
    1,
    "never",
    null,
    "A task moves only within its root.",
    (n) => `${n["task"]} lies below ${n["root"]}, ${n["parent"]} below ${n["other"]}`,
    (n) => [`name a parent below ${n["root"]}`],
  ),
  "lineage.move_too_large": refused(
    422,
    1,
    "never",
    null,
    "Too many tasks would move along.",
    (n) => `more than ${n["limit"]} tasks lie below ${n["task"]}`,
    () => ["move parts of it"],
  ),
  "lineage.creations_exceeded": refused(
    429,
    4,
    "later",
    "human",
    "The agent makes tasks too fast.",
    (n) =>
      `${actorIn(n, "agent")} made ${n["count"]} tasks in ${duration(numberOf(n, "windowMs"))}, limit ${n["limit"]}`,
    () => ["create nothing; work on what there is"],
  ),
  "lineage.cause_hops_exceeded": refused(
    422,
    5,
    "never",
    "human",
    "Work made by work made by work, and no human or timer among it.",
    (n) => `${n["task"]} would be creation ${n["hops"]} in a row since a human or a timer acted, limit ${n["limit"]}`,
    () => ["create nothing; say what you found and end your turn"],
  ),
  "lineage.ping_pong": refused(
    409,
    1,
    "never",
    "human",
    "The work comes back to an agent that had it before, and nothing was achieved in between.",
    (n) => {
      const had = n["hands"] === undefined ? `who had it ${n["count"]} times` : `after ${n["hands"]} other hands`;
      return `${n["task"]} would go to ${actorIn(n, "agent")}, ${had} without progress, limit ${n["limit"]}`;
    },
    () => ["do it yourself, or block the task and say what is missing"],
  ),
  "lineage.ping_pong_chain": refused(
    409,
    1,
    "never",
    "human",
    "The work comes back to an agent along a chain of tasks, each made by the one before.",
    (n) =>
      `${n["task"]} would go to ${actorIn(n, "agent")}, who had it or stands above it ${n["count"]} times, limit ${n["limit"]}`,
    () => ["do it yourself, or block the task and say what is missing"],
  ),
  "lineage.flapping": refused(
    409,
    1,
    "never",
    "human",
    "The task goes round in a circle of states.",
    (n) => `${n["task"]} entered ${n["to"]} ${n["count"]} times without progress, limit ${n["limit"]}`,
    () => ["block the task and say what is missing"],
  ),
  "lineage.signature_repeated": refused(
    422,
    1,
    "never",
    "human",
    "One agent does one kind of work too often in one line of causes.",
    (n) => `${actorIn(n, "agent")} stands ${n["count"]} times for ${n["kind"]} above ${n["task"]}, limit ${n["limit"]}`,
    () => ["create nothing; do it inside the task you hold"],
  ),
  "lineage.live_agents_exceeded": refused(
    429,
    4,
    "later",
    "human",
    "Too many agents work below one root at once.",
    (n) => `${n["count"]} agents work below ${n["root"]}, limit ${n["limit"]}`,
    () => ["claim work of another root, or end your turn"],
  ),
  "lineage.admission_incomplete": refused(
    422,
    1,
    "changed",
    "human",
    "A new task says who wants it, what hurts, what it is worth and how it is checked.",
    (n) => `${n["task"]}: ${n["field"]} ${n["problem"]}`,
    () => ["state consumer, painPoint, expectedValue and validationPath, or create nothing"],
  ),
} as const;
