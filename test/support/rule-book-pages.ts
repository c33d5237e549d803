// Items of the rule book (rule-book.ts) that other pages than docs/rules.md tell.

/** `file` and `title` as in a BookItem. */
export type Line = readonly [item: string, section: string, file: string, title: string];

export const LIFECYCLE: readonly Line[] = [
  ["a table is proven", "The proofs", "core/lifecycle-proofs", "every proof has a planted defect that it finds"],
];

export const BUDGETS: readonly Line[] = [
  [
    "reserve, settle, cancel",
    "How a reservation ends",
    "core/rules/reservations",
    "what is reserved is held, what is settled is used, whatever was reserved",
  ],
  [
    "settled whatever happened",
    "How a reservation ends",
    "core/rules/reservations",
    "a wrong fence does not matter: what was spent is booked",
  ],
  [
    "the tree of scopes",
    "The tree",
    "core/rules/budget-tree",
    "a step reserves from its task, its lineage, its agent and the workspace in one decision",
  ],
  [
    "never overspent together",
    "The tree",
    "core/rules/budget-tree",
    "many agents that reserve at once never pass a common limit by one unit",
  ],
  [
    "windows",
    "The windows",
    "core/rules/budget-tree",
    "hour, day and month each have their limit, and begin anew in UTC",
  ],
  [
    "overrun",
    "How a reservation ends",
    "core/rules/reservations",
    "an overrun is booked, and the next step is refused",
  ],
  [
    "presumed expiry",
    "How a reservation ends",
    "core/rules/reservations",
    "counts as spent: held moves to used, whoever notices",
  ],
  [
    "late settle",
    "How a reservation ends",
    "core/rules/reservations",
    "is corrected once by a late settlement, up to 24 hours after",
  ],
  [
    "hand-back steps",
    "Hand-back steps",
    "core/rules/reservations",
    "a hand-back step is reserved beside full limits, but may not reserve what is not there",
  ],
  [
    "soft and hard",
    "Soft, hard, and a task's own",
    "core/rules/budget-tree",
    "above it a grant warns, at it not, and a full hard limit is said before any soft one",
  ],
  ["extension", "When it is full", "core/rules/budget-tree", "raise one limit of one scope until their time"],
  [
    "what an approval leaves",
    "When it is full",
    "kernel/approved",
    "another full limit is named with its numbers, in a dry run and when it is given",
  ],
  [
    "duration",
    "When time counts",
    "core/rules/lease-terms",
    "given back, moved on or slept off, the time worked is booked and the rest is free",
  ],
  ["money kinds", "Money", "kernel/step-bodies", "measured costs count, estimated ones count and are shown apart"],
];

export const POLICY: readonly Line[] = [
  [
    "modes",
    "Modes",
    "core/decide",
    "any rule that is not fixed can be set to observe: it grants and says what it would have done",
  ],
  ["day one", "Modes", "core/decide", "on day one the rules that guess observe, and all others enforce"],
  [
    "a human overrides a refusal",
    "When a refusal was wrong",
    "core/commands/answers",
    "lets the very request through once, past the one rule",
  ],
  ["wrong marks", "When a refusal was wrong", "core/commands/answers", "counts per code, once a decision"],
  [
    "the past under another policy",
    "What if",
    "kernel/past/what-if",
    "steps that would be refused are counted with what they really used",
  ],
  [
    "policy hash",
    "Which policy decided",
    "core/decide",
    "granted or refused it carries the hash of the policy that decided, and the head it was judged at",
  ],
  [
    "a file proposes, the log decides",
    "A file proposes, the log decides",
    "cli/init",
    "the first event is the policy, adopted by the human",
  ],
];
