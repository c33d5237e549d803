// The refusals of a past, as it is walked: humans' answers name them, and a log does not change.

import { actorName } from "../core/index.ts";
import type { RefusedRequest } from "../core/index.ts";
import type { DecidedEvent, PastCommand } from "./past.ts";

export class Refusals {
  readonly #found: Map<number, RefusedRequest> = new Map();
  readonly at = (sequence: number): RefusedRequest | null => this.#found.get(sequence) ?? null;

  note({ decided }: PastCommand): void {
    if (decided?.decision.verdict === "refused") this.#found.set(decided.sequence, requestOf(decided));
  }
}

function requestOf({ sequence, kind, actor, digest, decision }: DecidedEvent): RefusedRequest {
  const { code, numbers } = decision;
  return { sequence, actor: actorName(kind, actor), digest: digest ?? "", code, numbers };
}
