// validate: is a move from one state to another legal for an agent? Answered from the table alone.

import { isTaskState, isTerminal, STATE_NAMES } from "../../standalone/index.ts";
import type { TaskState } from "../../standalone/index.ts";
import type { ReasonCode } from "../../core/index.ts";
import { UsageError } from "../args/usage.ts";
import { nearest, quoted } from "../args/words.ts";
import { moveLine } from "./move-line.ts";
import { granted, NO_NEEDS, refused } from "./seed-command.ts";
import type { Answer, SeedCommand } from "./seed-command.ts";

const NAME = "validate";

function stateOf(argument: string, text: string): TaskState {
  if (isTaskState(text)) return text;
  const meant = nearest(text, STATE_NAMES);
  const hint = meant === null ? "" : `did you mean ${meant}? `;
  throw new UsageError(
    `${argument}: there is no state ${quoted(text)}; ${hint}states: ${STATE_NAMES.join(", ")}`,
    NAME,
  );
}

function codeOf(from: TaskState, to: TaskState): ReasonCode {
  if (from === to) return "lifecycle.same_state";
  return isTerminal(from) ? "lifecycle.terminal" : "lifecycle.transition_skipped";
}

function judgeMove(from: TaskState, to: TaskState): Answer {
  const { prefix, message, legal } = moveLine(from, to);
  if (legal === null) return granted("task.moved", prefix, message, { from, to });
  const next =
    legal.length === 0
      ? ["nothing: ended work is left only by a human's reopen"]
      : legal.map((state) => `${from} -> ${state}`);
  return refused(codeOf(from, to), prefix, message, { from, to, legal: legal.join(", ") }, next);
}

export const validate: SeedCommand = {
  name: NAME,
  summary: "is this move legal for an agent?",
  about: [`States: ${STATE_NAMES.join(", ")}. Nothing is moved and no store is read.`],
  args: [{ name: "FROM" }, { name: "TO" }],
  flags: {},
  examples: ["exec-kernel validate todo in_progress", "exec-kernel validate todo done --json"],
  exits: ["0 the move is legal", "1 it is not", "2 the call is wrong, such as a state that does not exist"],
  needs: () => NO_NEEDS,
  judge: ([from = "", to = ""]) => judgeMove(stateOf("FROM", from), stateOf("TO", to)),
};
