// How the history generator writes a change down: as one line of a status-change history, or as the last word on one
// issue in a beads snapshot; and how it spoils such a line.

import type { Beat, Issue } from "./history-stories.ts";

/** A beat with its times; `last` is true for the last beat that its task has. */
export type Told = { readonly beat: Beat; readonly atMs: number; readonly createdAtMs: number; readonly last: boolean };

const OFFSETS_MINUTES = [-480, -420, 0, 330, 660] as const;

/** Local time with an offset and nine digits of a second, as Go programs write it; `turn` chooses the offset. */
function localTime(ms: number, turn: number): string {
  const minutes = OFFSETS_MINUTES[turn % OFFSETS_MINUTES.length] ?? 0;
  if (minutes === 0) return new Date(ms).toISOString();
  const local = new Date(ms + minutes * 60_000).toISOString().replace("Z", "000000");
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${hours}:${String(Math.abs(minutes) % 60).padStart(2, "0")}`;
}

function people({ createdBy, assignee, parents, discoveredFrom }: Issue): object {
  return {
    ...(createdBy === null ? {} : { createdBy }),
    ...(assignee === null ? {} : { assignee }),
    ...(parents.length === 0 ? {} : { parents }),
    ...(discoveredFrom.length === 0 ? {} : { discoveredFrom }),
  };
}

/** One line of a status-change history. */
export function historyLine({ beat, atMs, createdAtMs }: Told): string {
  const { issue, from, to } = beat;
  const head = { at: new Date(atMs).toISOString(), id: issue.id, from, to, type: issue.type, title: issue.title };
  const closed = to === "closed" ? { closedAt: localTime(atMs, issue.id.length) } : {};
  return JSON.stringify({
    ...head,
    createdAt: localTime(createdAtMs, issue.title.length),
    ...closed,
    ...people(issue),
  });
}

function dependencies({ id, parents, discoveredFrom }: Issue): readonly object[] {
  const entry = (type: string) => (other: string) => ({ issue_id: id, depends_on_id: other, type });
  return [
    ...parents.map(entry("parent-child")),
    ...discoveredFrom.map(entry("discovered-from")),
    ...parents.map(entry("blocks")),
  ];
}

/** One line of a beads snapshot. */
export function snapshotLine({ beat, atMs, createdAtMs }: Told): string {
  const { issue, to } = beat;
  const gone = to === "tombstone";
  const endedAt = localTime(atMs, issue.id.length);
  const linked = dependencies(issue);
  return JSON.stringify({
    id: issue.id,
    title: issue.title,
    status: to,
    priority: 2,
    issue_type: gone ? "task" : issue.type,
    created_at: localTime(createdAtMs, issue.title.length),
    updated_at: endedAt,
    ...(to === "closed" ? { closed_at: endedAt } : {}),
    ...(gone ? { deleted_at: endedAt, original_type: issue.type } : {}),
    ...(issue.createdBy === null ? {} : { created_by: issue.createdBy }),
    ...(issue.assignee === null ? {} : { assignee: issue.assignee }),
    ...(linked.length === 0 ? {} : { dependencies: linked }),
  });
}

export const BAD_KINDS = ["cut", "list", "noId", "badTime", "wrongType", "nul", "halfPair"] as const;

export type BadKind = (typeof BAD_KINDS)[number];

/** Spoils one good line of either format. */
export function spoil(kind: BadKind, line: string): string {
  if (kind === "cut") return line.slice(0, Math.floor(line.length / 2));
  if (kind === "list") return `[${line}]`;
  if (kind === "noId") return line.replace('"id":', '"no_id":');
  if (kind === "badTime") return line.replace(/"(at|created_at)":"[^"]*"/, '"$1":"2025-02-30T00:00:00Z"');
  if (kind === "wrongType") return line.replace(/\}$/, ',"parents":"none","dependencies":"none"}');
  return line.replace('"id":"', kind === "nul" ? '"id":"a\\u0000' : '"id":"a\\ud83d');
}
