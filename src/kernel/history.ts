// A history for an outside checker: what was asked when, and what was answered when, one JSON line each. It is taken at the
// caller's side, where a lost answer is lost, so that it claims nothing that the caller could not see.

import { uuidv7 } from "uuidv7";
import { actorName } from "../core/index.ts";
import { sha256 } from "./digest.ts";
import type { Kernel, Reply } from "./kernel.ts";
import type { Request } from "./request.ts";

/** Takes one line, without its end; it is on its way to the file once this returns. */
export type HistorySink = (line: string) => void;

export type HistoryOptions = {
  /** Monotonic nanoseconds, the same for all processes of a machine; the machine's own unless told. */
  readonly clock?: () => bigint;
  /** Names this process among those whose histories are merged. */
  readonly process: string;
  /** Ids for commands that bring none: a checker has to know them also where the answer is lost. */
  readonly newCommandId?: () => string;
};

/** Fields whose texts are names or words of the kernel's own; every other text is only kept as a digest. */
const NAMES: ReadonlySet<string> = new Set([
  "task",
  "parent",
  "createdBy",
  "assignee",
  "agent",
  "author",
  "state",
  "from",
  "to",
  "reservation",
  "decision",
  "scope",
  "cause",
  "run",
  "tool",
  "class",
  "costBasis",
  "blockedBy",
  "needs",
  "capabilities",
]);

const DIGEST_SIGNS = 16;

function digested(text: string): string {
  return `sha256:${sha256(text).slice(0, DIGEST_SIGNS)}`;
}

/** A value without its texts: numbers and truths stay, and names under their own field. */
function withoutTexts(value: unknown, field: string): unknown {
  if (typeof value === "string") return NAMES.has(field) ? value : digested(value);
  if (Array.isArray(value)) return value.map((one: unknown) => withoutTexts(one, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [name, withoutTexts(one, name)]),
  );
}

function bodyOf({ type, body }: Request): unknown {
  if (type === "adopt_policy") return { policy: digested(JSON.stringify(body) ?? "") };
  // Of a task the scope is the caller's own text.
  if (type === "create_task") return withoutTexts({ ...body, scope: undefined }, "");
  return withoutTexts(body, "");
}

function commandOf(request: Request, kernel: Kernel): object {
  const { type, commandId, run, fence, dryRun } = request;
  const actor = kernel.actor === null ? null : actorName(kernel.actor.kind, kernel.actor.id);
  return { workspace: kernel.workspace, actor, type, commandId, run, fence, dryRun, body: bodyOf(request) };
}

/** What a checker needs of an answer; messages and numbers may quote what was asked. */
function decisionOf({ id, replayed, decision }: Reply): object {
  const { verdict, code, at, judgedAt, result, nextRefused } = decision;
  const sequence = id === null ? null : Number(id.slice("d-".length));
  return { sequence, replayed, verdict, code, at, judgedAt, result, nextRefused: nextRefused?.code };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** Lines of one process, each with its place among its calls. */
class Recorder {
  readonly #sink: HistorySink;
  readonly #clock: () => bigint;
  readonly #process: string;
  #calls = 0;

  constructor(sink: HistorySink, { clock, process: name }: HistoryOptions) {
    this.#sink = sink;
    this.#clock = clock ?? (() => process.hrtime.bigint());
    this.#process = name;
  }

  next(): number {
    return (this.#calls += 1);
  }

  tell(op: number, type: "call" | "return" | "fault", rest: object): void {
    const line = { process: this.#process, op, type, time: Number(this.#clock()), ...rest };
    this.#sink(JSON.stringify(line));
  }

  /** The answer stands whether it can be written down or not; without it the outcome counts as unknown. */
  tellIfPossible(op: number, type: "return" | "fault", rest: object): void {
    try {
      this.tell(op, type, rest);
    } catch {
      return;
    }
  }
}

function wrapped(kernel: Kernel, recorder: Recorder, newCommandId: () => string): Kernel {
  return {
    ...kernel,
    as: (actor) => wrapped(kernel.as(actor), recorder, newCommandId),
    submit: async (request) => {
      // A malformed request is refused by the kernel, not here.
      const asked: Request = { ...request, commandId: request?.commandId ?? newCommandId() };
      const op = recorder.next();
      recorder.tell(op, "call", { command: commandOf(asked, kernel) });
      try {
        const reply = await kernel.submit(asked);
        recorder.tellIfPossible(op, "return", { decision: decisionOf(reply) });
        return reply;
      } catch (error) {
        recorder.tellIfPossible(op, "fault", { code: codeOf(error) });
        throw error;
      }
    },
  };
}

/**
 * The same kernel, with a line to `sink` before and after every command; docs/linearizability.md has their form.
 * @throws what `sink` throws at a call, before anything is decided.
 */
export function recordHistory(kernel: Kernel, sink: HistorySink, options: HistoryOptions): Kernel {
  return wrapped(kernel, new Recorder(sink, options), options.newCommandId ?? uuidv7);
}
