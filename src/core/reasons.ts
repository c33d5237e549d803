// The reason table: every code a decision can carry, with its HTTP status, CLI exit status, whether a retry can help,
// who may override, and its words. Codes are append-only. docs/reasons.md is generated from it.

import { duration, said, usedOf } from "./wording.ts";

/** The deciding values of a finding, by name. */
export type Numbers = { readonly [name: string]: string | number };

export type Retry = "never" | "later" | "changed";

/** One row: `exit` as in docs (0 granted, 1 final, 2 usage, 4 retry after, 5 a human is needed). */
export type Reason = {
  readonly http: number;
  readonly exit: 0 | 1 | 2 | 4 | 5;
  /** never: the same request stays refused; later: time may help; changed: another request may pass. */
  readonly retry: Retry;
  readonly override: "human" | null;
  readonly means: string;
  readonly says: (n: Numbers) => string;
  readonly next: (n: Numbers) => readonly string[];
};

const none = (): readonly string[] => [];

function granted(http: number, means: string, says: (n: Numbers) => string): Reason {
  return { http, exit: 0, retry: "never", override: null, means, says, next: none };
}

function refused(
  http: number,
  exit: 1 | 2 | 4 | 5,
  retry: Retry,
  override: "human" | null,
  means: string,
  says: (n: Numbers) => string,
  next: (n: Numbers) => readonly string[],
): Reason {
  return { http, exit, retry, override, means, says, next };
}

const num = (n: Numbers, name: string): number => Number(n[name] ?? 0);
const who = (n: Numbers, name: string): string => said(String(n[name] ?? ""));
const withArticle = (kind: string | number | undefined): string => (/^[aeiou]/.test(String(kind)) ? `an ${kind}` : `a ${kind}`);
const inside = (n: Numbers): string => (n["parent"] === undefined ? "do it in the task you hold" : `do it inside ${n["parent"]}`);

const GRANTS = {
  "policy.adopted": granted(200, "The policy stands in the log and acts from here on.", (n) => `policy ${n["hash"]} adopted`),
  "task.created": granted(201, "The task exists.", (n) => `${n["task"]} created in ${n["state"]}, depth ${n["depth"]}`),
  "task.claimed": granted(200, "The actor holds the task; its writes carry the fence.", (n) => `${n["task"]} claimed, fence ${n["fence"]}`),
  "task.moved": granted(200, "The task changed state.", (n) => `${n["task"]} ${n["from"]} -> ${n["to"]}`),
  "task.released": granted(200, "The holder gave the task back.", (n) => `${n["task"]} released to ${n["to"]}`),
  "task.reopened": granted(200, "A human opened ended work again; its meters are kept.", (n) => `${n["task"]} reopened, attempt ${n["attempt"]}`),
  "step.recorded": granted(200, "One step was booked.", (n) => `step ${n["steps"]} of ${n["task"]} recorded`),
  "step.hand_back": granted(200, "A hand-back step was booked beside the limit.", (n) => `hand-back step ${n["steps"]} of ${n["limit"]} for ${n["task"]}`),
  "agent.slept": granted(200, "The agent sleeps; it creates, claims and spends nothing.", (n) => `${who(n, "agent")} sleeps`),
  "agent.woken": granted(200, "The agent is awake.", (n) => `${who(n, "agent")} is awake`),
  "fact.recorded": granted(200, "What happened outside was recorded; nothing was refused.", (n) => `${n["task"]} seen in ${n["to"]}`),
} as const;

const INTAKE = {
  "command.invalid": refused(400, 2, "changed", null, "The command's form is wrong; nothing was recorded.",
    (n) => `${n["field"]}: ${n["problem"]}`, () => ["correct the field and send the command again"]),
  "command.id_reused": refused(409, 1, "changed", null, "This command id was granted before with another body.",
    (n) => `command id ${n["commandId"]} was granted before, at sequence ${n["sequence"]}, with another body`, () => ["send it with a new command id"]),
  "command.read_set_too_large": refused(422, 1, "changed", null, "Deciding would touch too many rows.",
    (n) => `the command touches ${n["keys"]} rows, limit ${n["limit"]}`, () => ["split the command"]),
  "actor.unknown": refused(401, 2, "changed", "human", "No credential says who acts.",
    () => "nobody says who acts: EXEC_KERNEL_AGENT is not set and no human key is readable", () => ["set EXEC_KERNEL_AGENT to the agent's name", "or run `exec-kernel init` as the human"]),
  "actor.not_allowed": refused(403, 5, "never", "human", "This kind of actor may not ask for this.",
    (n) => `${n["command"]} is not for ${withArticle(n["kind"])}; it takes ${withArticle(n["needs"])}`, () => ["ask a human; do not retry"]),
  "actor.not_self": refused(403, 5, "never", "human", "An agent acts only as itself.",
    (n) => `${who(n, "actor")} may not act for ${who(n, "agent")}`, () => ["act as yourself; do not retry"]),
  "agent.asleep": refused(403, 4, "later", "human", "The agent sleeps until an outside event wakes it.",
    (n) => `${who(n, "agent")} sleeps ${n["leftMs"] === undefined ? "until it is woken" : `until assigned, at most ${duration(num(n, "leftMs"))} more`}`, () => ["create nothing. silence is the correct output"]),
} as const;

