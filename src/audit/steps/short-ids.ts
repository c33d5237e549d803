// Ids as short as they can be and still name one history: what a person types after `audit show`.

import { nameOf } from "./history.ts";

/** A history by its two ids; `agent` is "" for the main agent. */
export type Named = { readonly session: string; readonly agent: string };

/** Fewer characters say nothing to a reader. */
const CHARS_LEAST = 8;

/** How many characters two texts begin with alike. */
function alike(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** Of sorted texts, the shortest beginning of each that no other has; one that begins another stays whole. */
function shortened(texts: Iterable<string>): ReadonlyMap<string, string> {
  const sorted = [...new Set(texts)].toSorted();
  return new Map(
    sorted.map((text, place) => {
      const near = Math.max(alike(text, sorted[place - 1] ?? ""), alike(text, sorted[place + 1] ?? ""));
      const length = Math.max(CHARS_LEAST, near + 1);
      return [text, length >= text.length - 2 ? text : text.slice(0, length)];
    }),
  );
}

/** Short names of the wanted histories among all, by their whole names. */
export function shortIds(all: readonly Named[], wanted: readonly Named[]): ReadonlyMap<string, string> {
  const sessions = shortened(all.map(({ session }) => session));
  const asked = new Set(wanted.filter(({ agent }) => agent !== "").map(({ session }) => session));
  const agents = new Map<string, string[]>();
  for (const { session, agent } of all)
    if (asked.has(session) && agent !== "") agents.set(session, [...(agents.get(session) ?? []), agent]);
  const short = new Map([...agents].map(([session, names]) => [session, shortened(names)]));
  return new Map(
    wanted.map((one) => {
      const session = sessions.get(one.session) ?? one.session;
      return [nameOf(one), nameOf({ session, agent: short.get(one.session)?.get(one.agent) ?? one.agent })];
    }),
  );
}

/** The histories that an id may mean: the one it names whole, else those that it begins. */
export function meantBy<N extends Named>(id: string, all: readonly N[]): readonly N[] {
  const whole = all.filter((one) => nameOf(one) === id);
  if (whole.length > 0) return whole;
  const begun = all.filter((one) => begins(id, one));
  // A session's beginning means its main agent.
  const main = begun.filter(({ agent }) => agent === "");
  const sessions = new Set(begun.map(({ session }) => session));
  return sessions.size === 1 && main.length > 0 ? main : begun;
}

function begins(id: string, { session, agent }: Named): boolean {
  if (session.startsWith(id)) return true;
  const stroke = id.lastIndexOf("/");
  return (
    stroke > 0 && session.startsWith(id.slice(0, stroke)) && agent !== "" && agent.startsWith(id.slice(stroke + 1))
  );
}
