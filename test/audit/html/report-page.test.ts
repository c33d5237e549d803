// The page for a browser: it needs nothing from outside, nothing of a transcript gets out of its place, and it is legible.

import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { test } from "node:test";
import { reportPage, traceHistories } from "../../../src/audit/index.ts";
import type { AuditOptions } from "../../../src/audit/index.ts";
import { escaped } from "../../../src/audit/html/html.ts";
import { STYLE } from "../../../src/audit/html/style.ts";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { findInputs, isStepInput } from "../../../src/formats/index.ts";
import { failingCheck, honest, idOf, repeated, writeNights } from "../../support/looping-transcripts.ts";
import { wordsOf } from "../../support/transcripts/words.ts";
import { folder } from "../audited.ts";
import { nightOf, rowsFile, stepsIn } from "../steps/audited-steps.ts";

async function pageOf(path: string, options: Partial<AuditOptions> = {}): Promise<string> {
  const report = await stepsIn([path], options);
  const { inputs } = await findInputs([path]);
  const wanted = report.worst
    .slice(0, 50)
    .map(({ session, agent, files, step: at }) => ({ session, agent, files, at }));
  const window = { before: 20, from: 20 };
  const about = { policy: DAY_ONE_POLICY, rows: window, cells: window };
  return reportPage(report, await traceHistories(wanted, inputs.filter(isStepInput), about));
}

/** What a browser takes for a tag. */
function tagsIn(page: string): ReadonlySet<string> {
  const text = page.replace(/<style>[\s\S]*?<\/style>/, "").replace(/<script>[\s\S]*?<\/script>/, "");
  return new Set(
    [...text.matchAll(/<(\/?[a-zA-Z!][\w-]*)/g)].map(([, name = ""]) => name.replace("/", "").toLowerCase()),
  );
}

const KNOWN = new Set(
  "!doctype html head meta title style body main h1 h2 h3 h4 p dl div dt dd small table thead tr th tbody td span code article header ul ol li b i details summary footer label input".split(
    " ",
  ),
);

const EVIL = `<script>alert(1)</script><img src=x onerror=alert(2)>"' onclick="x" </style></title><!--\u0000\u202e&amp;`;

test("a script in any field of a transcript stays text", async () => {
  const path = rowsFile(
    "script.jsonl",
    Array.from({ length: 12 }, (_, at) => ({
      history: `h${EVIL}`,
      agent: `a${EVIL}`,
      id: `${at}${EVIL}`,
      tool: `Read${EVIL}`,
      args: { file_path: EVIL },
      result: EVIL,
      error: at % 2 === 0 ? EVIL : false,
      model: EVIL,
      tokens: 9,
    })).flatMap((step) => [step, { history: `h${EVIL}`, agent: `a${EVIL}`, kind: "message", text: EVIL }]),
  );
  const page = await pageOf(path, { policyName: EVIL });
  for (const tag of tagsIn(page)) assert.ok(KNOWN.has(tag), tag);
  assert.equal(page.match(/<script/g)?.length, 1);
  for (const [tag] of page.matchAll(/<[a-z][^>]*>/g))
    assert.doesNotMatch(tag.slice(1).replaceAll(/"[^"]*"/g, ""), /\son\w+|</, tag);
  assert.ok(page.includes("&lt;script&gt;alert(1)&lt;/script&gt;"));
  assert.doesNotMatch(page, /[\u0000\u202e]/);
});

test("any text is escaped to what a browser shows again as itself", () => {
  assert.equal(escaped(`<a href="x">&'`), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
});

test("the page loads nothing, and only its own style and script may act", async () => {
  const page = await pageOf(nightOf([{ id: idOf(1), acts: repeated(12) }]));
  assert.doesNotMatch(page, /(?:src|href|action)=|url\(|@import|https?:/);
  const csp = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? "";
  const inner = (tag: string): string => new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? "";
  for (const tag of ["style", "script"])
    assert.ok(csp.includes(`${tag}-src 'sha256-${hash("sha256", inner(tag), "base64")}'`), tag);
  assert.match(csp, /^default-src 'none'; .*base-uri 'none'; form-action 'none'$/);
  assert.doesNotMatch(page, /<[^>]+ style=/);
});

test("a page of histories without a loop says so, and has no script", async () => {
  const page = await pageOf(nightOf([{ id: idOf(1), acts: repeated(2) }]));
  assert.match(page, /None of these histories would have been refused/);
  assert.doesNotMatch(page, /<script/);
});

test("a cost that nobody knows is no $0.00, and what came after says after what", async () => {
  const night = nightOf(
    Array.from({ length: 52 }, (_, number) => ({ id: idOf(number), acts: repeated(9), model: "somebody-1" })),
  );
  const page = await pageOf(night);
  assert.doesNotMatch(page, /\$0\.00/);
  assert.equal(page.match(/data-name="after it\*">-</g)?.length, 1);
  assert.match(page, /steps after it<\/dt>\s*<dd>104 <small>until the history ended or a human spoke<\/small>/);
  assert.match(page, /after it: after the step that would have been refused, until/);
});

test("of a rule that only observes the card says that the agent would have read nothing", async () => {
  const words = wordsOf(4);
  const page = await pageOf(nightOf([{ id: idOf(1), acts: [...honest(words, 8), ...failingCheck(words, 20)] }]));
  assert.match(page, /<summary>observed: the agent would have read nothing; enforced, it would have read:</);
  assert.match(page, /<li>do not retry it, also not through another tool: 2 more refusals end the run<\/li>/);
});

test("each refused history has a card with its strip, its verdict and its steps, the rest a line", async () => {
  const night = `${folder}/nights`;
  writeNights(night);
  const page = await pageOf(night);
  assert.equal(page.match(/<article/g)?.length, 5);
  assert.equal(page.match(/ at"><\/i>/g)?.length, 5 + 1, "one mark a card, one in the legend");
  assert.match(page, /this call gave one result 6 times, limit 6/);
  assert.match(page, /exec-kernel audit show 4e1c0001 --at 15/);
  const many = nightOf(Array.from({ length: 55 }, (_, number) => ({ id: idOf(number), acts: repeated(9) })));
  const crowded = await pageOf(many);
  assert.equal(crowded.match(/<article/g)?.length, 50);
  assert.equal(crowded.match(/<tr data-find>/g)?.length, 5);
});

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

for (const [scheme, block] of [
  ["light", STYLE.slice(0, STYLE.indexOf("@media"))],
  ["dark", STYLE.slice(STYLE.indexOf("@media"), STYLE.indexOf("* {"))],
] as const)
  test(`words and marks have the contrast of WCAG AA where the system is ${scheme}`, () => {
    const colours = new Map(
      [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = "", value = ""]) => [name, value]),
    );
    const of = (name: string): string => colours.get(name) ?? "#000000";
    const texts = ["text", "muted", "new-text", "seen-text", "failed-text", "polled-text", "user-text"];
    for (const ground of ["bg", "card", "code"])
      for (const text of texts) assert.ok(contrast(of(text), of(ground)) >= 4.5, `${text} on ${ground}`);
    for (const mark of ["new", "seen", "failed", "polled", "words", "user", "target", "focus"])
      assert.ok(contrast(of(mark), of("card")) >= 3, mark);
    assert.ok(contrast(of("badge-text"), of("badge")) >= 4.5);
    assert.ok(contrast(of("strong"), of("strong-bg")) >= 4.5);
  });