const TASKS = {
  "task.unknown": refused(404, 1, "changed", null, "There is no task with this id.",
    (n) => `there is no task ${n["task"]}`, () => ["look it up with `exec-kernel task list`"]),
  "task.parent_unknown": refused(404, 1, "changed", null, "The parent or created-by task does not exist.",
    (n) => `there is no task ${n["parent"]} to create below`, () => ["name a task that exists"]),
  "task.exists": refused(409, 1, "changed", null, "A task with this id exists and is not ended.",
    (n) => `${n["task"]} exists, in ${n["state"]}`, (n) => [`use ${n["task"]}, or choose another id`]),
  "lease.taken": refused(409, 1, "later", null, "Somebody holds the task.",
    (n) => `${n["task"]} is held by ${who(n, "holder")}, fence ${n["fence"]}`, () => ["claim another task, or end your turn"]),
  "lease.not_held": refused(409, 1, "never", null, "Only the holder may write to a held task.",
    (n) => `${n["task"]} is ${n["holder"] === "" ? `in ${n["state"]} and nobody holds it` : `held by ${who(n, "holder")}`}, not by ${who(n, "actor")}`, (n) => (n["holder"] === "" ? [`claim ${n["task"]} first`] : ["write nothing, end your turn"])),
  "lease.fence_stale": refused(409, 1, "never", null, "The fence is not the current one: another claim came after.",
    (n) => `your fence ${n["fence"]}, current ${n["current"]} (${who(n, "holder")}). ${n["task"]} is not yours`, () => ["write nothing, end your turn"]),
} as const;

const LIFECYCLE = {
  "lifecycle.state_unknown": refused(400, 2, "changed", null, "The lifecycle table has no such state.",
    (n) => `there is no state ${n["to"]}. states: ${n["states"]}`, () => ["name one of these states"]),
  "lifecycle.not_initial": refused(409, 1, "changed", null, "A task begins in an initial state.",
    (n) => `a task cannot begin in ${n["to"]}. legal: ${n["legal"]}`, () => ["create it in an initial state and move it"]),
  "lifecycle.same_state": refused(409, 1, "never", null, "The task is in this state already.",
    (n) => `${n["task"]} is in ${n["to"]} already. legal: ${n["legal"]}`, () => ["go on; nothing is to be done"]),
  "lifecycle.transition_skipped": refused(409, 1, "changed", null, "The table has no edge between the two states.",
    (n) => `${n["from"]} -> ${n["to"]} ${n["skips"] === "" ? "is no move of the table" : `skips ${n["skips"]}`}. legal: ${n["legal"]}`, (n) => [n["claim"] === 1 ? `claim ${n["task"]} first` : `move ${n["task"]} along a legal edge`]),
  "lifecycle.not_ended": refused(409, 1, "changed", null, "Only ended work is reopened.",
    (n) => `${n["task"]} is in ${n["from"]}, not ended. legal: ${n["legal"]}`, (n) => [`use \`exec-kernel task move ${n["task"]} STATE\``]),
  "lifecycle.terminal": refused(409, 5, "never", "human", "Ended work is left only by a human's reopen.",
    (n) => `${n["task"]} ended in ${n["from"]}; ${n["from"]} -> ${n["to"]} is a human's reopen`, (n) => ["end your turn, or make other work", `a human runs \`exec-kernel task reopen ${n["task"]} --reason ...\``]),
  "lifecycle.not_yours": refused(403, 5, "never", "human", "The edge exists, but for another kind of actor.",
    (n) => `${n["from"]} -> ${n["to"]} is a move for the ${n["needs"]}, not for ${withArticle(n["kind"])}. legal: ${n["legal"]}`, () => ["take a legal move, or ask a human"]),
  "lifecycle.first_sight_ended": refused(409, 1, "never", "human", "The work was ended when it was first seen: its life was never recorded.",
    (n) => `${n["task"]} was in ${n["to"]} when first seen`, () => ["create work before it is done"]),
  "fact.discontinuous": refused(409, 1, "never", null, "The state changed behind the kernel's back.",
    (n) => `${n["task"]} left ${n["from"]}, but was last seen in ${n["seen"]}`, () => ["look for a writer that goes round the kernel"]),
} as const;

