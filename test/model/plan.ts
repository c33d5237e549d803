// What a command of the model comes to before the rules: a refusal because it makes no sense, or a case to judge and
// what happens once it is granted.

import type { Actor } from "../../src/core/index.ts";
import type { Reply, Request, RequestOptions } from "../../src/kernel/index.ts";
import type { Case } from "./case.ts";
import { nameOf } from "./state.ts";
import type { ModelTask, World } from "./state.ts";

/** Who asks, whatever is asked. */
export type Asking = {
  readonly world: World;
  readonly actor: Actor;
  readonly request: RequestOptions & { readonly type: Request["type"] };
};

export type Asked<T extends Request["type"]> = Asking & {
  readonly request: Extract<Request, { readonly type: T }>;
};

export type Results = Readonly<Record<string, string | number>>;

/** `apply` gets the kernel's reply only for the names that the log gives: reservations and decisions. */
export type Plan =
  | { readonly refusal: string }
  | {
      /** Judged one after the other; the first that no rule refuses is done. */
      readonly cases: readonly Case[];
      /** The refusal when there is no case, or none passes. */
      readonly none?: string;
      readonly apply: (it: Case, reply: Reply) => void;
      /** What a recorded refusal leads to. */
      readonly refused?: (it: Case, code: string | null) => void;
      readonly result?: (it: Case) => Results;
    };

const NOTHING = {
  task: null,
  makes: null,
  claims: false,
  to: null,
  reason: null,
  spends: null,
  calls: null,
  renews: false,
  gives: null,
  places: null,
  waitsFor: null,
  loosens: false,
} as const;

/** A case of this request that names only what it is about. */
export function caseOf(asked: Asking, about: Partial<Case>): Case {
  const { world, actor, request } = asked;
  const { fence = null, run = null, type } = request;
  return { ...NOTHING, world, actor, name: nameOf(actor), fence, run, type, ...about };
}

export function refuse(refusal: string): Plan {
  return { refusal };
}

/** Goes on with the task of that id, or refuses. */
export function withTask(world: World, id: string, then: (task: ModelTask) => Plan): Plan {
  const task = world.tasks.get(id);
  return task === undefined ? refuse("task.unknown") : then(task);
}
