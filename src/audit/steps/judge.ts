// Judges histories as their files go by, each by a watch of its own in which all rules speak. After a refusal it goes on
// as the past did. A history that goes on in another file is watched anew there: files do not lie in the order of time.

import type { Policy } from "../../core/index.ts";
import type { OutcomeItem, StepFormat, StepInput, StepItem, UsageItem } from "../../formats/index.ts";
import { StepWatch } from "../../steps/index.ts";
import type { JudgedStep } from "../../steps/index.ts";
import { Copies } from "./copies.ts";
import { callLine } from "./excerpt.ts";
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
  readonly refused: Refusing | null;
};

export type JudgeOptions = {
  readonly policy: Policy;
  /** Steps and costs before this moment are judged and not counted. */
  readonly sinceMs?: number | null;
  /** Which histories to judge at all; left out: every one. */
  readonly only?: (session: string, agent: string) => boolean;
  readonly onStep?: (seen: SeenStep) => void;
};

/** A history while one file is read. */
type Open = { readonly history: History; readonly watch: StepWatch; readonly polled: Set<string>; atMs: number | null };

/** Histories that are open at once; the one that began first is watched anew when there are more. */
const OPEN_MAX = 1_024;
/** Different calls of one history whose polling is told apart. */
const POLLED_MAX = 64;

export class StepsJudge {
  readonly histories: Map<string, History> = new Map();
  readonly polls: Polls = new Polls();
  readonly modes: Modes;
  readonly #options: JudgeOptions;
  readonly #spending: Spending = new Spending();
  readonly #copies: Copies = new Copies();
  readonly #open: Map<string, Open> = new Map();
  #file = "";
  #format: StepFormat = "steps";
  #last: Open | null = null;

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.modes = modesOf(options.policy);
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
    this.#last = open;
    return open;
  }

  #opened(key: string, session: string, agent: string): Open {
    const history = this.#historyFor(key, session, agent);
    if (history.files.at(-1) !== this.#file) history.files.push(this.#file);
    const watch = new StepWatch({ limits: this.#options.policy.steps });
    const open: Open = { history, watch, polled: new Set(), atMs: null };
    for (const first of this.#open.keys()) {
      if (this.#open.size < OPEN_MAX) break;
      this.#open.delete(first);
    }
    this.#open.set(key, open);
    return open;
  }

  /** Names of runs are a file's own, and one that has ended is not gone on with. */
  #historyFor(key: string, session: string, agent: string): History {
    const name = this.#format === "runs" ? `${key}\n${this.#file}` : key;
    const known = this.histories.get(name);
    if (known !== undefined && known.success === null) return known;
    const history = newHistory(session, agent, this.#file, this.#format);
    this.histories.set(known === undefined ? name : `${name}\n${this.histories.size}`, history);
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
    const isOwn = !this.#copies.has(item) && this.#isRecent(open, item.atMs);
    const before = watch.stale;
    const judged = watch.judge(item);
    watch.settle(item, judged, item);
    const stale = { before, after: watch.stale };
    const came = cameOf(item, judged, stale);
    const refused = refusing(judged.findings, this.modes);
    if (came === "user") history.open = 0;
    else history.places += 1;
    const isNew = isNewResult(came, judged, stale);
    const seen: SeenStep = { history, place: history.places, item, judged, came, refused };
    if (isOwn && came !== "user") this.#count(open, seen, isNew);
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
