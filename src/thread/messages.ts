// What the thread that commits and the one that asks say to each other: plain data, many commands in one message.

import { Defect } from "../core/index.ts";
import type { Command } from "../core/index.ts";
import { KernelFault } from "../kernel/index.ts";
import type { FaultCode, Reply } from "../kernel/index.ts";
import { StoreFault } from "../store/index.ts";
import type { StoreFaultCode } from "../store/index.ts";

/** Where a store is that was made before: a file, or a schema of PostgreSQL. */
export type StorePlace = { readonly path: string } | { readonly url: string };

export type Asked = { readonly number: number; readonly command: Command };

/** An error, taken apart: a message between threads carries no class. */
export type Fault =
  | { readonly kind: "store"; readonly code: StoreFaultCode; readonly path: string; readonly message: string }
  | { readonly kind: "kernel"; readonly code: FaultCode; readonly message: string }
  | { readonly kind: "defect"; readonly message: string; readonly stack: string };

export type Answer = { readonly number: number } & ({ readonly reply: Reply } | { readonly fault: Fault });

/** To the thread: commands, or the wish that it ends once all are answered. */
export type ToThread = { readonly commands: readonly Asked[] } | { readonly end: true };

/** From the thread: it is open, could not be, or has answers. */
export type FromThread = { readonly open: true } | { readonly failed: Fault } | { readonly answers: readonly Answer[] };

export function faultOf(error: unknown): Fault {
  if (error instanceof StoreFault) return { kind: "store", code: error.code, path: error.path, message: error.message };
  if (error instanceof KernelFault) return { kind: "kernel", code: error.code, message: error.message };
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { kind: "defect", message, stack };
}

export function errorOf(fault: Fault): Error {
  if (fault.kind === "store") return new StoreFault(fault.code, fault.path, fault.message);
  if (fault.kind === "kernel") return new KernelFault(fault.code, fault.message);
  const defect = new Defect(fault.message);
  defect.stack = fault.stack;
  return defect;
}
