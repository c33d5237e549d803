// The log format that a head asks of its writers: a newer one is read by nobody who does not know it, an older one is never
// written on.

import type { StoredHead } from "../store/index.ts";
import { WRITER } from "./chain.ts";
import { KernelFault } from "./fault.ts";

/** Why this kernel is too old for the log of a workspace; null where it is not. */
export function newerFormat(head: StoredHead | null, workspace: string): KernelFault | null {
  if (head === null || head.minWriter <= WRITER) return null;
  const formats = `format ${head.minWriter}, this one writes ${WRITER}`;
  const problem = `workspace ${workspace} was written by a newer exec-kernel (${formats}): update exec-kernel`;
  return new KernelFault("workspace.read_only", problem);
}

/** Why this kernel must not write to the log of a workspace; null where it may. */
export function otherFormat(head: StoredHead, workspace: string): KernelFault | null {
  if (head.minWriter >= WRITER) return newerFormat(head, workspace);
  const formats = `format ${head.minWriter}, this one writes ${WRITER}`;
  const problem = `workspace ${workspace} was made before the first release (${formats}): make a new one with \`exec-kernel init -w NAME\``;
  return new KernelFault("workspace.too_old", problem);
}
