// The lives of made-up tasks for the history generator. A story is the changes of one task, or of a few that belong
// together, in order, with the findings that a judge must make of them. Every story stands alone: no finding of one
// depends on another, so the expected counts are sums.

/** What is planted. All but the last three are faults; those three look like faults and are none, or are not judged. */
export const FINDINGS = [
  "skip",
  "reopening",
  "closedAtFirstSight",
  "template",
  "templateUnnamed",
  "selfMade",
  "tooDeep",
  "cycle",
  "unknownWord",
  "handBack",
  "reusedId",
  "bookkeeping",
] as const;

export type Finding = (typeof FINDINGS)[number];

/** A made-up task as a line shows it. */
export type Issue = {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly createdBy: string | null;
  readonly assignee: string | null;
  readonly parents: readonly string[];
  readonly discoveredFrom: readonly string[];
};

/** One change; `glued` beats follow the one before at once, on the same day; `reborn` gives the id a new creation time. */
export type Beat = {
  readonly issue: Issue;
  readonly from: string | null;
  readonly to: string;
  readonly glued?: true;
  readonly reborn?: true;
};

/** One entry of `findings` for every finding expected, under the id of the task it falls on. */
export type Story = { readonly beats: readonly Beat[]; readonly findings: readonly (readonly [Finding, string])[] };

/** What the stories draw on: randomness from the seed, and numbers that never repeat. */
export type Cast = {
  readonly random: () => number;
  readonly next: () => number;
  readonly depthMax: number;
  readonly templatesMax: number;
};

export type StoryTeller = (cast: Cast) => Story;

const AGENTS = ["ada", "bo", "cy", "dee", "eli", "flo", "gus", "hal", "ivy", "jo", "kit", "lou"] as const;
const KINDS = ["task", "bug", "feature", "chore"] as const;
const VERBS = ["Tune", "Trim", "Mend", "Sort", "Move", "Plan", "Prove", "Write"] as const;
const NOUNS = ["parser", "router", "worker", "printer", "loom", "signal", "portal", "ruler"] as const;

/** Whole number from 0 up to, not including, `below`. */
export function roll(random: () => number, below: number): number {
  return Math.floor(random() * below);
}

function pick<T>(cast: Cast, list: readonly [T, ...T[]]): T {
  return list[roll(cast.random, list.length)] ?? list[0];
}

/** A number as a word of letters that no masking of numbers, ids or hex digits touches. */
function wordFor(number: number): string {
  const consonants = "gklmnprstvz";
  const vowels = "aeiou";
  let rest = number;
  let word = "";
  do {
    word += consonants.charAt(rest % 11) + vowels.charAt(Math.floor(rest / 11) % 5);
    rest = Math.floor(rest / 55);
  } while (rest > 0);
  return word;
}

function issue(cast: Cast, members: Partial<Issue> = {}): Issue {
  const number = cast.next();
  const title = `${pick(cast, VERBS)} the ${wordFor(number)} ${pick(cast, NOUNS)}`;
  const maker = `worker/${pick(cast, AGENTS)}`;
  const base = { id: `gen-${number.toString(36)}`, title, type: pick(cast, KINDS), createdBy: maker, assignee: null };
  return { ...base, parents: [], discoveredFrom: [], ...members };
}

/** The changes that lead one issue through the words, from first sight. */
function path(of: Issue, ...words: readonly string[]): Beat[] {
  return words.map((to, index) => ({ issue: of, from: words[index - 1] ?? null, to }));
}

const HONEST: readonly [readonly string[], ...(readonly string[])[]] = [
  ["open", "in_progress", "closed"],
  ["open", "hooked", "closed"],
  ["open", "blocked", "open", "in_progress", "closed"],
  ["open", "deferred", "open", "hooked", "in_progress", "closed"],
  ["in_progress", "closed"],
  ["open", "pinned", "hooked", "closed"],
  ["tombstone"],
  ["open", "tombstone"],
  ["open", "in_progress", "done", "closed"],
];

function honest(cast: Cast): Story {
  return { beats: path(issue(cast), ...pick(cast, HONEST)), findings: [] };
}

/** One line and nothing to find: fills what is left of a size. */
export function glimpse(cast: Cast): Story {
  return { beats: path(issue(cast), "open"), findings: [] };
}

function family(cast: Cast): Story {
  const epic = issue(cast, { type: "epic", createdBy: "maintainer" });
  const beats = path(epic, "open");
  for (let count = 0; count < 3; count += 1)
    beats.push(...path(issue(cast, { parents: [epic.id] }), "open", "in_progress", "closed"));
  return { beats, findings: [] };
}

function bookkeeping(cast: Cast): Story {
  const one = issue(cast);
  const restored = cast.random() < 0.5;
  const words = ["open", "in_progress", "closed", "tombstone"];
  const beats = path(one, ...(restored ? [...words, "closed"] : words));
  const found: [Finding, string] = ["bookkeeping", one.id];
  return { beats, findings: restored ? [found, found] : [found] };
}

const SKIPS: readonly [readonly string[], ...(readonly string[])[]] = [
  ["open", "closed"],
  ["open", "blocked", "closed"],
  ["pinned", "closed"],
];

