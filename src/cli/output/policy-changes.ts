// What adopting a policy changes, one line a key, beside the answer.

import type { PolicyChange } from "../../config/index.ts";
import type { Paint } from "./paint.ts";
import type { Beside } from "./report.ts";

function changeLine({ key, from, to, means }: PolicyChange, width: number, paint: Paint): string {
  const line = `${key.padEnd(width)}  ${from} -> ${to}`;
  if (means === null) return line;
  return `${line}  ${paint(means === "looser" ? "yellow" : "green", means)}`;
}

/** The changes as lines for people and as a field for machines. */
export function changesBeside(changes: readonly PolicyChange[], paint: Paint): Beside {
  const width = Math.max(0, ...changes.map(({ key }) => key.length));
  const lines = changes.length === 0 ? ["nothing changes"] : changes.map((change) => changeLine(change, width, paint));
  return { lines, fields: { changes } };
}
