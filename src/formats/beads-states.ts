// The one table that says what the words of a tracker mean to the kernel. docs/beads.md shows the same table and a test
// holds the two together. A word that is not here is never guessed at: the caller counts its lines as not judged.

/** The kernel's seven states; spelled out because formats import nothing from the rest of the project. */
export type KernelState = "backlog" | "todo" | "in_progress" | "in_review" | "blocked" | "done" | "cancelled";

/** Where a word comes from: bd itself, its port to Rust, or the kernel's own states. */
export type WordSource = "bd" | "beads_rust" | "kernel";

/** One word: the state it stands for, whether work has ended there, whether it marks a deletion, and why. */
export type WordMeaning = {
  readonly word: string;
  readonly state: KernelState;
  readonly terminal: boolean;
  readonly deletion: boolean;
  readonly source: WordSource;
  readonly reason: string;
};

function row(word: string, state: KernelState, source: WordSource, reason: string): WordMeaning {
  return {
    word,
    state,
    terminal: state === "done" || state === "cancelled",
    deletion: word === "tombstone",
    source,
    reason,
  };
}

/** Every word that is judged. INVARIANT: words are unique; matching is exact, as in bd. */
export const BEADS_STATES: readonly WordMeaning[] = [
  row("open", "todo", "bd", "ready to be taken; beads has no state before it"),
  row("in_progress", "in_progress", "bd", "someone works on it"),
  row("hooked", "in_progress", "bd", "put on an agent's hook: claimed, so the work counts as begun"),
  row("blocked", "blocked", "bd", "waits for something else"),
  row("deferred", "blocked", "bd", "put off on purpose; as backlog, each putting off would be an illegal step back"),
  row("pinned", "todo", "bd", "kept open on purpose and worked on by nobody"),
  row("closed", "done", "bd", "finished; beads has no other word for an ending that is kept"),
  row("tombstone", "cancelled", "bd", "deleted; a deletion and its undoing are the tool's bookkeeping"),
  row("draft", "backlog", "beads_rust", "still being written, not ready to be taken"),
  row("review", "in_review", "beads_rust", "finished by its worker, waits for a reviewer"),
  row("backlog", "backlog", "kernel", "the kernel's own word"),
  row("todo", "todo", "kernel", "the kernel's own word"),
  row("in_review", "in_review", "kernel", "the kernel's own word"),
  row("done", "done", "kernel", "the kernel's own word, also found in beads files"),
  row("cancelled", "cancelled", "kernel", "the kernel's own word"),
];

// A Map, not an object: "constructor" is a word that a line may carry.
const MEANINGS: ReadonlyMap<string, WordMeaning> = new Map(BEADS_STATES.map((meaning) => [meaning.word, meaning]));

/** What a tracker's word means, or null for a word that is not judged. */
export function meaningOf(word: string): WordMeaning | null {
  return MEANINGS.get(word) ?? null;
}

/**
 * What one change means to the kernel:
 * - unknown: a word that is not judged, `word` is the first such;
 * - first: the first sight of a task, never a skip, whatever state it is in;
 * - same: two words for one state, no move;
 * - bookkeeping: a deleted task restored, or an ended one deleted; neither a skip nor a reopening;
 * - move: a move between two kernel states, to be judged.
 */
export type Move =
  | { readonly kind: "unknown"; readonly word: string }
  | { readonly kind: "first"; readonly to: WordMeaning }
  | { readonly kind: "same" | "bookkeeping" | "move"; readonly from: WordMeaning; readonly to: WordMeaning };

function moveKind(from: WordMeaning, to: WordMeaning): "same" | "bookkeeping" | "move" {
  if (from.state === to.state && from.deletion === to.deletion) return "same";
  if (from.deletion || (from.terminal && to.deletion)) return "bookkeeping";
  return "move";
}

/** Translates one change of a history; `from` is null at first sight. */
export function translateMove(from: string | null, to: string): Move {
  const after = meaningOf(to);
  const before = from === null ? null : meaningOf(from);
  if (from !== null && before === null) return { kind: "unknown", word: from };
  if (after === null) return { kind: "unknown", word: to };
  if (before === null) return { kind: "first", to: after };
  return { kind: moveKind(before, after), from: before, to: after };
}
