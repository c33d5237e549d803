// Reasons found at the door: the form of a command, who acts, and an agent that sleeps.

import { duration } from "../wording.ts";
import { actorIn, numberOf, refused, withArticle } from "./row.ts";

export const INTAKE = {
  "command.invalid": refused(
    400,
    2,
    "changed",
    null,
    "The command's form is wrong; nothing was recorded.",
    (n) => `${n["field"]}: ${n["problem"]}`,
    () => ["correct the field and send the command again"],
  ),
  "command.id_reused": refused(
    409,
    1,
    "changed",
    null,
    "This command id was granted before with another body.",
    (n) => `command id ${n["commandId"]} was granted before, at sequence ${n["sequence"]}, with another body`,
    () => ["send it with a new command id"],
  ),
  "command.read_set_too_large": refused(
    422,
    1,
    "changed",
    null,
    "Deciding would touch too many rows.",
    (n) => `the command touches ${n["keys"]} rows, limit ${n["limit"]}`,
    () => ["split the command"],
  ),
  "actor.unknown": refused(
    401,
    2,
    "changed",
    "human",
    "No credential says who acts.",
    () => "nobody says who acts: EXEC_KERNEL_AGENT is not set and no human key is readable",
    () => ["set EXEC_KERNEL_AGENT to the agent's name", "or run `exec-kernel init` as the human"],
  ),
  "actor.not_allowed": refused(
    403,
    5,
    "never",
    "human",
    "This kind of actor may not ask for this.",
    (n) => `${n["command"]} is not for ${withArticle(n["kind"])}; it takes ${withArticle(n["needs"])}`,
    (n) => [
      n["needs"] === "harness" && n["kind"] === "human"
        ? "act as the harness that saw it: --as harness:NAME"
        : "ask a human; do not retry",
    ],
  ),
  "actor.not_self": refused(
    403,
    5,
    "never",
    "human",
    "An agent acts only as itself.",
    (n) => `${actorIn(n, "actor")} may not act for ${actorIn(n, "agent")}`,
    () => ["act as yourself; do not retry"],
  ),
  "agent.capability_not_given": refused(
    403,
    5,
    "never",
    "human",
    "An agent gives itself no capability: a human registers it.",
    (n) => `${actorIn(n, "agent")} is not registered with ${n["lacks"]}, and gives itself nothing`,
    (n) => [
      "work on what needs no more",
      `a human runs \`exec-kernel agent register ${actorIn(n, "agent")} --capabilities ...\``,
    ],
  ),
  "agent.asleep": refused(
    403,
    4,
    "later",
    "human",
    "The agent sleeps until an outside event wakes it.",
    (n) =>
      `${actorIn(n, "agent")} sleeps ${n["leftMs"] === undefined ? "until it is woken" : `until assigned, at most ${duration(numberOf(n, "leftMs"))} more`}`,
    () => ["create nothing. silence is the correct output"],
  ),
} as const;