const LINEAGE = {
  "lineage.depth_exceeded": refused(422, 1, "changed", "human", "The task would lie too deep below its root.",
    (n) => `depth ${n["depth"]}, limit ${n["limit"]}`, (n) => [`create nothing; ${inside(n)}`]),
  "lineage.cycle": refused(422, 1, "never", null, "The task would be its own ancestor.",
    (n) => `${n["task"]} would be its own ancestor, by ${n["by"]}`, () => ["create nothing; name another parent"]),
  "lineage.identity_loop": refused(422, 1, "never", "human", "An agent makes for itself the kind of work it is doing.",
    (n) => `${who(n, "agent")} makes for itself, below ${n["parent"]}, the same kind of work: ${n["kind"]}`, (n) => [`create nothing; do it inside ${n["parent"]}`]),
  "lineage.reprocessed": refused(409, 5, "never", "human", "The id belongs to work that ended.",
    (n) => `${n["task"]} ended in ${n["state"]}; it is not done again`, (n) => [`a human runs \`exec-kernel task reopen ${n["task"]} --reason ...\``]),
  "lineage.duplicate_open": refused(409, 1, "never", "human", "Open work with the same kind, text and scope exists.",
    (n) => `${n["existing"]} is the same work, in ${n["state"]}`, (n) => [`use ${n["existing"]}; create nothing`]),
  "lineage.duplicate_recent": refused(409, 4, "later", "human", "The same work ended a short while ago.",
    (n) => `${n["existing"]} was the same work and ended in ${n["state"]} ${duration(num(n, "agoMs"))} ago, window ${duration(num(n, "windowMs"))}`, (n) => [`read the result of ${n["existing"]}; create nothing`]),
  "lineage.template_repeated": refused(429, 1, "never", "human", "One title template too often on one day: busywork.",
    (n) => `${who(n, "agent")} made ${n["count"]} tasks from this title today, limit ${n["limit"]}`, () => ["create nothing. silence is the correct output"]),
  "lineage.children_exceeded": refused(422, 1, "never", "human", "The parent has too many children, counted over its whole life.",
    (n) => `${n["parent"]} has had ${n["count"]} children, limit ${n["limit"]}`, (n) => [`create nothing; do it inside ${n["parent"]}`]),
  "lineage.descendants_exceeded": refused(422, 1, "never", "human", "The root has too many descendants, counted over its whole life.",
    (n) => `root ${n["root"]} has had ${n["count"]} descendants, limit ${n["limit"]}`, () => ["create nothing; finish what is open"]),
  "lineage.parent_not_held": refused(403, 1, "changed", "human", "An agent creates only below a task it holds.",
    (n) => `${who(n, "agent")} does not hold ${n["parent"]}`, (n) => [`report the finding to ${n["holder"] === "" ? `whoever claims ${n["parent"]}` : `${n["parent"]}'s holder`}; end your turn`]),
  "lineage.root_not_allowed": refused(403, 5, "never", "human", "Roots come from a human, a system source or an agent the policy names.",
    (n) => `${who(n, "agent")} may not create a root`, () => ["create it below the task you hold, or tell a human"]),
} as const;

const BUDGET = {
  "budget.soft_limit": refused(429, 1, "never", null, "A warning: the soft limit is passed, the hard one is not.",
    (n) => `${n["scope"]} used ${usedOf(String(n["dimension"]), num(n, "used"), num(n, "limit"))}, a soft limit`, () => ["begin to finish"]),
  "budget.hard_limit": refused(429, 5, "never", "human", "The step would pass the hard limit.",
    (n) => `${n["scope"]} used ${usedOf(String(n["dimension"]), num(n, "used"), num(n, "limit"))}`, (n) => ["write the hand-back note and stop", ...(num(n, "handBackLeft") > 0 ? [`${n["handBackLeft"]} hand-back steps are left`] : [])]),
  "budget.hand_back_spent": refused(429, 5, "never", "human", "The hand-back steps are spent too.",
    (n) => `${n["task"]} used ${n["used"]} of ${n["limit"]} hand-back steps`, (n) => [`move ${n["task"]} to blocked; end your turn`]),
  "budget.amount_too_large": refused(400, 2, "changed", null, "An amount or meter would pass the largest number that is counted.",
    (n) => `${n["dimension"]} ${n["amount"]} would pass ${n["limit"]}`, () => ["send the amount of one step"]),
} as const;

export const REASONS = { ...GRANTS, ...INTAKE, ...TASKS, ...LIFECYCLE, ...LINEAGE, ...BUDGET } as const;

export type ReasonCode = keyof typeof REASONS;

/** The row of a code. */
export function reason(code: ReasonCode): Reason {
  return REASONS[code];
}

/** True for a string that is a code of the table. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}
