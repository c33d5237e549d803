// The keys of rows. The store puts the workspace before each of them. INVARIANT: of two keys neither is the other's
// prefix by accident: where a name is followed by another, its length stands before it.

export const HEAD_KEY = "head";

const KEPT_MAX = 8_192;

/**
 * Keys are asked for many times in one decision, mostly of one name after another time; a fresh text has to be hashed each
 * time, a kept one only once.
 */
function kept(make: (name: string) => string): (name: string) => string {
  let known = new Map<string, string>();
  let lastName = "";
  let lastKey = make("");
  return (name) => {
    if (name === lastName) return lastKey;
    let key = known.get(name);
    if (key === undefined) {
      if (known.size >= KEPT_MAX) known = new Map();
      known.set(name, (key = make(name)));
    }
    lastName = name;
    return (lastKey = key);
  };
}

export const taskKey: (task: string) => string = kept((task) => "task/" + task);
/** The scope of a task's own work: written as the key of its row is, and so kept with it. */
export function taskScope(task: string): string {
  return taskKey(task);
}
/** What is remembered of the steps of a task. */
export const stepsKey: (task: string) => string = kept((task) => "steps/" + task);
export const textKey = (task: string): string => "text/" + task;
/** Of a scope: task/T-1, lineage/T-1, agent/a-2, workspace. */
export const meterKey: (scope: string) => string = kept((scope) => "meter/" + scope);
export const haltKey: (scope: string) => string = kept((scope) => "halt/" + scope);

/** One decision asks for the keys of one and the same list again and again: those asked for last are kept. */
function keptList(make: (scope: string) => string): (scopes: readonly string[]) => readonly string[] {
  let lastScopes: readonly string[] = [];
  let lastKeys: readonly string[] = [];
  return (scopes) => {
    if (scopes === lastScopes) return lastKeys;
    lastKeys = scopes.map(make);
    lastScopes = scopes;
    return lastKeys;
  };
}

/** Keys of the meters of these scopes, in their order. */
export const meterKeys: (scopes: readonly string[]) => readonly string[] = keptList(meterKey);
/** Keys of the halts of these scopes, in their order. */
export const haltKeys: (scopes: readonly string[]) => readonly string[] = keptList(haltKey);

export const actorKey: (actor: string) => string = kept((actor) => "actor/" + actor);
export const ringKey = (actor: string): string => "ring/" + actor;
export const childrenKey = (task: string): string => "children/" + task;
export const dependentsKey = (task: string): string => "dependents/" + task;
export const liveKey: (root: string) => string = kept((root) => "live/" + root);
export const fingerprintKey = (digest: string): string => "fingerprint/" + digest;
export const templateKey = (actor: string, digest: string): string => "template/" + actor + "/" + digest;
export const runKey = (actor: string, run: string): string => "run/" + actor.length + "/" + actor + "/" + run;
export const wrongKey = (code: string): string => "wrong/" + code;

const SEQUENCE_DIGITS = 13;
const TIME_DIGITS = 15;
const LENGTH_DIGITS = 3;

const padded = (value: number, digits: number): string => String(value).padStart(digits, "0");

export const READY_PREFIX = "ready/";
/** Sorts by priority, then age; of two made at one moment T-9 comes before T-10. */
export const readyKey = (priority: number, createdAt: number, task: string): string =>
  READY_PREFIX +
  priority +
  "/" +
  padded(createdAt, TIME_DIGITS) +
  "/" +
  padded(task.length, LENGTH_DIGITS) +
  "/" +
  task;

export const DUE_PREFIX = "due/";
/** Sorts by when it falls due. */
export const dueKey = (at: number, task: string): string => DUE_PREFIX + padded(at, TIME_DIGITS) + "/" + task;

export const RESERVATION_PREFIX = "reservation/";
/** Of r-<sequence>; sorts by when it was made. */
export const reservationKey = (id: string): string =>
  RESERVATION_PREFIX + id.slice("r-".length).padStart(SEQUENCE_DIGITS, "0");

export const LESSON_PREFIX = "lesson/";
export const lessonKey = (sequence: number): string => LESSON_PREFIX + padded(sequence, SEQUENCE_DIGITS);

/** What a human said of the decision at this sequence: approved or denied (`answer`), or wrong (`mark`). */
export const answerKey = (sequence: number): string => "answer/" + padded(sequence, SEQUENCE_DIGITS);
export const markKey = (sequence: number): string => "mark/" + padded(sequence, SEQUENCE_DIGITS);

/** Both names are the callers' and may hold any sign, so the length says where the first one ends. */
export const commandKey = (actor: string, commandId: string): string =>
  "command/" + actor.length + "/" + actor + "/" + commandId;
