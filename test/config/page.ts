// The rows of docs/config.md's table of keys, made from the schema and the defaults.

import { parse } from "yaml";
import { LIMITS_SECTIONS } from "../../src/config/budget-keys.ts";
import { DEFAULTS } from "../../src/config/config.ts";
import { formatDecimal } from "../../src/config/decimal.ts";
import { explainPolicy, policyFromConfig } from "../../src/config/index.ts";
import { KEYS } from "../../src/config/key-table.ts";
import { DAY_ONE_LIMITS } from "../../src/config/limits.ts";
import type { KeySpec, ValueSpec } from "../../src/config/value-spec.ts";

const MONTH_MS = 31 * 86_400_000;

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
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${key}: ${part}`)
    .join(", ")} }`;
}

function defaultText({ path, value }: KeySpec): string {
  if (value.type === "ignored" || value.type === "table") return "";
  const names = path.split(".");
  const dayOne: unknown = parse(explainPolicy(policyFromConfig({ policy: null })));
  return `\`${shown(at(DEFAULTS, names.map(camel)) ?? at(dayOne, names) ?? "none")}\``;
}

const WORDS = {
  mode: "`enforce` or `observe`",
  names: "list of names",
  agent: "a name or `none`",
  kinds: "list of `agent`, `human`, `system`",
  url: "`http://` or `https://` address",
  ignored: "anything",
} as const;

/** Shorter than the messages: the largest amount is said once above the table. */
function valueText(value: ValueSpec): string {
  if (value.type === "table") return "[lifecycle.md](lifecycle.md)";
  if (value.type !== "number" && value.type !== "limit") return WORDS[value.type];
  const from = value.min > 0 ? ` from ${formatDecimal(value.min, value.places)}` : "";
  const isBounded = value.max < 1_000_000_000 || value.max === MONTH_MS;
  const upTo = isBounded ? ` up to ${formatDecimal(value.max, value.places)}` : "";
  const number = value.places === 0 ? `whole number${from}${upTo}` : `number${from}${upTo}, ${value.places} decimals`;
  if (value.type === "number") return number;
  return `${number}${value.removable ? ", `none`" : ""} or pair`;
}

/** Of scopes other than a task, and of windows, only limits that day one has get a row: the others are alike. */
function isAlike(path: string): boolean {
  const section = path.slice(0, path.lastIndexOf("."));
  return section !== "budget.task" && LIMITS_SECTIONS.some((one) => one.path === section) && !DAY_ONE_LIMITS.has(path);
}

/** One row for each key, in the table's order; the rules, which have a page of their own, share one. */
export function keyRows(): readonly string[] {
  const own = KEYS.filter(({ path }) => !path.startsWith("rules.") && !isAlike(path));
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
