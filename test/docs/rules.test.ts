// docs/rules.md against the rules, and the rule book against both: each item of it has a section and a test.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { RULE_KEYS, ruleFacts, testsOf, withRuleFacts } from "../../scripts/rules-doc.ts";
import { KEYS } from "../../src/config/key-table.ts";
import { HELD_MAX, LIVE_MAX, RULES } from "../../src/core/index.ts";
import { outsideData, skipWithout } from "../support/outside-data.ts";
import { BOOK } from "../support/rule-book.ts";
import { BOOK_PARTS } from "../support/rule-book-parts.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const page = read("docs/rules.md");

/** The book itself, which is not part of the project. */
const BOOK_TEXT = "../design/rules.md";

type TextPart = { readonly section: string; readonly text: string };

/** Points and paragraphs of a page, each with its section's title. */
function partsOf(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let section = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("## ")) section = line.slice("## ".length);
    else if (line.trim() !== "" && !line.startsWith("# ")) parts.push({ section, text: line.replace(/^- /, "") });
  }
  return parts;
}

/** What a part names: one or two words before a colon, at its beginning or after a full stop. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|[.;] )([a-z][\w-]*(?: [\w-]+)?):/g)].map(([, name = ""]) => name);
}

const headings = (text: string): readonly string[] =>
  [...text.matchAll(/^#{2,3} (.+)$/gm)].map(([, name = ""]) => name);

describe("docs/rules.md", () => {
  test("has a section for every rule, and for nothing that is none", () => {
    const sections = headings(page).flatMap((name) => /^`(.+)`$/.exec(name)?.[1] ?? []);
    assert.deepEqual(sections.toSorted(), RULES.map(({ name }) => name).toSorted());
  });

  test("tells codes, mode, numbers, tests and an example as they are", () => {
    assert.equal(page, withRuleFacts(page), "run `npm run docs`");
    for (const rule of RULES) {
      assert.ok(page.includes(`<!-- rule: ${rule.name} -->\n${ruleFacts(rule)}\n<!-- end -->`), rule.name);
      for (const code of rule.codes) assert.ok(ruleFacts(rule).includes(`\`${code}\``), code);
    }
  });

  test("its numbers of leases are those of the code, and no file asks for more agents than that", () => {
    const text = page.replaceAll("\n", " ");
    assert.ok(
      text.includes(`One actor holds at most ${HELD_MAX} tasks, and at most ${LIVE_MAX} leases are open below`),
    );
    assert.ok(text.includes(`A file may ask for at most ${LIVE_MAX}: no more leases`));
    const live = KEYS.find(({ path }) => path === "lineage.live_agents")?.value;
    assert.equal(live?.type === "limit" && live.max, LIVE_MAX);
  });

  for (const { name, codes } of RULES)
    test(`${name}: a test file holds each of its codes`, () => {
      const texts = testsOf(name).map(read).join("\n");
      for (const code of codes) assert.ok(texts.includes(`"${code}"`), code);
    });

  test("its keys are keys of the configuration file, and no number of the lineage is left out", () => {
    const named = Object.values(RULE_KEYS).flat();
    const known = KEYS.map(({ path }) => path);
    for (const key of named)
      assert.ok(
        known.some((path) => path === key || path.startsWith(`${key}.`)),
        key,
      );
    for (const key of known.filter((path) => /^(lineage|escalation|lease|admission|evidence|steps)\b/.test(path)))
      assert.ok(named.includes(key), key);
  });
});

/** The file's text has a test of this title. */
function hasTest(file: string, title: string): boolean {
  const text = read(file);
  return ['"', "'", "`"].some((quote) =>
    text
      .split(`${quote}${title}${quote}`)
      .some((before, at, all) => at < all.length - 1 && /\btest\(\s*$/.test(before)),
  );
}

describe("the rule book", () => {
  for (const { item, page: name, section, file, title } of BOOK)
    test(`${item}: docs/${name}.md tells it, test/${file}.test.ts holds it`, () => {
      const path = `test/${file}.test.ts`;
      assert.ok(headings(read(`docs/${name}.md`)).includes(section), `docs/${name}.md has no section "${section}"`);
      assert.ok(existsSync(join(ROOT, path)), path);
      assert.ok(hasTest(path, title), `${path} has no test "${title}"`);
    });

  test("a title that only stands in some text is no test", () => {
    assert.ok(!hasTest("test/docs/rules.test.ts", "run `npm run docs`"));
    assert.ok(hasTest("test/docs/rules.test.ts", "every rule stands in it"));
  });

  test("every rule stands in it", () => {
    const told = BOOK.map(({ section }) => section);
    const others = ["continuity", "blockers", "open-children", "budget"];
    for (const { name } of RULES) assert.ok(told.includes(`\`${name}\``) || others.includes(name), name);
  });

  test("its parts come to items that it has, each item once", () => {
    const items = BOOK.map(({ item }) => item);
    assert.equal(new Set(items).size, items.length);
    for (const part of BOOK_PARTS) for (const item of part.items) assert.ok(items.includes(item), item);
  });

  test("no part of its text, and no name in one, is left out", { skip: skipWithout(BOOK_TEXT) }, () => {
    const parts = partsOf(readFileSync(outsideData(BOOK_TEXT) ?? "", "utf8"));
    assert.ok(parts.length > 30, `${parts.length} parts`);
    for (const { section, text } of parts) {
      const found = BOOK_PARTS.filter((one) => section.startsWith(one.section) && text.startsWith(one.begins));
      const known = found.filter((one) => (one.section === "") === (section === ""));
      assert.equal(known.length, 1, `${section}: ${text.slice(0, 60)}`);
      const words = known.flatMap(({ items }) => items).join("\n");
      for (const name of namesIn(text)) assert.ok(words.includes(name), `${section}: ${name}`);
    }
    for (const { section, begins } of BOOK_PARTS)
      assert.ok(
        parts.some((one) => one.section.startsWith(section) && one.text.startsWith(begins)),
        begins,
      );
  });
});
