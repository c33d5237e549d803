// The rule book, item by item: where the docs tell it, and the one test of those that hold it which would fail first if it
// were not so.

import { BUDGETS, LIFECYCLE, POLICY } from "./rule-book-pages.ts";
import type { Line } from "./rule-book-pages.ts";

/** `file` lies in test/, without its ending; `title` is that of a test in it. */
export type BookItem = {
  readonly item: string;
  readonly page: string;
  readonly section: string;
  readonly file: string;
  readonly title: string;
};

function onPage(page: string, lines: readonly Line[]): readonly BookItem[] {
  return lines.map(([item, section, file, title]) => ({ item, page, section, file, title }));
}

const RULES: readonly Line[] = [
  [
    "depth",
    "`depth`",
    "core/rules/lineage",
    "the limit itself is allowed, one deeper is refused, and the soft limit warns",
  ],
  ["children per task", "`children`", "core/rules/lineage", "children are counted for life, ended ones too"],
  [
    "descendants per root",
    "`descendants`",
    "core/rules/lineage",
    "descendants are counted at the root, however deep they lie",
  ],
  [
    "creations per agent per window",
    "`creations`",
    "core/rules/creations",
    "the window slides: there is room again when the oldest leaves it, and retryAfterMs says when",
  ],
  [
    "cycle by parent and by created-by",
    "`cycle`",
    "core/rules/lineage",
    "an ancestor's id cannot be made again below it, by parent or by created-by",
  ],
  [
    "circles of waiting",
    "`waits`",
    "core/rules/waits",
    "a circle of blockers is refused at the edit that closes it, near or far",
  ],
  ["identity loop", "`identity`", "core/rules/lineage", "an agent cannot make for itself the kind of work it holds"],
  [
    "signature among the ancestors",
    "`signature`",
    "core/rules/signature",
    "one agent with one kind of work stands twice in a line, not a third time",
  ],
  [
    "ping-pong on one task",
    "`ping-pong`",
    "core/rules/ping-pong",
    "one task goes to one agent twice; the third time is refused, from day one",
  ],
  [
    "ping-pong along a chain",
    "`ping-pong-chain`",
    "core/rules/ping-pong",
    "along a chain of tasks the agents above count",
  ],
  ["flapping", "`flapping`", "core/rules/flapping", "the fourth entry into one state without progress is refused"],
  [
    "causeHops",
    "`cause-hops`",
    "core/rules/cause-hops",
    "two agents that hand each other work across fresh roots are stopped after 8 hops",
  ],
  [
    "originRoot",
    "Lineage: loops through the making of tasks",
    "core/rules/cause-hops",
    "each of the roots is charged to where it all began",
  ],
  [
    "live agents per root",
    "`live-agents`",
    "core/rules/live-agents",
    "above the soft limit it warns, above the hard one the claim is refused",
  ],
  [
    "duplicate, open or recent",
    "`duplicate`",
    "core/rules/lineage",
    "the same work is refused for a while after it ended, then allowed",
  ],
  [
    "duplicate of what is opened again",
    "`duplicate`",
    "core/rules/lineage",
    "beside an open copy is refused, and names it, by whatever command",
  ],
  [
    "template",
    "`template`",
    "core/rules/lineage",
    "enforced, it refuses the sixth of a UTC day and lets the next day begin anew",
  ],
  [
    "re-processing",
    "`reprocess`",
    "core/rules/lineage",
    "an ended id is neither created nor claimed again until a human reopens it",
  ],
  ["provenance", "`provenance`", "core/rules/lineage", "enforced, an agent creates only below a task it holds"],
  [
    "admission",
    "`admission`",
    "core/rules/admission",
    "each field is real text, and the refusal names the one that is not",
  ],
  [
    "move limits",
    "Lineage: loops through the making of tasks",
    "core/commands/place-task",
    "takes at most 64 tasks along, however they lie",
  ],
  ["lifecycle", "`lifecycle`", "core/rules/lifecycle", "a skipped state is named with the legal next moves"],
  [
    "state guards",
    "`reason`",
    "core/rules/guards",
    "an agent says why it blocks or drops a task; blanks are no reason",
  ],
  ["review by another", "`review`", "core/rules/guards", "another than who did the work ends it"],
  ["evidence", "`evidence`", "core/rules/evidence", "it is bound to the attempt and the claim it was seen in"],
  [
    "steps as digests",
    "Steps: loops inside a task",
    "kernel/step-bodies",
    "calls and results are kept as keyed digests alone",
  ],
  [
    "repetition",
    "`repetition`",
    "core/rules/repetition",
    "one call with one result is refused after it ran six times, and warned of after four",
  ],
  [
    "repetition of errors",
    "`repetition`",
    "core/rules/repetition",
    "a call that fails is refused after five times, whatever it says",
  ],
  ["circles of 2 and 3", "`circling`", "core/rules/circling", "a circle of ${period} is refused after five rounds"],
  ["circles of 4 to 8", "`circling`", "core/rules/circling", "a circle of ${period} is refused after three rounds"],
  [
    "varied arguments",
    "`variation`",
    "core/rules/variation",
    "one shape with one result is refused after twelve calls",
  ],
  [
    "stall: a check that fails",
    "`stall`",
    "core/rules/stall",
    "in one way five times, whatever is changed between: nothing is changed or checked any more",
  ],
  [
    "stall: nothing new",
    "`stall`",
    "core/rules/stall",
    "are refused after 25, but for a look at what was not looked at yet",
  ],
  ["monologue", "`monologue`", "core/rules/monologue", "after five messages without a call the next is refused"],
  [
    "polling",
    "`repetition`",
    "core/rules/repetition",
    "looking again after a while is polling, of what changes by itself sooner than of the rest",
  ],
  [
    "the ladder",
    "`ladder`",
    "core/rules/ladder",
    "two refusals, a third that ends the run, and the next step parks the task",
  ],
  ["each rung is recorded", "`ladder`", "core/rules/ladder", "each rung stands in the log as the kernel's own act"],
  [
    "deadline",
    "`deadline`",
    "core/rules/deadline",
    "up to the deadline a task is claimed and worked on, from then on not",
  ],
  [
    "largest numbers",
    "`bounds`",
    "core/rules/bounds",
    "an amount of 2^40 is counted, one more is refused, by each door",
  ],
  ["one holder", "`lease`", "core/rules/lease", "of two claims one wins, and the refusal names holder and fence"],
  ["fences", "`lease`", "core/rules/lease", "a stale fence is refused, the current one is not"],
  [
    "a missed heartbeat",
    "`lease`",
    "core/rules/lease-terms",
    "lost, the whole of it is booked, the attempt is over and the task is back in the queue",
  ],
  [
    "why a lease ended",
    "`escalation`",
    "core/rules/escalation",
    "giving back and running out of time are no failures; a slow provider makes it rest",
  ],
  [
    "parked for a human",
    "`escalation`",
    "core/rules/escalation",
    "what is parked for a human no agent claims, moves or ends, whoever it is; nothing is forgotten by asking",
  ],
  [
    "dead letter",
    "`escalation`",
    "core/rules/escalation",
    "a human's revivals do not wipe how often it was parked; as often as attempts are granted it is a dead letter",
  ],
  [
    "escalation tiers",
    "`escalation`",
    "core/rules/escalation",
    "the ladder: anybody twice, then a peer, then the lead, then a human",
  ],
  [
    "backoff with jitter",
    "`escalation`",
    "core/rules/escalation",
    "the jitter comes from the task's id: the same each time, spread over tasks",
  ],
  [
    "each tier is bounded",
    "`escalation`",
    "core/rules/escalation",
    "a rung that waits for a peer lasts as long as a lease lives; then a human decides",
  ],
  [
    "claim order",
    "Claim order",
    "cli/claims",
    "a claim without an id takes the most urgent ready task that fits, and says so when there is none",
  ],
  [
    "capability",
    "`capability`",
    "core/rules/capability",
    "a task that needs something is claimed only by agents registered with all of it",
  ],
  ["sleep", "`asleep`", "core/rules/asleep", "asleep an agent creates, claims and spends nothing"],
  ["halt", "`halted`", "core/rules/halted", "under each scope's halt nothing new begins"],
  ["resume", "`halted`", "core/rules/halted", "a human begins nothing under a halt either, and resumes it"],
  ["ended runs", "`run`", "core/rules/run", "an ended run begins nothing new"],
  [
    "an agent acts only as itself",
    "Who is who",
    "kernel/embedded",
    "a human acts as an agent; an agent acts only as itself",
  ],
  [
    "who may edit",
    "`editor`",
    "core/rules/editor",
    "an agent changes what it made, holds, or holds the parent of; nothing else",
  ],
  [
    "who may end or put off",
    "`stranger`",
    "core/rules/stranger",
    "an agent that a task does not concern neither ends it nor puts it off",
  ],
  ["lessons", "Lessons", "core/commands/lessons", "work that is done leaves what was learnt, by whoever held it"],
];

export const BOOK: readonly BookItem[] = [
  ...onPage("rules", RULES),
  ...onPage("lifecycle", LIFECYCLE),
  ...onPage("budgets", BUDGETS),
  ...onPage("policy", POLICY),
];
