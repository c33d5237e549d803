// What the demo and its processes say to each other, over Node's channel between parent and child. Both sides check
// what they hear: a message of another version is a fault, not a guess.

import * as z from "zod/mini";
import type { Acknowledged } from "./board.ts";
import type { Part, Tally } from "./scenario.ts";

export type BoardKind = "bare" | "kernel";

/** To a process: where to play, and each part to play. */
export type Order =
  | { readonly type: "open"; readonly folder: string; readonly process: string }
  | {
      readonly type: "play";
      readonly row: number;
      readonly board: BoardKind;
      readonly part: Part;
      readonly acknowledge: boolean;
    };

/** From a process. */
export type Word =
  | { readonly type: "opened" }
  | ({ readonly type: "acknowledged" } & Acknowledged)
  | { readonly type: "played"; readonly tally: Tally }
  | { readonly type: "failed"; readonly problem: string };

const PART = z.object({
  agent: z.string(),
  seed: z.number(),
  task: z.string(),
  fence: z.nullable(z.number()),
  times: z.number(),
});

const ORDER = z.discriminatedUnion("type", [
  z.object({ type: z.literal("open"), folder: z.string(), process: z.string() }),
  z.object({
    type: z.literal("play"),
    row: z.number(),
    board: z.enum(["bare", "kernel"]),
    part: PART,
    acknowledge: z.boolean(),
  }),
]);

const TALLY = z.object({
  count: z.number(),
  refused: z.record(z.string(), z.number()),
  wouldHave: z.number(),
  recorded: z.number(),
  refusal: z.nullable(z.string()),
  durationsMs: z.array(z.number()),
});

const WORD = z.discriminatedUnion("type", [
  z.object({ type: z.literal("opened") }),
  z.object({
    type: z.literal("acknowledged"),
    commandId: z.string(),
    decision: z.nullable(z.string()),
    durationMs: z.number(),
  }),
  z.object({ type: z.literal("played"), tally: TALLY }),
  z.object({ type: z.literal("failed"), problem: z.string() }),
]);

/** @throws ZodError for anything that is no order. */
export function readOrder(message: unknown): Order {
  return ORDER.parse(message);
}

/** @throws ZodError for anything that is no word of a process. */
export function readWord(message: unknown): Word {
  return WORD.parse(message);
}
