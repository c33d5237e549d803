// What a command is: its words, its flags, its examples and what it does. Help, completion and the parser read the same
// record, so that none of them can say something else than the others.

import type { Io } from "../output/io.ts";
import type { Paint } from "../output/paint.ts";

/** `value` is the placeholder of the flag's value; a flag without one is on or off. */
export type FlagSpec = { readonly value?: string; readonly short?: string; readonly about: string };

export type FlagSpecs = { readonly [name: string]: FlagSpec };

export type ArgSpec = { readonly name: string; readonly optional?: true; readonly many?: true };

/** Flags that every command takes, read. */
export type Globals = {
  readonly workspace: string | undefined;
  readonly store: string | undefined;
  readonly as: string | undefined;
  readonly commandId: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
};

/** A command's own flags, read. */
export type Flags = {
  readonly text: (name: string) => string | undefined;
  readonly on: (name: string) => boolean;
};

/** One call of a command. */
export type Call = {
  readonly command: string;
  readonly args: readonly string[];
  readonly flags: Flags;
  readonly globals: Globals;
  readonly io: Io;
  /** For stdout and for stderr. */
  readonly paint: Paint;
  readonly paintErr: Paint;
};

export type CommandSpec = {
  /** One or two words. */
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** More, for its own help: one paragraph. */
  readonly about?: readonly string[];
  readonly args: readonly ArgSpec[];
  readonly flags: FlagSpecs;
  /** Whole command lines that run as they stand. */
  readonly examples: readonly string[];
  /** What its exit codes mean where that differs from the rest. */
  readonly exits?: readonly string[];
  /** Does it and gives the exit code. */
  readonly run: (call: Call) => Promise<number>;
};

/** The first positional argument of a command whose spec demands one. */
export function firstArg(call: Call): string {
  return call.args[0] ?? "";
}
