// Judges histories as their files go by, each by a watch of its own in which all rules speak. After a refusal it goes on
// as the past did. A history that goes on in another file is watched anew there: files do not lie in the order of time.

import type { Policy } from "../../core/index.ts";
import type { OutcomeItem, StepFormat, StepInput, StepItem, UsageItem } from "../../formats/index.ts";
import { StepWatch } from "../../steps/index.ts";
import type { JudgedStep } from "../../steps/index.ts";
import { Copies } from "./copies.ts";
import { callLine } from "./excerpt.ts";
import { Figures } from "./figures.ts";
import { newHistory, nothingSpent } from "./history.ts";
import type { History } from "./history.ts";
import { cameOf, isNewResult } from "./outcome.ts";
import type { Came } from "./outcome.ts";
import { Polls } from "./polls.ts";
import { bitsOf, modesOf, refusing } from "./refusal.ts";
import type { Modes, Refusing } from "./refusal.ts";
import { Spending } from "./spending.ts";

/** A step as it was judged; `place` counts all but a human's words, from 1. */
export type SeenStep = {
  readonly history: History;
  readonly place: number;
  readonly item: StepItem;
  readonly judged: JudgedStep;
  readonly came: Came;
  /** It raised the count of steps without a new outcome. */
  readonly isStale: boolean;
  readonly refused: Refusing | null;
};

export type JudgeOptions = {
  readonly policy: Policy;
  /** Steps and costs before this moment are judged and not counted. */
  readonly sinceMs?: number | null;
  /** Which histories to judge at all; left out: every one. */
  readonly only?: (session: string, agent: string) => boolean;
  readonly onStep?: (seen: SeenStep) => void;
  readonly bounds?: Bounds;
};

/** Watches and histories that are kept at once; fewer watches than histories. */
export type Bounds = { readonly watches: number; readonly histories: number };

/** A watch takes 4 KB, a history 1 KB. */
const BOUNDS: Bounds = { watches: 4_096, histories: 20_000 };
/** How many are left when the bound is met: making room one by one would cost a walk each time. */
const SHARE_KEPT = 0.75;

/** A history while one file is read. */
type Open = { readonly history: History; readonly watch: StepWatch; readonly polled: Set<string>; atMs: number | null };

/** Different calls of one history whose polling is told apart. */
const POLLED_MAX = 64;

