// Tells the world what the lines say, one fact at a time, and hands what the rules find to the tally. Both formats are
// told through here, so that both are judged alike.

import type { CompiledPolicy } from "../core/index.ts";
import { Lineage } from "./lineage.ts";
import { fingerprintOf, templateOf } from "./sight.ts";
import type { Sight, Words } from "./sight.ts";
import type { Tally } from "./tally.ts";
import { World } from "./world.ts";

type Move = { readonly from: string | null; readonly to: string; readonly atMs: number; readonly words: Words | null };

export class Teller {
  readonly #world: World;
  readonly #tally: Tally;
  readonly #lineage: Lineage = new Lineage();
  readonly #lifecycle: CompiledPolicy["lifecycle"];
  readonly #initial: string;

  constructor(policy: CompiledPolicy, tally: Tally) {
    this.#world = new World(policy);
    this.#tally = tally;
    this.#lifecycle = policy.lifecycle;
    this.#initial = policy.lifecycle.table.initial[0] ?? "todo";
  }

  /** When the task was made, as first told; null for a task never told. */
  madeMs(task: string): number | null {
    return this.#world.task(task)?.createdAt ?? null;
  }

  /** The first sight of a task in a state that is judged: a task that is over when first seen is a finding. */
  first(sight: Sight, state: string): void {
    this.#tell(sight, { from: null, to: state, atMs: sight.madeMs, words: null });
  }

  /** Says what state a task is in at `atMs`, without judging how it came there; null where that is not known. */
  sighted(sight: Sight, state: string | null, atMs: number): void {
    const known = this.#world.task(sight.task);
    const ended = state !== null && this.#lifecycle.terminal.has(state);
    const first = state === null || ended ? this.#initial : state;
    if (known === null) this.#tell(sight, { from: null, to: first, atMs: sight.madeMs, words: null });
    if (known === null && !ended) return;
    this.#tell(sight, { from: null, to: state ?? known?.state ?? this.#initial, atMs, words: null });
  }

  /** A move that the rules judge. A history may begin in its middle: the state it left is then only sighted. */
  moved(sight: Sight, from: string, to: string, atMs: number, words: Words): void {
    if (this.#world.task(sight.task) === null) this.sighted(sight, from, sight.madeMs);
    this.#tell(sight, { from, to, atMs, words });
  }

  /** Parents that were named and never seen: how many tasks name one. */
  get parentsAbsent(): number {
    return this.#lineage.waiting;
  }

  #tell(sight: Sight, { from, to, atMs, words }: Move): void {
    const { task, kind, author, assignee, origin } = sight;
    const row = this.#world.task(task);
    const parent = this.#lineage.parentOf(sight, row, (id) => this.#world.task(id) !== null);
    const fingerprint = row === null ? fingerprintOf(sight) : "";
    const template = row === null ? templateOf(sight) : "";
    // No rule reads a title of a row, and a million of them are most of the memory.
    const body = { task, from, to, occurredAt: atMs, title: "", taskKind: kind, author, assignee, parent };
    const found = this.#world.tell({ ...body, createdBy: origin, fingerprint, template });
    this.#lineage.judged(sight, parent, found);
    for (const finding of found) this.#tally.add(finding, sight, atMs, words);
    if (row !== null) return;
    this.#tally.seen(sight);
    for (const child of this.#lineage.childrenOf(task)) this.#place(child, atMs);
  }

  #place(child: Sight, atMs: number): void {
    const state = this.#world.task(child.task)?.state;
    if (state !== undefined) this.#tell(child, { from: null, to: state, atMs, words: null });
  }
}
