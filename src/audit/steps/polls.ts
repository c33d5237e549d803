// Which tools and commands polled: what a policy may name, so that waiting is never taken for a loop.

import { readCall } from "../../text/index.ts";

/** `watches`: it looks at something that changes by itself, by the published table. */
export type PollCount = { calls: number; histories: number; readonly watches: boolean };

const NAMES_MAX = 256;

export class Polls {
  readonly byName: Map<string, PollCount> = new Map();
  /** Polled calls, each counted once a history. */
  runs = 0;

  /** One polled call; `isFirst` when its history had not polled with it before. */
  add(tool: string, call: string, isFirst: boolean): void {
    if (isFirst) this.runs += 1;
    const { command, watches } = readCall(tool, call);
    // A shell as such is no name for polling: what it runs is, where that is known.
    const name = command ?? (isShellLine(tool, call) ? "" : tool);
    if (name === "") return;
    const count = this.byName.get(name);
    if (count !== undefined) {
      count.calls += 1;
      if (isFirst) count.histories += 1;
    } else if (this.byName.size < NAMES_MAX) this.byName.set(name, { calls: 1, histories: 1, watches });
  }
}

/** A tool whose class hangs on the line that it is given. */
function isShellLine(tool: string, call: string): boolean {
  return readCall(tool, call).command === null && readCall(tool, "npm test").command !== null;
}
