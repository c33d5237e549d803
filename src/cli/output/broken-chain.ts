// What is said of a log whose chain is broken, by commands that read it for another reason.

import type { Io } from "./io.ts";

/**
 * Says on stderr where the chain is broken, also with -q: what was told of such a log is worth nothing. Gives the exit code:
 * 1 then, else 0.
 */
export function warnBroken({ io }: { readonly io: Io }, brokenAt: number | null): 0 | 1 {
  if (brokenAt === null) return 0;
  io.err.line(`warning: the chain is broken at event ${brokenAt}, so the log was changed: run exec-kernel verify`);
  return 1;
}
