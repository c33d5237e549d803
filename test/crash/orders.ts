// What a writer process is told when it starts, and what it tells of each command: before it asks, and after the answer.
// All of it goes over standard input and output, one JSON document a line.

import type { Request } from "../../src/kernel/index.ts";

/** Where in a transaction a writer ends itself: nothing is as exact as that. */
export const POINTS = ["begun", "appending", "appended", "committed"] as const;
export type Point = (typeof POINTS)[number];

/** Killed from outside, some milliseconds after so many lines; or by its own hand, the nth time it comes to a point. */
export type Death =
  | { readonly by: "parent"; readonly lines: number; readonly delayMs: number }
  | { readonly by: "itself"; readonly point: Point; readonly nth: number };

/** One command, with the id it keeps when it is sent again. */
export type Asked = { readonly as: string; readonly request: Request & { readonly commandId: string } };

export type Orders = {
  readonly path: string;
  readonly process: number;
  readonly life: string;
  readonly seed: number;
  readonly agents: number;
  /** The write-ahead log is cut over this size: kills are to meet that too. */
  readonly walBytesMax: number;
  readonly death: Death;
  /** Commands whose answers were lost with the life before: sent again first, under their ids. */
  readonly again: readonly Asked[];
};

/** The answer to one command, told once it is committed. */
export type Answered = {
  readonly commandId: string;
  readonly id: string | null;
  readonly verdict: string;
  /** It had been granted before: the answer was lost, not the decision. */
  readonly replayed: boolean;
  readonly code: string;
  readonly result: { readonly [name: string]: string | number } | null;
};

/** `dying` is the last a writer says that ends itself. */
export type Line = { readonly asked: Asked } | { readonly answered: Answered } | { readonly dying: Point };

function isLine(value: unknown): value is Line {
  return typeof value === "object" && value !== null && ("asked" in value || "answered" in value || "dying" in value);
}

/** The complete lines of a writer's output. */
export function linesOf(output: string): readonly Line[] {
  const lines = output.split("\n").slice(0, -1);
  return lines.map((line): unknown => JSON.parse(line)).filter(isLine);
}
