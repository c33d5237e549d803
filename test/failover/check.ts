// Holds a log to what was acknowledged: nothing lost, nothing doubled, the meters what the answers add up to. It knows only
// answers, events and meters, so planted losses can prove that it sees them.

import type { Event } from "../../src/core/index.ts";
import type { Answer } from "./answers.ts";

/** What meters say was used, by scope and dimension, over their lives. */
export type Used = ReadonlyMap<string, { readonly [dimension: string]: number }>;

export type Findings = {
  /** Acknowledged, and not in the log where and as it was acknowledged. */
  readonly lost: readonly string[];
  /** Granted more than once under one command id, or answered more than once, or never answered to anybody. */
  readonly doubled: readonly string[];
  /** Meters that differ from the sum of what was acknowledged. */
  readonly misbooked: readonly string[];
};

type Decided = { readonly who: string; readonly verdict: string; readonly code: string };

const whose = (agent: string, commandId: string): string => `agent:${agent} ${commandId}`;

function decidedIn(events: readonly Event[]): ReadonlyMap<string, Decided> {
  return new Map(
    events.flatMap(({ sequence, kind, actor, commandId, decision }): [string, Decided][] => {
      if (decision === null) return [];
      return [
        [`d-${sequence}`, { who: `${kind}:${actor} ${commandId}`, verdict: decision.verdict, code: decision.code }],
      ];
    }),
  );
}

function lossOf({ agent, commandId, verdict, code, id }: Answer, decided: ReadonlyMap<string, Decided>): string[] {
  const said = `${whose(agent, commandId)} was told ${verdict} (${code})`;
  // Past sixty refusals a minute an actor's refusals are only counted; a grant always has its event.
  if (id === null) return verdict === "granted" ? [`${said} without an event`] : [];
  const found = decided.get(id);
  if (found === undefined) return [`${said} as ${id}, which is not in the log`];
  if (found.who !== whose(agent, commandId)) return [`${said} as ${id}, which belongs to ${found.who}`];
  return found.verdict === verdict && found.code === code ? [] : [`${said} as ${id}, which is ${found.code}`];
}

/** Words that occur more than once, with how often. */
function repeated(words: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].flatMap(([word, count]) => (count > 1 ? [`${word} ${count} times`] : []));
}

function doubledIn(answers: readonly Answer[], decided: ReadonlyMap<string, Decided>): readonly string[] {
  const granted = [...decided.values()].filter(({ verdict, who }) => verdict === "granted" && who.startsWith("agent:"));
  const told = answers.map(({ agent, commandId }) => whose(agent, commandId));
  const asked = new Set(told);
  return [
    ...repeated(granted.map(({ who }) => who)).map((who) => `granted: ${who}`),
    ...repeated(told).map((who) => `answered: ${who}`),
    ...granted.filter(({ who }) => !asked.has(who)).map(({ who }) => `granted and never answered: ${who}`),
  ];
}

function addTo(sums: Map<string, number>, scope: string, spent: Answer["spent"]): void {
  for (const [dimension, amount] of Object.entries(spent)) {
    const key = `${scope} ${dimension}`;
    sums.set(key, (sums.get(key) ?? 0) + amount);
  }
}

function misbookedIn(answers: readonly Answer[], used: Used): readonly string[] {
  const acknowledged = new Map<string, number>();
  for (const { agent, spent } of answers)
    for (const scope of [`agent/${agent}`, "workspace"]) addTo(acknowledged, scope, spent);
  return [...acknowledged].flatMap(([key, sum]) => {
    const [scope = "", dimension = ""] = key.split(" ");
    const metered = used.get(scope)?.[dimension] ?? 0;
    return metered === sum ? [] : [`${key}: ${metered} in the meter, ${sum} acknowledged`];
  });
}

/** Every answer against the log and the meters that stand after the last one; all clients had all their answers. */
export function check(answers: readonly Answer[], events: readonly Event[], used: Used): Findings {
  const decided = decidedIn(events);
  return {
    lost: answers.flatMap((answer) => lossOf(answer, decided)),
    doubled: doubledIn(answers, decided),
    misbooked: misbookedIn(answers, used),
  };
}
