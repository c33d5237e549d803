// replay: decides the whole stored past again, each command under the policy of its time, and compares what comes out
// with what the log says, byte for byte. `verify` asks whether the log is whole; this asks whether these rules made it.

import type { View } from "../../store/index.ts";
import type { ReplayReport } from "../kernel.ts";
import { walkPast } from "./walk.ts";
import { redecide } from "./redecide.ts";
import { WRITER } from "../chain.ts";

const FIRST_MAX = 20;

type Counts = { -readonly [K in "commands" | "same" | "partly" | "unknown" | "events"]: number };

export async function replayIn(view: View, onProgress: (done: number, total: number) => void): Promise<ReplayReport> {
  const counts: Counts = { commands: 0, same: 0, partly: 0, unknown: 0, events: 0 };
  const differs: { sequence: number; problem: string }[] = [];
  let differ = 0;
  const brokenAt = await walkPast(view, { onProgress }, (past) => {
    counts.commands += 1;
    counts.events += past.events.length;
    const { agreement, problem } = redecide(past);
    if (agreement !== "differs") {
      counts[agreement] += 1;
      return;
    }
    differ += 1;
    const sequence = (past.decided ?? past.events[0])?.sequence ?? 0;
    if (differs.length < FIRST_MAX) differs.push({ sequence, problem });
  });
  const head = await view.head();
  const { minWriter: format, hash: headHash } = head ?? { minWriter: WRITER, hash: "" };
  return { ...counts, differ, first: differs, format, headHash, brokenAt };
}
