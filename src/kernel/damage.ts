// A damaged log, in words: whoever reads it for another reason than to verify it stops at the first event that is not there
// or makes no sense. That is a fault of the log (exit 3) and no defect of this program.

import { Defect } from "../core/index.ts";
import { KernelFault } from "./fault.ts";

const WAY_OUT = "run `exec-kernel verify`, restore a backup";

/** The fault of an event that should be there and is not. */
export function missing(sequence: number): KernelFault {
  return new KernelFault("log.corrupt", `event ${sequence} is missing: ${WAY_OUT}`);
}

/** The fault of an event whose bytes nobody can make sense of. */
export function unreadable(sequence: number): KernelFault {
  return new KernelFault("log.corrupt", `event ${sequence} is not readable: ${WAY_OUT}`);
}

/** What bytes that were tampered with may throw where they are read, folded or judged. */
function isOfBytes(error: unknown): error is Error {
  return error instanceof Defect || error instanceof TypeError || error instanceof RangeError;
}

/** What bytes that were tampered with may throw, and what nobody can read. */
export function isOfTheLog(error: unknown): error is Error {
  return isOfBytes(error) || error instanceof KernelFault;
}

/** Does the work that reads this event. @throws KernelFault `log.corrupt` where its bytes make no sense. */
export function reading<T>(sequence: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isOfBytes(error) ? unreadable(sequence) : error;
  }
}
