// Flags cut short: the Python package took any beginning of its flags that fits one of them only, so scripts may.

import { GLOBAL_FLAGS } from "../args/global-flags.ts";
import type { FlagSpecs } from "../args/spec.ts";

/** The arguments with flags of the command written out; what fits none, or several, is left for the parser to refuse. */
export function withFullFlags(rest: readonly string[], flags: FlagSpecs): readonly string[] {
  const end = rest.includes("--") ? rest.indexOf("--") : rest.length;
  return rest.map((arg, index) => (index < end && arg.startsWith("--") ? written(arg, flags) : arg));
}

function written(arg: string, flags: FlagSpecs): string {
  const at = arg.includes("=") ? arg.indexOf("=") : arg.length;
  const name = arg.slice(2, at);
  if (Object.hasOwn(flags, name) || Object.hasOwn(GLOBAL_FLAGS, name)) return arg;
  const [only, ...others] = Object.keys(flags).filter((flag) => flag.startsWith(name));
  return only === undefined || others.length > 0 ? arg : `--${only}${arg.slice(at)}`;
}
