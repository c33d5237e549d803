// Which items (rule-book.ts) each part of the rule book's own text comes to, so that none is left out.

/** A part of the book: the first word of its section's title, how it begins, and the items that it comes to. */
export type BookPart = { readonly section: string; readonly begins: string; readonly items: readonly string[] };

type Part = readonly [section: string, begins: string, ...items: string[]];

const PARTS: readonly Part[] = [
  ["", "Every rule has a mode", "modes", "wrong marks", "day one", "evidence"],
  ["Actors", "Actor, kind and run", "an agent acts only as itself", "ended runs"],
  ["Lifecycle", "Default: backlog", "lifecycle", "a table is proven", "state guards", "review by another"],
  ["Lineage", "Checked when", "move limits", "duplicate of what is opened again", "circles of waiting"],
  ["Lineage", "depth over", "depth", "children per task", "descendants per root", "creations per agent per window"],
  ["Lineage", "cycle:", "cycle by parent and by created-by", "identity loop", "signature among the ancestors"],
  ["Lineage", "ping-pong:", "ping-pong on one task", "ping-pong along a chain", "flapping", "causeHops"],
  ["Lineage", "originRoot:", "originRoot"],
  ["Lineage", "duplicate:", "duplicate, open or recent", "template"],
  ["Lineage", "re-processing:", "re-processing"],
  ["Lineage", "provenance:", "provenance"],
  ["Lineage", "admission:", "admission"],
  ["Steps", "A step is reserved", "steps as digests", "reserve, settle, cancel"],
  ["Steps", "repetition:", "repetition", "repetition of errors", "circles of 2 and 3", "circles of 4 to 8"],
  ["Steps", "varied arguments:", "varied arguments"],
  ["Steps", "stall:", "stall: a check that fails", "stall: nothing new"],
  ["Steps", "monologue:", "monologue"],
  ["Steps", "polling", "polling"],
  ["Steps", "ladder:", "the ladder", "each rung is recorded", "hand-back steps"],
  ["Budgets", "Dimensions:", "the tree of scopes", "windows", "largest numbers"],
  ["Budgets", "reserve ->", "reserve, settle, cancel", "never overspent together"],
  ["Budgets", "settle is", "settled whatever happened", "overrun", "presumed expiry", "late settle"],
  ["Budgets", "soft limit", "soft and hard", "extension", "what an approval leaves"],
  ["Budgets", "duration:", "duration", "deadline"],
  ["Budgets", "money:", "money kinds"],
  ["Leases", "claim ->", "one holder", "fences", "a missed heartbeat", "why a lease ended"],
  ["Leases", "`claim` without", "claim order", "capability", "dead letter"],
  [
    "Escalation",
    "A failed attempt",
    "escalation tiers",
    "backoff with jitter",
    "each tier is bounded",
    "parked for a human",
  ],
  ["Idle", "sleep:", "sleep"],
  ["Idle", "halt", "halt", "resume"],
  ["Idle", "done needs", "evidence"],
  ["Idle", "lessons:", "lessons"],
  ["Policy", "A file proposes", "a file proposes, the log decides", "the past under another policy", "policy hash"],
  ["Day-one policy", "soft / hard:", "day one", "live agents per root"],
];

export const BOOK_PARTS: readonly BookPart[] = PARTS.map(([section, begins, ...items]) => ({ section, begins, items }));
