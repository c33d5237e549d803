// Reasons found above and beside a task: depth, cycles, copies, busywork, provenance.

import { duration } from "../wording.ts";
import { actorIn, inside, numberOf, refused } from "./row.ts";

export const LINEAGE = {
  "lineage.depth_exceeded": refused(
    422,
    1,
    "changed",
    "human",
    "The task would lie too deep below its root.",
    (n) => `depth ${n["depth"]}, limit ${n["limit"]}`,
    (n) => [`create nothing; ${inside(n)}`],
  ),
  "lineage.cycle": refused(
    422,
    1,
    "never",
    null,
    "The task would be its own ancestor.",
    (n) => `${n["task"]} would be its own ancestor, by ${n["by"]}`,
    () => ["create nothing; name another parent"],
  ),
  "lineage.identity_loop": refused(
    422,
    1,
    "never",
    "human",
    "An agent makes for itself the kind of work it is doing.",
    (n) =>
      n["holds"] === undefined
        ? `${actorIn(n, "agent")} makes for itself, below ${n["parent"]}, the same kind of work: ${n["kind"]}`
        : `${actorIn(n, "agent")} holds ${n["holds"]}, which it made below ${n["parent"]} for the same kind of work: ${n["kind"]}`,
    (n) => [
      n["holds"] === undefined
        ? `create nothing; do it inside ${n["parent"]}`
        : `finish ${n["holds"]} or give it back first`,
    ],
  ),
  "lineage.reprocessed": refused(
    409,
    5,
    "never",
    "human",
    "The id belongs to work that ended.",
    (n) => `${n["task"]} ended in ${n["state"]}; it is not done again`,
    (n) => [`a human runs \`exec-kernel task reopen ${n["task"]} --reason ...\``],
  ),
  "lineage.duplicate_open": refused(
    409,
    1,
    "never",
    "human",
    "Open work with the same kind, text and scope exists.",
    (n) => `${n["existing"]} is the same work, in ${n["state"]}`,
    (n) => [
      n["reopens"] === undefined
        ? `use ${n["existing"]}; create nothing`
        : `use ${n["existing"]} and leave ${n["reopens"]} ended; to have both, approve this and send the same again`,
    ],
  ),
  "lineage.duplicate_recent": refused(
    409,
    4,
    "later",
    "human",
    "The same work ended a short while ago.",
    (n) =>
      `${n["existing"]} was the same work and ended in ${n["state"]} ${duration(numberOf(n, "agoMs"))} ago, window ${duration(numberOf(n, "windowMs"))}`,
    (n) => [`read the result of ${n["existing"]}; create nothing`],
  ),
  "lineage.template_repeated": refused(
    429,
    1,
    "never",
    "human",
    "One title template too often on one day: busywork.",
    (n) => `${actorIn(n, "agent")} made ${n["count"]} tasks from this title today, limit ${n["limit"]}`,
    () => ["create nothing. silence is the correct output"],
  ),
  "lineage.children_exceeded": refused(
    422,
    1,
    "never",
    "human",
    "The parent has too many children, counted over its whole life.",
    (n) => `${n["parent"]} has had ${n["count"]} children, limit ${n["limit"]}`,
    (n) => [`create nothing; do it inside ${n["parent"]}`],
  ),
  "lineage.descendants_exceeded": refused(
    422,
    1,
    "never",
    "human",
    "The root has too many descendants, counted over its whole life.",
    (n) => `root ${n["root"]} has had ${n["count"]} descendants, limit ${n["limit"]}`,
    () => ["create nothing; finish what is open"],
  ),
  "lineage.parent_not_held": refused(
    403,
    1,
    "changed",
    "human",
    "An agent creates only below a task it holds.",
    (n) => `${actorIn(n, "agent")} does not hold ${n["parent"]}`,
    (n) => [
      `report the finding to ${n["holder"] === "" ? `whoever claims ${n["parent"]}` : `${n["parent"]}'s holder`}; end your turn`,
    ],
  ),
  "lineage.root_not_allowed": refused(
    403,
    5,
    "never",
    "human",
    "Roots come from a human, a system source or an agent the policy names.",
    (n) => `${actorIn(n, "agent")} may not create a root`,
    () => ["create it below the task you hold, or tell a human"],
  ),
} as const;
