// Reasons of the lifecycle table, and of facts that do not fit it.

import { refused, withArticle } from "./row.ts";

export const LIFECYCLE = {
  "lifecycle.state_unknown": refused(
    400,
    2,
    "changed",
    null,
    "The lifecycle table has no such state.",
    (n) => `there is no state ${n["to"]}. states: ${n["states"]}`,
    () => ["name one of these states"],
  ),
  "lifecycle.not_initial": refused(
    409,
    1,
    "changed",
    null,
    "A task begins in an initial state.",
    (n) => `a task cannot begin in ${n["to"]}. legal: ${n["legal"]}`,
    () => ["create it in an initial state and move it"],
  ),
  "lifecycle.same_state": refused(
    409,
    1,
    "never",
    null,
    "The task is in this state already.",
    (n) => `${n["task"]} is in ${n["to"]} already. legal: ${n["legal"]}`,
    () => ["go on; nothing is to be done"],
  ),
  "lifecycle.transition_skipped": refused(
    409,
    1,
    "changed",
    null,
    "The table has no edge between the two states.",
    (n) =>
      `${n["from"]} -> ${n["to"]} ${n["skips"] === "" ? "is no move of the table" : `skips ${n["skips"]}`}. legal: ${n["legal"]}`,
    (n) => [n["claim"] === 1 ? `claim ${n["task"]} first` : `move ${n["task"]} along a legal edge`],
  ),
  "lifecycle.not_ended": refused(
    409,
    1,
    "changed",
    null,
    "Only ended work is reopened.",
    (n) => `${n["task"]} is in ${n["from"]}, not ended. legal: ${n["legal"]}`,
    (n) => [`use \`exec-kernel task move ${n["task"]} STATE\``],
  ),
  "lifecycle.terminal": refused(
    409,
    5,
    "never",
    "human",
    "Ended work is left only by a human's reopen.",
    (n) => `${n["task"]} ended in ${n["from"]}; ${n["from"]} -> ${n["to"]} is a human's reopen`,
    (n) => ["end your turn, or make other work", `a human runs \`exec-kernel task reopen ${n["task"]} --reason ...\``],
  ),
  "lifecycle.not_yours": refused(
    403,
    5,
    "never",
    "human",
    "The edge exists, but for another kind of actor.",
    (n) =>
      `${n["from"]} -> ${n["to"]} is a move for the ${n["needs"]}, not for ${withArticle(n["kind"])}. legal: ${n["legal"]}`,
    (n) => [
      n["needs"] === "system"
        ? `give it back with \`exec-kernel task release ${n["task"]}\``
        : "take a legal move, or ask a human",
    ],
  ),
  "lifecycle.first_sight_ended": refused(
    409,
    1,
    "never",
    "human",
    "The work was ended when it was first seen: its life was never recorded.",
    (n) => `${n["task"]} was in ${n["to"]} when first seen`,
    () => ["create work before it is done"],
  ),
  "fact.discontinuous": refused(
    409,
    1,
    "never",
    null,
    "The state changed behind the kernel's back.",
    (n) => `${n["task"]} left ${n["from"]}, but was last seen in ${n["seen"]}`,
    () => ["look for a writer that goes round the kernel"],
  ),
} as const;