export class StepsJudge {
  /** Those that may go on; of what is closed only figures are kept. */
  readonly histories: Map<string, History> = new Map();
  readonly polls: Polls = new Polls();
  readonly modes: Modes;
  readonly #options: JudgeOptions;
  readonly #spending: Spending = new Spending();
  readonly #copies: Copies = new Copies();
  readonly #figures: Figures;
  readonly #bounds: Bounds;
  /** The one longest without a step first. */
  readonly #open: Map<string, Open> = new Map();
  #runs = 0;
  /** Histories that were closed for want of room, and those that were then watched anew in the same file. */
  closedEarly = 0;
  #file = "";
  #format: StepFormat = "steps";
  #last: Open | null = null;

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.modes = modesOf(options.policy);
    this.#figures = new Figures(options.policy);
    this.#bounds = options.bounds ?? BOUNDS;
  }

  /** Closes every history, and gives the figures of all. */
  closeAll(): Figures {
    for (const history of this.histories.values()) this.#figures.add(history);
    this.histories.clear();
    return this.#figures;
  }

  /** True where so many ids were met that later ones could not be told apart: they may count twice. */
  get isFull(): boolean {
    return this.#spending.isFull || this.#copies.isFull;
  }

  startFile({ path, format }: StepInput, isLast: boolean): void {
    this.#file = path;
    this.#format = format;
    this.#copies.startFile(format, isLast);
  }

  endFile(): void {
    this.#copies.endFile();
    this.#open.clear();
    this.#last = null;
  }

  take(item: StepItem | UsageItem | OutcomeItem): void {
    if (item.form === "outcome") return this.#takeOutcome(item);
    if (this.#options.only?.(item.history, item.agent) === false) return;
    const open = this.#openFor(item.history, item.agent);
    if (item.form === "usage") this.#takeUsage(open, item);
    else this.#takeStep(open, item);
  }

  /** The outcome follows its run's steps: whatever comes under the same name is another run. */
  #takeOutcome({ history, success }: OutcomeItem): void {
    const open = this.#open.get(`${history}\n`);
    if (open === undefined) return;
    open.history.success = success;
    this.#open.delete(`${history}\n`);
    this.#last = null;
  }

  #openFor(session: string, agent: string): Open {
    const last = this.#last;
    if (last !== null && last.history.session === session && last.history.agent === agent) return last;
    const key = `${session}\n${agent}`;
    const open = this.#open.get(key) ?? this.#opened(key, session, agent);
    this.#open.delete(key);
    this.#open.set(key, open);
    this.#last = open;
    return open;
  }

  #opened(key: string, session: string, agent: string): Open {
    const history = this.#historyFor(key, session, agent);
    if (history.files.at(-1) !== this.#file) history.files.push(this.#file);
    else if (history.places > 0) this.closedEarly += 1;
    const watch = new StepWatch({ limits: this.#options.policy.steps });
    if (this.#open.size >= this.#bounds.watches) this.#closeWatches();
    return { history, watch, polled: new Set(), atMs: null };
  }

  #closeWatches(): void {
    for (const key of this.#open.keys()) {
      if (this.#open.size <= SHARE_KEPT * this.#bounds.watches) return;
      this.#open.delete(key);
    }
  }

  /** Those that are open have had a step since those that are not. */
  #closeHistories(): void {
    for (const [name, history] of this.histories) {
      if (this.histories.size <= SHARE_KEPT * this.#bounds.histories) return;
      if (this.#open.get(`${history.session}\n${history.agent}`)?.history === history) continue;
      this.histories.delete(name);
      this.#figures.add(history);
      this.closedEarly += 1;
    }
  }

  /** Names of runs are a file's own, and one that has ended is not gone on with. */
  #historyFor(key: string, session: string, agent: string): History {
    const name = this.#format === "runs" ? `${key}\n${this.#file}` : key;
    const known = this.histories.get(name);
    if (known !== undefined && known.success === null) return known;
    if (this.histories.size >= this.#bounds.histories) this.#closeHistories();
    const history = newHistory(session, agent, this.#file, this.#format);
    this.#runs += known === undefined ? 0 : 1;
    this.histories.set(known === undefined ? name : `${name}\n${this.#runs}`, history);
    return history;
  }

  /** Whether something at this time counts; what has no time goes with what came before it. */
  #isRecent(open: Open, atMs: number | null): boolean {
    open.atMs = atMs ?? open.atMs;
    const { sinceMs = null } = this.#options;
    return sinceMs === null || (open.atMs !== null && open.atMs >= sinceMs);
  }

  #takeUsage(open: Open, item: UsageItem): void {
    const { history } = open;
    const { costMicros, unpricedTokens } = this.#spending.add(item, this.#format);
    if (!this.#isRecent(open, item.atMs)) return;
    const spent = history.open !== 0 && history.refusal !== null ? [history.own, history.refusal.after] : [history.own];
    for (const sum of spent) {
      sum.costMicros += costMicros;
      sum.unpricedTokens += unpricedTokens;
    }
  }

  #takeStep(open: Open, item: StepItem): void {
    const { history, watch } = open;
    const isCopied = this.#copies.has(item);
    const isRecent = this.#isRecent(open, item.atMs);
    const before = watch.stale;
    const judged = watch.judge(item);
    watch.settle(item, judged, item);
    const stale = { before, after: watch.stale };
    const came = cameOf(item, judged, stale);
    const refused = refusing(judged.findings, this.modes);
    if (came === "user") history.open = 0;
    else notePlace(history, isCopied, isRecent);
    const isNew = isNewResult(came, judged, stale);
    const isStale = stale.after > stale.before;
    const seen: SeenStep = { history, place: history.places, item, judged, came, isStale, refused };
    if (isRecent && !isCopied && came !== "user") this.#count(open, seen, isNew);
    this.#options.onStep?.(seen);
  }

  #count(open: Open, seen: SeenStep, isNew: boolean): void {
    const { history, item, judged, came } = seen;
    history.own.steps += 1;
    if (item.atMs !== null) {
      history.firstMs = Math.min(history.firstMs, item.atMs);
      history.lastMs = Math.max(history.lastMs, item.atMs);
    }
    if (came === "polled") this.#countPoll(open, item, judged);
    if (history.open !== 0 && history.refusal !== null) history.refusal.after.steps += 1;
    if (seen.refused !== null) noteRefusal(seen, seen.refused);
    // Also what the refused step itself brought: that a refusal would have kept it from coming is what matters most.
    if (isNew) history.doubted |= history.open;
  }

  #countPoll({ history, polled }: Open, { tool, call }: StepItem, { call: judged }: JudgedStep): void {
    const digest = judged?.digest ?? "";
    const isFirst = !polled.has(digest) && polled.size < POLLED_MAX;
    if (isFirst) {
      polled.add(digest);
      history.pollRuns += 1;
    }
    this.polls.add(tool, call, isFirst);
  }
}

function notePlace(history: History, isCopied: boolean, isRecent: boolean): void {
  history.places += 1;
  if (!isRecent) history.old += 1;
  else if (isCopied) history.copied += 1;
}

/** The first refusal stays; every one begins what counts as after it. */
function noteRefusal({ history, place, item, judged }: SeenStep, { finding, mode }: Refusing): void {
  const { code, rule, numbers } = finding;
  const { atMs, tool, call } = item;
  history.refusal ??= {
    code,
    rule,
    mode,
    numbers,
    step: place,
    atMs,
    tool,
    call: callLine(call),
    after: nothingSpent(),
  };
  history.isEnforced ||= mode === "enforce";
  const bits = bitsOf(judged.findings);
  history.spoken |= bits;
  history.open |= bits;
}
