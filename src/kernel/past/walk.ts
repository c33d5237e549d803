// The past, command by command: the events that one command left, with the rows as they were before it and the policy
// that stood then. Everything that judges a log again walks it here. It streams: one page of events and one set of rows,
// and of all refusals the one that a human just answered.

import { compilePolicy, HEAD_KEY } from "../../core/index.ts";
import type { CompiledPolicy, Event, RefusedRequest } from "../../core/index.ts";
import type { View } from "../../store/index.ts";
import { ChainWatch } from "../chain-watch.ts";
import { decodeEvent } from "../codec.ts";
import { missing, reading } from "../damage.ts";
import { Folded, foldInto } from "../folded.ts";
import { refusalFor } from "./refusals.ts";
import { THE_START } from "./start.ts";
import type { Start } from "./start.ts";
import { adoptionOf, BEFORE_ANY } from "../policies.ts";
import type { Adoption } from "../policies.ts";
import { headIn } from "../reads.ts";

const PAGE = 1_000;

export type DecidedEvent = Event & { readonly decision: NonNullable<Event["decision"]> };

/** What one command left in the log. */
export type PastCommand = {
  /** All its events, in order, and their exact bytes. */
  readonly events: readonly Event[];
  readonly bytes: readonly string[];
  /** What fell due before it was judged. */
  readonly lead: readonly Event[];
  /** Its own events, the first with the decision; none of a sweep, or of a refusal that was no longer recorded. */
  readonly own: readonly Event[];
  readonly decided: DecidedEvent | null;
  /** What the kernel did because of it. */
  readonly led: readonly Event[];
  /** The refusal that it answered; null of all that is no human's answer. */
  readonly refusal: RefusedRequest | null;
  /** Rows from before its first event. INVARIANT: they are folded on once the next command is asked for. */
  readonly rows: Folded;
  /** The policy in force, and the event that adopted it; null for the very first command. */
  readonly policy: CompiledPolicy;
  readonly adoption: Adoption | null;
};

function isDecided(event: Event): event is DecidedEvent {
  return event.decision !== null;
}

function isKernels(event: Event): boolean {
  return event.decision === null && event.kind === "system" && event.actor === "kernel" && event.digest === null;
}

/** The events of one command as they come in; says where the next one begins. */
class Group {
  readonly events: Event[] = [];
  readonly bytes: string[] = [];
  #decided = -1;
  #led = -1;
  #isKernels = false;

  add(event: Event, bytes: string): void {
    const at = this.events.push(event) - 1;
    this.bytes.push(bytes);
    if (isDecided(event)) {
      this.#decided = at;
      this.#isKernels = event.kind === "system" && event.actor === "kernel";
    }
    // After a refusal or a grant the kernel's own events begin with a rung of the ladder.
    else if (event.type === "ladder_climbed") this.#led = at;
  }

  /** One command's events share an id and a moment, and only one of them carries a decision. */
  takes(event: Event): boolean {
    const [first] = this.events;
    if (first === undefined) return true;
    return event.commandId === first.commandId && event.at === first.at && this.#goesOn(event);
  }

  #goesOn(event: Event): boolean {
    const [isBefore, isRung] = [this.#decided < 0, event.type === "ladder_climbed"];
    // A rung is followed by at most one thing that it leads to.
    if (this.#led >= 0) return this.events.length === this.#led + 1 && isKernels(event) && !isRung;
    if (isDecided(event)) return isBefore;
    return isKernels(event) && !this.#isKernels ? isBefore || isRung : !isBefore;
  }

  parts(): Pick<PastCommand, "events" | "bytes" | "lead" | "own" | "decided" | "led"> {
    const { events, bytes } = this;
    const led = this.#led < 0 ? events.length : this.#led;
    const own = this.#decided < 0 ? led : this.#decided;
    const first = events[own];
    const decided = first !== undefined && isDecided(first) ? first : null;
    return {
      events,
      bytes,
      lead: events.slice(0, own),
      own: events.slice(own, led),
      decided,
      led: events.slice(led),
    };
  }
}

/** The adoption among these events. */
function adoptedIn(events: readonly Event[]): Adoption | null {
  for (const event of events) if (event.type === "policy_adopted") return event;
  return null;
}

type WalkOptions = {
  /** Where it starts: at the first event unless told. */
  readonly start?: Start;
  /** The last sequence to walk to; the command that it belongs to is walked whole. Left out: the end of the log. */
  readonly until?: number;
  readonly onProgress: (done: number, total: number) => void;
};

type Walk = WalkOptions & { readonly start: Start; readonly watch: ChainWatch };

/** The events of each command in turn. */
async function* groupsOf(view: View, { start, until = Infinity, onProgress, watch }: Walk): AsyncGenerator<Group> {
  const { sequence: end } = await headIn(view);
  let group = new Group();
  for (let after = start.sequence; ;) {
    const page = await view.events(after, PAGE);
    for (const stored of page) {
      const { bytes, sequence } = stored;
      if (sequence !== after + 1) throw missing(after + 1);
      after = sequence;
      const event = decodeEvent(bytes, sequence);
      if (!group.takes(event)) {
        yield group;
        group = new Group();
        if (sequence > until) return;
      }
      watch.see(stored);
      group.add(event, bytes);
    }
    onProgress(after, Math.min(end, until));
    if (page.length < PAGE) break;
  }
  if (until === Infinity) watch.end(await view.head(), end);
  if (group.events.length > 0) yield group;
}

/** The adoption that stands in these rows; null before any. */
async function adoptionIn(view: View, rows: Folded): Promise<Adoption | null> {
  const head = rows.get(HEAD_KEY);
  return head?.kind === "head" && head.policySequence > 0 ? adoptionOf(view, head) : null;
}

function policyOf(adoption: Adoption | null): CompiledPolicy {
  return adoption === null ? BEFORE_ANY : compilePolicy(adoption.body.policy, adoption.body.hash);
}

async function* commandsIn(view: View, walk: Walk): AsyncGenerator<PastCommand> {
  const rows = new Folded(walk.start.rows);
  let adoption = await adoptionIn(view, rows);
  let policy = policyOf(adoption);
  for await (const group of groupsOf(view, walk)) {
    const parts = group.parts();
    yield { ...parts, refusal: await refusalFor(view, parts.decided), rows, policy, adoption };
    for (const event of group.events) reading(event.sequence, () => foldInto(rows, event));
    const next = adoptedIn(group.events);
    if (next === null) continue;
    adoption = next;
    policy = policyOf(next);
  }
}

/**
 * Gives each command of the log to `judge`, and says where the chain is broken: the first event that is not what the log
 * held once, or that is gone from its end; null where there is none.
 * @throws KernelFault for an event that is missing, cannot be read or does not fit those before it, or is of another version.
 */
export async function walkPast(
  view: View,
  options: WalkOptions,
  judge: (past: PastCommand) => void,
): Promise<number | null> {
  const { start = THE_START } = options;
  const watch = new ChainWatch(start.sequence, start.hash);
  for await (const past of commandsIn(view, { ...options, start, watch }))
    reading(past.events[0]?.sequence ?? 0, () => judge(past));
  return watch.brokenAt;
}
