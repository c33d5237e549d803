// Writes the generated parts of docs/detection.md: the rules of the normaliser and the tables of classes, as they stand
// in the code: `npm run docs`. A test holds the page to them.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CALL_CLASSES_VERSION,
  NORMALISER_RULES,
  NORMALISER_VERSION,
  normalised,
  PROGRAMS,
  SHELLS,
  TOOLS,
  VERBS,
  WORDS_ABOUT,
} from "../src/steps/index.ts";
import type { ClassTable } from "../src/steps/index.ts";

const PAGE = join(import.meta.dirname, "../docs/detection.md");

const code = (text: string): string => `\`${text.replaceAll("\u001b", "ESC")}\``;
const list = (names: readonly string[]): string => names.map(code).join(" ");

function normaliserPart(): string {
  const rows = NORMALISER_RULES.map(
    ({ name, example }) =>
      `| ${name} | ${code(example)} | ${normalised(example) === "" ? "nothing" : code(normalised(example))} |`,
  );
  return [
    `Version ${NORMALISER_VERSION}, applied in this order:`,
    "",
    "| what | such as | becomes |",
    "|---|---|---|",
    ...rows,
  ].join("\n");
}

function table(title: string, { mutate, observe, verify, watches }: ClassTable): string {
  return [
    `**${title}**`,
    "",
    "| class | names |",
    "|---|---|",
    `| changes | ${list(mutate)} |`,
    `| looks | ${list(observe)} |`,
    `| looks at what changes by itself | ${list(watches)} |`,
    `| checks | ${list(verify)} |`,
  ].join("\n");
}

function classesPart(): string {
  return [
    `Version ${CALL_CLASSES_VERSION}. Arguments that are words about the call, and no part of it: ${list(WORDS_ABOUT)}. Tools whose call is a line for a shell: ${list(SHELLS)}.`,
    "",
    table("Tools, whatever their case", TOOLS),
    "",
    table("Words in the names of other tools; the first that is known counts, and a last word that watches", VERBS),
    "",
    table("Programs that a shell runs; the longest name counts", PROGRAMS),
  ].join("\n");
}

const PARTS: ReadonlyMap<string, () => string> = new Map([
  ["normaliser", normaliserPart],
  ["classes", classesPart],
]);

/** The page with its generated parts as the code has them now. */
export function withDetectionFacts(page: string): string {
  return page.replaceAll(
    /(<!-- generated: (\w+) -->\n)(?:(?!<!--)[\s\S])*(<!-- end -->)/g,
    (whole, begin: string, name: string, end: string) => {
      const part = PARTS.get(name);
      return part === undefined ? whole : `${begin}${part()}\n${end}`;
    },
  );
}

if (import.meta.main) writeFileSync(PAGE, withDetectionFacts(readFileSync(PAGE, "utf8")));
