// What a command is judged in: the rows it reads, the policy, the time, and what it proposes.

import type { Finding, Result } from "./decision.ts";
import type { Command, CommandOf, CommandType, Envelope } from "./command.ts";
import type { Draft } from "./event.ts";
import type { CompiledPolicy } from "./policy.ts";
import type { Numbers, ReasonCode } from "./reasons/index.ts";
import { actorName } from "./actor.ts";
import type { HeadRow, Rows } from "./rows/rows.ts";

/** `at` is the time the rules judge at: the server's, or, for a fact, when it happened. */
export type Context = {
  readonly rows: Rows;
  readonly envelope: Envelope;
  readonly actor: string;
  readonly policy: CompiledPolicy;
  readonly at: number;
  readonly head: HeadRow;
  readonly fact: boolean;
};

/** The half of a proposal that may be refused without the other: what was spent is booked even if nothing may follow. */
export type Tail = { readonly drafts: readonly Draft[]; readonly result: Result } | Finding;

/** A command's proposal: events to be judged in order, and what a grant will say. */
export type Proposal = {
  readonly drafts: readonly Draft[];
  readonly tail?: Tail;
  readonly code: ReasonCode;
  readonly numbers: Numbers;
  readonly result: Result;
};

/** A proposal, or the finding that makes the command senseless whatever the policy says. */
export type Plan = Proposal | Finding;

export function isRefused(tail: Tail): tail is Finding {
  return "code" in tail;
}

export function isProposal(plan: Plan): plan is Proposal {
  return "drafts" in plan;
}

/** One kind of command: the rows it reads first, the rows those lead to, and what it proposes. */
export type CommandSpec<T extends CommandType> = {
  readonly keys: (command: CommandOf<T>, actor: string) => readonly string[];
  /** Follows the rows that are loaded so far (peekRow, peekTask); asked again as more arrive. */
  readonly related?: (command: CommandOf<T>, rows: Rows) => readonly string[];
  /** Rows that are read and are not what the command is about: what fell due among them is left to whoever asks for it. */
  readonly beside?: (command: CommandOf<T>, rows: Rows) => readonly string[];
  readonly propose: (command: CommandOf<T>, ctx: Context) => Plan;
};

export function contextOf(rows: Rows, command: Command, policy: CompiledPolicy, at: number, head: HeadRow): Context {
  const fact = command.type === "record_fact";
  return {
    rows,
    envelope: command,
    actor: actorName(command.kind, command.actor),
    policy,
    at: command.type === "record_fact" ? command.body.occurredAt : at,
    head,
    fact,
  };
}
