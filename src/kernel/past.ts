// The past, command by command: the events that one command left, with the rows as they were before it and the policy
// that stood then. Everything that judges a log again walks it here. It streams: one page of events and one set of rows.

import { compilePolicy } from "../core/index.ts";
import type { CompiledPolicy, Event, HeadRow } from "../core/index.ts";
import type { View } from "../store/index.ts";
import type { ChainWatch } from "./chain-watch.ts";
import { decodeEvent } from "./codec.ts";
import { Folded, foldInto } from "./folded.ts";
import { BEFORE_ANY } from "./policies.ts";
import { headIn } from "./reads.ts";

const PAGE = 1_000;

type Adoption = Extract<Event, { readonly type: "policy_adopted" }>;
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

/** The policy that stands after these events. */
function adoptedIn(events: readonly Event[]): Adoption | null {
  for (const event of events) if (event.type === "policy_adopted") return event;
  return null;
}

export type WalkOptions = {
  /** The last sequence to walk to; the command that it belongs to is walked whole. Left out: the end of the log. */
  readonly until?: number;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Is shown every event that is read. */
  readonly watch: ChainWatch;
};

/** The events of each command in turn. */
async function* groupsOf(view: View, { until = Infinity, onProgress, watch }: WalkOptions): AsyncGenerator<Group> {
  const { sequence: end }: HeadRow = await headIn(view);
  let group = new Group();
  for (let after = 0; ;) {
    const page = await view.events(after, PAGE);
    for (const stored of page) {
      const { bytes, sequence } = stored;
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
    onProgress?.(after, Math.min(end, until));
    if (page.length < PAGE) break;
  }
  if (group.events.length > 0) yield group;
}

/**
 * Walks the log from its first event.
 * @throws KernelFault for bytes that cannot be read or are of another version, Defect for events that do not follow.
 */
export async function* pastOf(view: View, options: WalkOptions): AsyncGenerator<PastCommand> {
  const rows = new Folded();
  let policy = BEFORE_ANY;
  let adoption: Adoption | null = null;
  for await (const group of groupsOf(view, options)) {
    yield { ...group.parts(), rows, policy, adoption };
    for (const event of group.events) foldInto(rows, event);
    const next = adoptedIn(group.events);
    if (next === null) continue;
    adoption = next;
    policy = compilePolicy(next.body.policy, next.body.hash);
  }
}
