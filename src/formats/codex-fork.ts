// A rollout of a fork, or of a subagent that was given its parent's history, begins with the parent's records copied in.
// They are not this history's: this tells where they end.
//
// The copied lines carry either their old times or the time of the fork, so lines' times alone cannot tell. Turns can:
// their ids are UUIDs of version 7, made when the turn began, and so is the fork's own id. The first turn that is not
// older than the fork is its own. For turns without such an id the time that the turn says it began at decides. Where
// turns tell nothing, a second's pause before a line that is not older than the fork does: copies are written at one go.

import { timeOrNull } from "./loose-values.ts";
import { isJsonObject, type JsonObject } from "./json-lines.ts";
import { nameOrNull } from "./names.ts";

const V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/i;
const PAUSE_MS = 1_000;

/** Milliseconds since 1970 in a UUID of version 7, null for any other text. */
export function uuidTimeMs(id: unknown): number | null {
  const match = typeof id === "string" ? V7.exec(id) : null;
  return match === null ? null : Number.parseInt(`${match[1]}${match[2]}`, 16);
}

/** Who a session is: `parent` is the session it was forked from or spawned by, `spawned` true for a subagent. */
export type Origin = { readonly id: string | null; readonly parent: string | null; readonly spawned: boolean };

/** Reads a session_meta. */
export function originOf(meta: JsonObject): Origin {
  const { source, thread_source: threadSource } = meta;
  const subagent = isJsonObject(source) ? source["subagent"] : undefined;
  const spawn = isJsonObject(subagent) ? subagent["thread_spawn"] : undefined;
  const told = isJsonObject(spawn) ? nameOrNull(spawn["parent_thread_id"]) : null;
  const spawner = told ?? nameOrNull(meta["parent_thread_id"]);
  const isAgents = spawner !== null || subagent !== undefined || threadSource === "subagent";
  const parent = spawner ?? nameOrNull(meta["forked_from_id"]);
  return { id: nameOrNull(meta["id"]), parent, spawned: isAgents && threadSource !== "user" };
}

/** Asked of every record after the first session_meta, in order: whether it was copied from the parent. */
export type CopiedPart = (type: unknown, payload: JsonObject, atMs: number | null) => boolean;

const TURN_EVENTS: ReadonlySet<unknown> = new Set(["task_started", "turn_started"]);

/** Makes the teller for a session that begins with this session_meta. */
export function copiedPart(meta: JsonObject, lineAtMs: number | null): CopiedPart {
  const { id, parent } = originOf(meta);
  const forkedAtMs = uuidTimeMs(id) ?? timeOrNull(meta["timestamp"]) ?? lineAtMs ?? 0;
  let copying = parent !== null;
  let turnsTell = false;
  let lastAtMs = lineAtMs;

  const pausedBefore = (atMs: number | null): boolean =>
    !turnsTell && atMs !== null && atMs >= forkedAtMs && atMs - (lastAtMs ?? 0) >= PAUSE_MS;

  const isOwnTurn = (payload: JsonObject, atMs: number | null): boolean => {
    const turnAtMs = uuidTimeMs(payload["turn_id"]);
    const { started_at: startedAt } = payload;
    turnsTell ||= turnAtMs !== null || typeof startedAt === "number";
    if (turnAtMs !== null) return turnAtMs >= forkedAtMs;
    if (typeof startedAt === "number") return startedAt >= Math.floor(forkedAtMs / 1_000);
    return pausedBefore(atMs);
  };
  return (type, payload, atMs) => {
    if (!copying) return false;
    const opensTurn = type === "turn_context" || (type === "event_msg" && TURN_EVENTS.has(payload["type"]));
    const own = opensTurn ? isOwnTurn(payload, atMs) : pausedBefore(atMs);
    lastAtMs = atMs ?? lastAtMs;
    copying = !own;
    return copying;
  };
}
