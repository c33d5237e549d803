// Colour: only on a terminal, never with NO_COLOR, --no-color or a dumb terminal. Colour repeats what a word says
// already; nothing is told by it alone.

import type { Io, Sink } from "./io.ts";

export type Colour = "red" | "yellow" | "green" | "cyan" | "bold" | "dim";

export type Paint = (colour: Colour, text: string) => string;

const CODES: { readonly [C in Colour]: readonly [number, number] } = {
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
  bold: [1, 22],
  dim: [2, 22],
};

export const plain: Paint = (_, text) => text;

const coloured: Paint = (colour, text) => {
  const [on, off] = CODES[colour];
  return text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`;
};

/** How to paint on this stream. */
export function paintFor(sink: Sink, env: Io["env"], noColour: boolean): Paint {
  const refused = noColour || (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return sink.terminal && !refused ? coloured : plain;
}
