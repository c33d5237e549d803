// The rows of docs/config.md's table of keys, made from the schema and the defaults.

import { parse } from "yaml";
import { DEFAULTS } from "../../src/config/config.ts";
import { explainPolicy, policyFromConfig } from "../../src/config/index.ts";
import { KEYS } from "../../src/config/keys.ts";
import type { KeySpec, ValueSpec } from "../../src/config/keys.ts";

function at(tree: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return tree;
  const entries: [string, unknown][] = typeof tree === "object" && tree !== null ? Object.entries(tree) : [];
  return at(new Map(entries).get(name), rest);
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "[]";
  if (typeof value !== "object" || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${key}: ${part}`)
    .join(", ")} }`;
}

function defaultText({ path, value }: KeySpec): string {
  if (value.type === "ignored") return "";
  const names = path.split(".");
  const dayOne: unknown = parse(explainPolicy(policyFromConfig({ policy: null })));
  return `\`${shown(at(DEFAULTS, names.map(camel)) ?? at(dayOne, names) ?? "none")}\``;
}

/** Shorter than the messages: the largest amount is said once above the table. */
function valueText(value: ValueSpec): string {
  if (value.type === "mode") return "`enforce` or `observe`";
  if (value.type === "agents") return "list of names";
  if (value.type === "url") return "`http://` or `https://` address";
  if (value.type === "ignored") return "anything";
  const number = value.places === 0 ? "whole number" : `number, ${value.places} decimals`;
  const upTo = value.max < 1_000_000_000 ? ` up to ${value.max}` : "";
  if (value.type === "number") return number + upTo;
  return `${number}${upTo}${value.removable ? ", `none`" : ""} or pair`;
}

/** One row for each key, in the schema's order; the rules, which have a page of their own, share one. */
export function keyRows(): readonly string[] {
  const own = KEYS.filter(({ path }) => !path.startsWith("rules."));
  const rows = own.map((key) => {
    const env = key.env === undefined ? "" : `\`${key.env}\``;
    return `| \`${key.path}\` | ${valueText(key.value)} | ${defaultText(key)} | ${env} | ${key.about} |`.replaceAll(
      "  ",
      " ",
    );
  });
  return [
    ...rows,
    "| `rules.RULE` | `enforce` or `observe` | the rule's own | | the mode of one rule; [reasons.md](reasons.md) names the rules and their own modes |",
  ];
}
