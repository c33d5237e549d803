// Flags and arguments of one command, checked against its spec: unknown flags, missing values and missing or surplus
// arguments are told in one line each.

import { parseArgs } from "node:util";
import type { ParseArgsOptionsConfig } from "node:util";
import { GLOBAL_FLAGS } from "./global-flags.ts";
import type { ArgSpec, CommandSpec, Flags, FlagSpecs } from "./spec.ts";
import { UsageError } from "./usage.ts";
import { quoted, suggestion } from "./words.ts";

export type Parsed = { readonly args: readonly string[]; readonly flags: Flags };

type Option = {
  readonly rawName: string;
  readonly name: string;
  readonly value: string | undefined;
  readonly inline: boolean;
};

function optionsOf(specs: FlagSpecs): ParseArgsOptionsConfig {
  const entries = Object.entries(specs).map(([name, { value, short }]) => {
    const type: "string" | "boolean" = value === undefined ? "boolean" : "string";
    return [name, short === undefined ? { type } : { type, short }] as const;
  });
  return Object.fromEntries(entries);
}

/** A value that looks like a flag is a forgotten value; a negative number is not. */
function looksLikeFlag(value: string): boolean {
  return value.length > 1 && value.startsWith("-") && !/^-\d/.test(value);
}

function checkOption(option: Option, specs: FlagSpecs, command: string): void {
  const { rawName, name, value, inline } = option;
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
  if (spec === undefined) {
    const known = rawName.startsWith("--") ? Object.keys(specs) : [];
    throw new UsageError(
      `unknown flag ${quoted(rawName)}${suggestion(name, known, `exec-kernel ${command} --help`, "--")}`,
      command,
    );
  }
  if (spec.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value`, command);
    return;
  }
  if (value === undefined) throw new UsageError(`${rawName} needs a value: ${rawName} ${spec.value}`, command);
  if (!inline && looksLikeFlag(value))
    throw new UsageError(
      `${rawName} needs a value: ${rawName} ${spec.value} (one that begins with a dash: ${rawName}=${quoted(value).slice(1, -1)})`,
      command,
    );
}

/** The arguments of a command as its usage line shows them. */
export function argsLine(args: readonly ArgSpec[]): string {
  return args
    .map(({ name, optional, many }) => {
      const shown = many === true ? `${name}...` : name;
      return optional === true ? `[${shown}]` : shown;
    })
    .join(" ");
}

function checkArgs(args: readonly string[], spec: CommandSpec): void {
  const usage = `exec-kernel ${spec.name} ${argsLine(spec.args)}`.trim();
  const missing = spec.args[args.length];
  if (missing !== undefined && missing.optional !== true)
    throw new UsageError(`${missing.name} is missing: ${usage}`, spec.name);
  const surplus = args[spec.args.length];
  if (surplus !== undefined && spec.args.at(-1)?.many !== true)
    throw new UsageError(`unexpected argument ${quoted(surplus)}: ${usage}`, spec.name);
  const empty = spec.args.find((_, index) => args[index]?.trim() === "");
  if (empty !== undefined) throw new UsageError(`${empty.name} is empty: ${usage}`, spec.name);
}

/** Reads what follows a command's name; `--help` anywhere wins over every fault. */
export function parseCall(spec: CommandSpec, rest: readonly string[]): Parsed | "help" {
  const specs: FlagSpecs = { ...GLOBAL_FLAGS, ...spec.flags };
  const { tokens } = parseArgs({
    args: [...rest],
    options: optionsOf(specs),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string | true>();
  const args: string[] = [];
  const options: Option[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") args.push(token.value);
    if (token.kind === "option")
      options.push({
        rawName: token.rawName,
        name: token.name,
        value: token.value,
        inline: token.inlineValue === true,
      });
  }
  if (options.some(({ name, value }) => name === "help" && value === undefined)) return "help";
  for (const option of options) {
    checkOption(option, specs, spec.name);
    given.set(option.name, option.value ?? true);
  }
  checkArgs(args, spec);
  const text = (name: string): string | undefined => {
    const value = given.get(name);
    return typeof value === "string" ? value : undefined;
  };
  return { args, flags: { text, on: (name) => given.has(name) } };
}