function skip(cast: Cast): Story {
  const one = issue(cast);
  return { beats: path(one, ...pick(cast, SKIPS)), findings: [["skip", one.id]] };
}

function reopening(cast: Cast): Story {
  const one = issue(cast);
  const again = cast.random() < 0.5 ? ["open", "in_progress"] : ["in_progress"];
  return { beats: path(one, "open", "in_progress", "closed", ...again, "closed"), findings: [["reopening", one.id]] };
}

function closedAtFirstSight(cast: Cast): Story {
  const one = issue(cast);
  return { beats: path(one, "closed"), findings: [["closedAtFirstSight", one.id]] };
}

/** One agent, or nobody named, files the same title with other numbers in one day. */
function templates(cast: Cast, finding: "template" | "templateUnnamed"): Story {
  const createdBy = finding === "template" ? `worker/${pick(cast, AGENTS)}` : null;
  const name = wordFor(cast.next());
  const beats: Beat[] = [];
  const findings: [Finding, string][] = [];
  for (let count = 1; count <= cast.templatesMax + 1 + roll(cast.random, 6); count += 1) {
    const one = issue(cast, { title: `Digest: ${name} patrol #${count * 7}`, createdBy, type: "task" });
    beats.push({ issue: one, from: null, to: "open", ...(count > 1 ? { glued: true as const } : {}) });
    if (count > cast.templatesMax) findings.push([finding, one.id]);
  }
  return { beats, findings };
}

/** An agent discovers, from the task it works on, work of the same kind, for itself; or, honestly, of another kind. */
function discovery(cast: Cast, selfMade: boolean): Story {
  const agent = `worker/${pick(cast, AGENTS)}`;
  const held = issue(cast, { type: selfMade ? pick(cast, KINDS) : "epic", assignee: agent, createdBy: "maintainer" });
  const parents = cast.random() < 0.5 ? [held.id] : [];
  const found = issue(cast, {
    createdBy: agent,
    assignee: agent,
    discoveredFrom: [held.id],
    parents,
    ...(selfMade ? { type: held.type } : {}),
  });
  const opened = path(held, "open", "in_progress");
  const closed: Beat = { issue: held, from: "in_progress", to: "closed" };
  return {
    beats: [...opened, ...path(found, "open", "in_progress", "closed"), closed],
    findings: selfMade ? [["selfMade", found.id]] : [],
  };
}

function chain(cast: Cast): Story {
  const beats: Beat[] = [];
  const findings: [Finding, string][] = [];
  let above: readonly string[] = [];
  const deepest = cast.depthMax + 1 + roll(cast.random, 3);
  for (let depth = 0; depth <= deepest; depth += 1) {
    const one = issue(cast, { parents: above, createdBy: `scout/${wordFor(depth)}` });
    beats.push(...path(one, "open"));
    if (depth > cast.depthMax) findings.push(["tooDeep", one.id]);
    above = [one.id];
  }
  return { beats, findings };
}

/** One to three tasks, each the parent of the next; the last line makes the first a child of the last. */
function cycle(cast: Cast): Story {
  const first = issue(cast, { type: "chore" });
  const beats = path(first, "open");
  let last = first;
  for (let count = roll(cast.random, 3); count > 0; count -= 1) {
    last = issue(cast, { parents: [last.id], createdBy: `scout/${wordFor(count)}` });
    beats.push(...path(last, "open"));
  }
  beats.push({ issue: { ...first, parents: [last.id] }, from: "open", to: "in_progress" });
  return { beats, findings: [["cycle", first.id]] };
}

function unknownWord(cast: Cast): Story {
  const one = issue(cast);
  const ended = cast.random() < 0.5;
  const words = ["open", "in_progress", "awaiting_review"];
  const found: [Finding, string] = ["unknownWord", one.id];
  return { beats: path(one, ...(ended ? [...words, "closed"] : words)), findings: ended ? [found, found] : [found] };
}

function handBack(cast: Cast): Story {
  const one = issue(cast);
  return { beats: path(one, "open", "in_progress", "open", "in_progress", "closed"), findings: [["handBack", one.id]] };
}

/** Another task under the id of one that has ended, as a tracker leaves it when it numbers its tasks anew. */
function reusedId(cast: Cast): Story {
  const one = issue(cast);
  const other: Issue = { ...issue(cast), id: one.id };
  const [, ...rest] = path(other, "open", "in_progress", "closed");
  const born: Beat = { issue: other, from: "closed", to: "open", reborn: true };
  return { beats: [...path(one, "open", "in_progress", "closed"), born, ...rest], findings: [["reusedId", one.id]] };
}

/** Every teller with its share of the stories, in hundredths. */
export const TELLERS: readonly (readonly [number, StoryTeller])[] = [
  [52, honest],
  [8, family],
  [4, bookkeeping],
  [8, skip],
  [4, reopening],
  [4, closedAtFirstSight],
  [2, (cast) => templates(cast, "template")],
  [1, (cast) => templates(cast, "templateUnnamed")],
  [3, (cast) => discovery(cast, true)],
  [3, (cast) => discovery(cast, false)],
  [1, chain],
  [1, cycle],
  [3, unknownWord],
  [3, handBack],
  [3, reusedId],
];
