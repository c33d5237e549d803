// What differs between two runs of the same thing without meaning anything: times, durations, process ids, temporary
// paths, ids made at random, colours. Stripped from results before they are compared. What remains counts: numbers of
// tests, names of files, line numbers, days. In a call each of these may be what it is about; there they are masked in
// its shape alone.

/** One rule of the normaliser: what is looked for, what stands in its place, and an example of it. */
export type NormaliserRule = {
  readonly name: string;
  readonly pattern: RegExp;
  readonly becomes: string;
  readonly example: string;
  /** Found at once where the pattern could match at all: without it no text is searched for a pattern that is slow. */
  readonly hint?: RegExp;
};

/** Goes up with every change of a rule below; digests of two versions are never equal. */
export const NORMALISER_VERSION = 1;

const HEX4 = "[0-9a-fA-F]{4}";

/** The rules, in the order in which they are applied. */
export const NORMALISER_RULES: readonly NormaliserRule[] = [
  { name: "colour", pattern: /\u001b\[[0-9;?]*[A-Za-z]/g, becomes: "", example: "\u001b[31m" },
  {
    name: "time",
    pattern: /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?/g,
    becomes: "<time>",
    example: "2026-11-24T09:30:00.125Z",
  },
  { name: "clock", pattern: /\d\d?:\d\d:\d\d(?:[.,]\d+)?/g, becomes: "<time>", example: "09:30:00" },
  {
    name: "uuid",
    pattern: new RegExp(`\\b[0-9a-fA-F]{8}-${HEX4}-${HEX4}-${HEX4}-[0-9a-fA-F]{12}\\b`, "g"),
    becomes: "<id>",
    example: "6f1c2d3e-0a1b-4c2d-8e3f-1a2b3c4d5e6f",
    hint: new RegExp(`-${HEX4}-${HEX4}-${HEX4}-`),
  },
  { name: "address", pattern: /\b0x[0-9a-fA-F]{4,}/g, becomes: "<id>", example: "0x7f3a5c00d2b0" },
  {
    name: "hex id",
    pattern: /\b(?=[a-f]*\d)[0-9a-f]{16,}\b/g,
    becomes: "<id>",
    example: "3f9a1c0b7d2e4f68",
    hint: /\d[0-9a-f]{7,}/,
  },
  {
    name: "random id",
    pattern: /_(?=[A-Za-z]*\d)[0-9A-Za-z]{16,}/g,
    becomes: "_<id>",
    example: "req_011CY4TRHLYkp2wmETF8",
  },
  {
    name: "minutes and seconds",
    pattern: /(?<![\w.])\d+ ?m(?:in)? ?\d+(?:[.,]\d+)? ?s(?:ec)?(?!\w)/g,
    becomes: "<duration>",
    example: "1m 03s",
  },
  {
    name: "duration",
    pattern: /(?<![\w.])\d+(?:[.,]\d+)? ?(?:ms|µs|us|ns|s|secs?|seconds?|mins?|minutes?|hours?)(?!\w)/g,
    becomes: "<duration>",
    example: "1.27 seconds",
  },
  {
    name: "named duration",
    pattern: /((?:uration|lapsed|took)\w{0,24}["']?[ :=]{1,3})\d+(?:[.,]\d+)?/g,
    becomes: "$1<duration>",
    example: "duration_ms 52.385",
  },
  { name: "epoch", pattern: /\b1\d{9}(?:\d{3})?\b/g, becomes: "<time>", example: "1700000000123" },
  {
    name: "process id",
    pattern: /\b(?:[Pp](?:id|ID|rocess)[ =:#]{1,3}|node:)\d+/g,
    becomes: "pid <pid>",
    example: "pid 48213",
  },
  { name: "seed", pattern: /\b[Ss]eed[ =:]{1,3}\d+/g, becomes: "seed <id>", example: "with seed: 412345" },
  {
    name: "temporary path",
    pattern: /(?:\/private)?\/(?:tmp|var\/folders|var\/tmp)\/[^\s"'`:,;)\]}]+/g,
    becomes: "<tmp>",
    example: "/var/folders/x1/T/out.log",
  },
];

function tidy(text: string): string {
  let out = text;
  for (const { pattern, becomes, hint } of NORMALISER_RULES)
    if (hint === undefined || hint.test(out)) out = out.replace(pattern, becomes);
  return out.trim();
}

/** The longest text that is normalised whole; of a longer one both ends are, and the middle is compared as it is. */
const WHOLE = 16_384;
const END = 8_192;

/** The text without what differs for no reason. */
export function normalised(text: string): string {
  if (text.length <= WHOLE) return tidy(text);
  return `${tidy(text.slice(0, END))}\n${text.slice(END, -END)}\n${tidy(text.slice(-END))}`;
}
