// Histories of calls as `recordHistory` writes them: read from lines, merged, and put together as operations. A call without
// an answer, or one that ended in a fault, may have taken effect at any time after it began, or never.

export type Asked = {
  readonly actor: string;
  readonly type: string;
  readonly commandId: string;
  readonly fence: number | undefined;
  readonly body: { readonly [field: string]: unknown };
};

export type Answered = {
  /** Of the event that carries the decision; null where none does. */
  readonly sequence: number | null;
  readonly replayed: boolean;
  readonly verdict: string;
  readonly code: string;
  readonly at: number;
  readonly judgedAt: number;
  readonly result: { readonly [name: string]: string | number };
};

/** One command: its call, and its answer where there was one. Times are monotonic nanoseconds. */
export type Operation = {
  readonly id: string;
  readonly calledAt: number;
  readonly asked: Asked;
  readonly returnedAt: number | null;
  readonly answered: Answered | null;
  /** Its actor sent this command id more than once. */
  readonly repeated: boolean;
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function askedIn(value: unknown): Asked {
  const command = isRecord(value) ? value : {};
  const { fence, body } = command;
  return {
    actor: String(command["actor"]),
    type: String(command["type"]),
    commandId: String(command["commandId"]),
    fence: typeof fence === "number" ? fence : undefined,
    body: isRecord(body) ? body : {},
  };
}

function isResult(value: unknown): value is Answered["result"] {
  return isRecord(value) && Object.values(value).every((one) => typeof one === "string" || typeof one === "number");
}

function answeredIn(value: unknown): Answered {
  const decision = isRecord(value) ? value : {};
  const { sequence, result } = decision;
  return {
    sequence: typeof sequence === "number" ? sequence : null,
    replayed: decision["replayed"] === true,
    verdict: String(decision["verdict"]),
    code: String(decision["code"]),
    at: Number(decision["at"]),
    judgedAt: Number(decision["judgedAt"]),
    result: isResult(result) ? result : {},
  };
}

function isDry(value: unknown): boolean {
  return isRecord(value) && value["dryRun"] === true;
}

/**
 * The operations of merged histories, in the order of their calls; dry runs change nothing and are left out. Half a last line
 * of a dead process is no line.
 */
export function operationsIn(texts: readonly string[]): readonly Operation[] {
  const found = new Map<string, Operation>();
  const dry = new Set<string>();
  for (const line of texts.flatMap((text) => text.split("\n").slice(0, -1))) {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value)) throw new Error(`this is no line of a history: ${line}`);
    const id = `${String(value["process"])} ${String(value["op"])}`;
    const time = Number(value["time"]);
    if (isDry(value["command"])) dry.add(id);
    if (dry.has(id)) continue;
    const before = found.get(id);
    if (value["type"] === "call")
      found.set(id, {
        id,
        calledAt: time,
        asked: askedIn(value["command"]),
        returnedAt: null,
        answered: null,
        repeated: false,
      });
    else if (before === undefined) throw new Error(`${id} ended without a call`);
    else if (value["type"] === "return")
      found.set(id, { ...before, returnedAt: time, answered: answeredIn(value["decision"]) });
  }
  return withRepeats([...found.values()].toSorted((a, b) => a.calledAt - b.calledAt));
}

/** Who asked, and under which id: what a grant is remembered by. */
export const keyOf = ({ actor, commandId }: Asked): string => `${actor} ${commandId}`;

/** Marks the commands that were sent again. */
export function withRepeats(operations: readonly Operation[]): readonly Operation[] {
  const times = new Map<string, number>();
  for (const { asked } of operations) times.set(keyOf(asked), (times.get(keyOf(asked)) ?? 0) + 1);
  return operations.map((one) => ({ ...one, repeated: (times.get(keyOf(one.asked)) ?? 0) > 1 }));
}
