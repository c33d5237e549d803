// What an agent in Paperclip does, judged before it is sent: checking out, moving, creating, commenting, sleeping. Without
// a kernel the table and the admission are judged here, in this object alone; with one, the kernel decides first, durably
// and for every process, and Paperclip hears only of what was granted.

import type { Admission } from "../core/index.ts";
import type { TaskState } from "../standalone/index.ts";
import { idArgument, textArgument } from "./arguments.ts";
import { CHECKOUT_STATES, checkOut } from "./check-out.ts";
import { createIssue } from "./create.ts";
import type { CreateOptions } from "./create.ts";
import { deskFor } from "./desk.ts";
import type { Desk } from "./desk.ts";
import { IdleEnforcementError } from "./errors.ts";
import type { PaperclipComment, PaperclipIssue } from "./issue.ts";
import { moveIssue } from "./move.ts";
import { granted } from "./referee.ts";
import type { Rested, Woken } from "./rest.ts";
import { needed } from "./settings.ts";
import type { PaperclipOptions } from "./settings.ts";

export type TaskAdmission = Admission;

export type MoveOptions = { readonly comment?: string | undefined };

const REASON = "no_tasks";

/** One agent's hand in Paperclip. Throws TypeError or RangeError on bad options. */
export class PaperclipAdapter {
  readonly #desk: Desk;
  /** The last sleep or wake on its way to the kernel: what comes after waits for it. */
  #turning: Promise<unknown> = Promise.resolve();

  constructor(options: PaperclipOptions = {}) {
    this.#desk = deskFor(options);
  }

  /** True while the agent sleeps, as far as this object knows: with a kernel, what the kernel said last. */
  get isIdle(): boolean {
    return this.#desk.rest.isOn;
  }

  /**
   * Takes the issue for this agent, from todo, in_review or blocked. Throws PaperclipConflictError where another has it
   * or it stands elsewhere, IdleEnforcementError while the agent sleeps; with a kernel also KernelRefusalError.
   */
  async checkout(issueId: string): Promise<PaperclipIssue> {
    await this.#turning;
    return checkOut(idArgument("issueId", issueId), CHECKOUT_STATES, this.#desk);
  }

  /** Moves the issue along the table. Throws InvalidTransitionError before anything is sent where there is no such move. */
  async transitionTask(
    issueId: string,
    from: TaskState,
    to: TaskState,
    { comment }: MoveOptions = {},
  ): Promise<PaperclipIssue> {
    await this.#turning;
    const isBlank = comment === undefined || (typeof comment === "string" && comment.trim() === "");
    const words = isBlank ? null : textArgument("comment", comment);
    return moveIssue(idArgument("issueId", issueId), from, to, words, this.#desk);
  }

  /** Creates an issue in todo. Throws TaskAdmissionError first, then IdleEnforcementError, then the kernel's refusal. */
  async createTask(
    title: string,
    kind: string,
    admission: TaskAdmission,
    options: CreateOptions = {},
  ): Promise<PaperclipIssue> {
    await this.#turning;
    return createIssue(textArgument("title", title), textArgument("kind", kind), admission, options, this.#desk);
  }

  async addComment(issueId: string, body: string): Promise<PaperclipComment> {
    return this.#desk.client.comment(idArgument("issueId", issueId), textArgument("body", body));
  }

  /** Issues that wait for this agent or that it works on; reads only. */
  async assignedWork(): Promise<readonly PaperclipIssue[]> {
    const { client, settings } = this.#desk;
    const companyId = needed(settings, "companyId", "assignedWork");
    return client.assigned(companyId, needed(settings, "agentId", "assignedWork"));
  }

  /** Nothing to do: until woken, or the time is over, this agent creates nothing. With a kernel durably, so await it. */
  async sleep(): Promise<Rested> {
    const { settings, rest } = this.#desk;
    const { idleTimeoutMs, agentId } = settings;
    rest.begin(idleTimeoutMs);
    await this.#turn(() => this.#sleepInKernel());
    return { status: "idle", agentId, reason: REASON, sleepSeconds: idleTimeoutMs / 1_000 };
  }

  /**
   * Ends the sleep. With a kernel an agent does not wake itself: this then throws IdleEnforcementError with the kernel's
   * refusal, and the agent sleeps on until somebody gives it work or the time is over.
   */
  async wake(): Promise<Woken> {
    const { settings, rest, referee } = this.#desk;
    if (referee === null) rest.end();
    else await this.#turn(() => this.#wakeInKernel());
    return { status: "active", agentId: settings.agentId };
  }

  async #turn(act: () => Promise<void>): Promise<void> {
    const turned = this.#turning.then(act);
    this.#turning = turned.catch(() => undefined);
    await turned;
  }

  async #sleepInKernel(): Promise<void> {
    const { referee, settings, rest } = this.#desk;
    if (referee === null) return;
    const body = { agent: referee.name, timeoutMs: settings.idleTimeoutMs, reason: REASON };
    try {
      await granted(referee.agent, { type: "sleep_agent", body });
    } catch (error) {
      rest.end();
      throw error;
    }
  }

  async #wakeInKernel(): Promise<void> {
    const { referee, rest } = this.#desk;
    if (referee === null) return;
    const request = { type: "wake_agent", body: { agent: referee.name, reason: "asked by itself" } } as const;
    const { decision } = await referee.agent.submit(request);
    if (decision.verdict === "refused")
      throw new IdleEnforcementError(`${decision.code}: ${decision.message}`, decision);
    rest.end();
  }
}
