// The sequential specification of one task, as docs/linearizability.md has it: one live lease, fences that only go up, a
// budget that grants respect, each reservation closed once, each command granted once. It knows nothing of the kernel's
// code, and no sequence numbers.

import { keyOf } from "./call-history.ts";
import type { Answered, Asked, Operation } from "./call-history.ts";

/** The state of one task. INVARIANT: plain values in a fixed order, so that equal states are equal texts. */
export type TaskState = {
  readonly made: boolean;
  readonly limit: number | null;
  readonly holder: string | null;
  /** Null: it does not end by itself, or nobody told when. */
  readonly expiresAt: number | null;
  readonly fence: number;
  readonly used: number;
  /** Open reservations. */
  readonly open: readonly string[];
  /** What was granted of commands that were sent more than once, by actor and command id; null where the answer is not known. */
  readonly granted: readonly (readonly [key: string, answer: string | null])[];
};

export const NEW_TASK: TaskState = {
  made: false,
  limit: null,
  holder: null,
  expiresAt: null,
  fence: 0,
  used: 0,
  open: [],
  granted: [],
};

/** The state afterwards, or null where this cannot happen in this state. `answer` is null where nobody knows it. */
type Step = (state: TaskState, asked: Asked, answer: Answered | null) => TaskState | null;

const answerText = ({ code, result }: Answered): string => JSON.stringify([code, result]);

/** A lease holds until its end; one whose end nobody told may hold or not. */
function isFree({ holder, expiresAt }: TaskState, answer: Answered | null): boolean {
  return holder === null || (expiresAt !== null && (answer === null || answer.at >= expiresAt));
}

function isHeldBy({ holder, expiresAt }: TaskState, { actor }: Asked, answer: Answered | null): boolean {
  return holder === actor && (expiresAt === null || answer === null || answer.at < expiresAt);
}

const numberIn = (answer: Answered | null, name: string): number | null => {
  const value = answer?.result[name];
  return typeof value === "number" ? value : null;
};

function isUnderFence(state: TaskState, asked: Asked): boolean {
  return asked.fence === undefined || asked.fence === state.fence;
}

function fits({ limit, used, open }: TaskState): boolean {
  return limit === null || used + open.length + 1 <= limit;
}

const create: Step = (state, { body }) => {
  if (state.made) return null;
  const limits = body["limits"];
  const steps = typeof limits === "object" && limits !== null && "steps" in limits ? limits.steps : null;
  return { ...state, made: true, limit: typeof steps === "number" ? steps : null };
};

const claim: Step = (state, asked, answer) => {
  if (!state.made || !isFree(state, answer) || !fits(state)) return null;
  // Whoever lost the answer does not know the fence; the least that it can be is one more.
  const fence = numberIn(answer, "fence") ?? state.fence + 1;
  if (fence <= state.fence) return null;
  return { ...state, holder: asked.actor, fence, expiresAt: numberIn(answer, "expiresAt") };
};

const release: Step = (state, asked, answer) => {
  if (!isHeldBy(state, asked, answer) || !isUnderFence(state, asked)) return null;
  return { ...state, holder: null, expiresAt: null };
};

const record: Step = (state, asked, answer) => {
  if (!isHeldBy(state, asked, answer) || !isUnderFence(state, asked) || !fits(state)) return null;
  return { ...state, used: state.used + 1 };
};

const reserve: Step = (state, asked, answer) => {
  if (!isHeldBy(state, asked, answer) || !isUnderFence(state, asked) || !fits(state)) return null;
  const id = String(answer?.result["reservation"] ?? `of ${keyOf(asked)}`);
  return state.open.includes(id) ? null : { ...state, open: [...state.open, id].toSorted() };
};

/** Never refused, also where the task is another's by now: what was spent was spent. */
const settle: Step = (state, { body }) => {
  const id = String(body["reservation"]);
  if (!state.open.includes(id)) return null;
  return { ...state, open: state.open.filter((one) => one !== id), used: state.used + 1 };
};

const STEPS: Readonly<Record<string, Step>> = {
  create_task: create,
  claim_task: claim,
  release_task: release,
  record_step: record,
  reserve_step: reserve,
  settle_step: settle,
};

/** When a refusal with this code is right; a code that is not listed says nothing of these. */
const REFUSED: Readonly<Record<string, (state: TaskState, asked: Asked, answer: Answered) => boolean>> = {
  "task.unknown": (state) => !state.made,
  "lease.taken": (state, asked) => state.holder !== null && state.holder !== asked.actor,
  "lease.yours_already": (state, asked) => state.holder === asked.actor,
  "lease.not_held": (state, asked, answer) => !isHeldBy(state, asked, answer) || state.expiresAt !== null,
  "lease.fence_stale": (state, asked) => asked.fence !== undefined && asked.fence !== state.fence,
  "budget.hard_limit": (state) => !fits(state),
  "reservation.unknown": (state, { body }) => !state.open.includes(String(body["reservation"])),
};

function granted(state: TaskState, { asked, answered: answer, repeated }: Operation): TaskState | null {
  const key = keyOf(asked);
  const before = state.granted.find(([one]) => one === key);
  if (answer?.replayed === true) {
    if (before === undefined || (before[1] !== null && before[1] !== answerText(answer))) return null;
    return state;
  }
  const next = before === undefined ? (STEPS[asked.type]?.(state, asked, answer) ?? null) : null;
  if (next === null || !repeated) return next;
  const text = answer === null ? null : answerText(answer);
  return { ...next, granted: [...next.granted, [key, text] as const].toSorted(([a], [b]) => (a < b ? -1 : 1)) };
}

/** The state after this operation, or null where the specification does not allow it here. */
export function applied(state: TaskState, operation: Operation): TaskState | null {
  const { asked, answered } = operation;
  if (answered === null || answered.verdict === "granted") return granted(state, operation);
  const isRight = REFUSED[answered.code];
  return isRight === undefined || isRight(state, asked, answered) ? state : null;
}

/** Only commands that change a task in ways that the specification has. */
export function isSpecified({ asked }: Operation): boolean {
  return Object.hasOwn(STEPS, asked.type);
}
