// One task's life in memory: its state, how it came there, and a hook that hears of each move.

import { checkKeys, checkText, checkWhole, quoted, refuseKind } from "./argument.ts";
import { isTaskState, STATE_NAMES, TaskState } from "./task-state.ts";
import { isLegalMove, validateMoveOf } from "./transitions.ts";

/** A move that was made; `reason` is what the table says of it. */
export type Transition = {
  readonly from: TaskState;
  readonly to: TaskState;
  readonly reason: string;
  readonly actor: string;
};

/** What onTransition hears: the move, whose it is, and the caller's metadata, which nothing else keeps. */
export type TransitionNotice = Transition & {
  readonly taskId: string;
  readonly metadata: Readonly<Record<string, unknown>>;
};

export type TaskLifecycleOptions = {
  /** Where the task stands; "todo" if absent. */
  readonly currentState?: TaskState | undefined;
  /** Called after each move. What it returns is ignored; what it throws reaches the caller, and the move stands. */
  readonly onTransition?: ((notice: TransitionNotice) => void) | undefined;
  /** Moves kept in transitionHistory, the newest; 1,000 if absent, 0 for none. */
  readonly maxHistory?: number | undefined;
};

export type TransitionOptions = {
  /** Who moves the task; "system" if absent. */
  readonly actor?: string | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
};

const MAX_HISTORY = 1_000;
const OPTION_KEYS = ["currentState", "onTransition", "maxHistory"];
const NO_OPTIONS: TransitionOptions = {};

/** A task whose state changes only along the lifecycle table. Throws TypeError or RangeError on bad arguments. */
export class TaskLifecycle {
  readonly taskId: string;
  readonly #onTransition: ((notice: TransitionNotice) => void) | undefined;
  readonly #maxHistory: number;
  readonly #history: Transition[] = [];
  #state: TaskState;

  constructor(taskId: string, options: TaskLifecycleOptions = {}) {
    checkText("taskId", taskId);
    checkKeys("options", options, OPTION_KEYS);
    const { currentState = TaskState.TODO, onTransition, maxHistory = MAX_HISTORY } = options;
    if (!isTaskState(currentState)) throw noState(currentState);
    if (onTransition !== undefined && typeof onTransition !== "function")
      throw new TypeError("onTransition must be a function");
    this.taskId = taskId;
    this.#state = currentState;
    this.#onTransition = onTransition;
    this.#maxHistory = checkWhole("maxHistory", maxHistory, 0);
  }

  get currentState(): TaskState {
    return this.#state;
  }

  /** The moves made, oldest first, as copies; at most maxHistory of them. */
  get transitionHistory(): Transition[] {
    return this.#history.map((move) => ({ ...move }));
  }

  canTransitionTo(target: TaskState): boolean {
    return isLegalMove(this.#state, target);
  }

  /**
   * Moves the task and says why it may, such as `Work started`. Throws InvalidTransitionError, and changes nothing, where
   * the table has no such move.
   */
  transition(target: TaskState, options: TransitionOptions = NO_OPTIONS): string {
    const { actor = "system", metadata } = options;
    if (typeof actor !== "string") return refuseKind("actor", actor);
    const from = this.#state;
    const reason = validateMoveOf(from, target);
    this.#state = target;
    this.#keep({ from, to: target, reason, actor });
    this.#onTransition?.({ taskId: this.taskId, from, to: target, reason, actor, metadata: { ...metadata } });
    return reason;
  }

  #keep(move: Transition): void {
    this.#history.push(move);
    if (this.#history.length > this.#maxHistory) this.#history.shift();
  }
}

function noState(state: unknown): Error {
  const got = typeof state === "string" ? quoted(state) : typeof state;
  return new RangeError(`currentState is ${got}, no state; states: ${STATE_NAMES.join(", ")}`);
}
