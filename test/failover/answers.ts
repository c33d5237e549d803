// What a kernel process acknowledges: one line for each answer, written after the commit and before the next command.

import type { Reply } from "../../src/kernel/index.ts";

/** What an answer says was used, by dimension. */
export type Spent = { readonly [dimension: string]: number };

/** One acknowledged answer. `atMs` is when the client had it, in milliseconds since 1970. */
export type Answer = {
  readonly workspace: string;
  readonly agent: string;
  readonly commandId: string;
  readonly verdict: string;
  readonly code: string;
  /** d-<sequence>; null where nothing was recorded. */
  readonly id: string | null;
  readonly atMs: number;
  /** How often the same command id was sent; faults are answered by sending it again. */
  readonly tries: number;
  readonly spent: Spent;
};

export function answerOf(agent: string, { id, decision }: Reply, spent: Spent, tries: number): Answer {
  const { workspace, verdict, code, commandId } = decision;
  return {
    workspace,
    agent,
    commandId,
    verdict,
    code,
    id,
    atMs: Date.now(),
    tries,
    spent: verdict === "granted" ? spent : {},
  };
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && "commandId" in value && "atMs" in value && "spent" in value;
}

/** The answer of one line. Throws where it is none. */
export function readAnswer(line: string): Answer {
  const value: unknown = JSON.parse(line);
  if (!isAnswer(value)) throw new Error(`a kernel process said ${line}`);
  return value;
}
