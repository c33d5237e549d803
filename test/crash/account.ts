// The account of what was acknowledged, kept by those who asked and by nobody else: tokens used and held by task, and
// what the commands in flight may have booked besides. It shares no arithmetic with the kernel.

import type { Answered, Asked } from "./orders.ts";

/** The least and the most that may stand on a meter. */
export type Span = { readonly least: number; readonly most: number };

type Reservation = { readonly task: string; readonly tokens: number };

const tokensOf = (body: object): number => ("tokens" in body && typeof body.tokens === "number" ? body.tokens : 0);

class Sums {
  readonly #spans = new Map<string, Span>();

  add(task: string, least: number, most: number): void {
    const before = this.of(task);
    this.#spans.set(task, { least: before.least + least, most: before.most + most });
  }

  of(task: string): Span {
    return this.#spans.get(task) ?? { least: 0, most: 0 };
  }
}

export class Account {
  readonly used: Sums = new Sums();
  readonly held: Sums = new Sums();
  readonly #reservations = new Map<string, Reservation>();

  /** Books a granted command. */
  granted({ request }: Asked, result: Answered["result"]): void {
    if (request.type === "record_step") {
      const tokens = tokensOf(request.body);
      this.used.add(request.body.task, tokens, tokens);
    }
    if (request.type === "reserve_step") this.#hold(String(result?.["reservation"]), request.body);
    if (request.type === "cancel_step") this.#release(request.body.reservation);
    if (request.type !== "settle_step") return;
    const task = this.#release(request.body.reservation);
    if (task !== null) this.used.add(task, tokensOf(request.body), tokensOf(request.body));
    const next = result?.["next"];
    if (request.body.next !== undefined && next !== undefined) this.#hold(String(next), request.body.next);
  }

  /** Allows for a command whose answer nobody heard: it may have been granted, or never come. */
  inFlight({ request }: Asked): void {
    if (request.type === "record_step") this.used.add(request.body.task, 0, tokensOf(request.body));
    if (request.type === "reserve_step") this.held.add(request.body.task, 0, tokensOf(request.body));
    if (request.type !== "settle_step" && request.type !== "cancel_step") return;
    const open = this.#reservations.get(request.body.reservation);
    if (open === undefined) return;
    this.held.add(open.task, -open.tokens, 0);
    if (request.type === "cancel_step") return;
    this.used.add(open.task, 0, tokensOf(request.body));
    const { next } = request.body;
    if (next !== undefined) this.held.add(next.task, 0, tokensOf(next));
  }

  #hold(id: string, body: { readonly task: string; readonly tokens?: number | undefined }): void {
    const tokens = tokensOf(body);
    this.#reservations.set(id, { task: body.task, tokens });
    this.held.add(body.task, tokens, tokens);
  }

  #release(id: string): string | null {
    const open = this.#reservations.get(id);
    if (open === undefined) return null;
    this.#reservations.delete(id);
    this.held.add(open.task, -open.tokens, -open.tokens);
    return open.task;
  }
}

/** What the lives of one file asked and heard, command by command; one that was sent again counts once. */
export function accountOf(asked: readonly Asked[], answered: readonly Answered[]): Account {
  const answers = new Map(answered.map((one) => [one.commandId, one]));
  const commands = new Map(asked.map((one) => [one.request.commandId, one]));
  const account = new Account();
  // In the order of the answers: a reservation is made before it is closed.
  for (const [commandId, { verdict, result }] of answers) {
    const command = commands.get(commandId);
    if (command !== undefined && verdict === "granted") account.granted(command, result);
  }
  for (const [commandId, command] of commands) if (!answers.has(commandId)) account.inFlight(command);
  return account;
}
