// The audit of steps as one page for a browser: it needs no network, runs nothing but its own search box, and every word
// from a transcript is escaped.

import { hash } from "node:crypto";
import type { RefusedHistory, StepRuleReport, StepsReport } from "../steps/report.ts";
import type { Trace } from "../steps/trace.ts";
import { counted, days, fineShare, grouped, knownMoney, money, needsYear } from "../show/amounts.ts";
import { footnotes, remarks } from "../show/steps-remarks.ts";
import { whatOf } from "../show/step-words.ts";
import { tokens } from "../show/steps-table.ts";
import { historyCard, historyRow, modeHtml } from "./history-card.ts";
import { html, NOTHING } from "./html.ts";
import type { Html } from "./html.ts";
import { SCRIPT } from "./script.ts";
import { legendHtml } from "./strip.ts";
import { STYLE } from "./style.ts";

/** By this an older page of the same kind is known, and may be written over. */
export const REPORT_MARK = '<meta name="generator" content="exec-kernel audit">';

/** Histories that have a card; the rest stands in a table, as far as a page can hold. */
export const CARDS_MAX = 50;
const ROWS_MAX = 1_000;

function policyOf(text: string): string {
  return `'sha256-${hash("sha256", text, "base64")}'`;
}

function headHtml(): Html {
  const csp = `default-src 'none'; style-src ${policyOf(STYLE)}; script-src ${policyOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  return {
    html: `<meta charset="utf-8">
${REPORT_MARK}
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Audit of agents' steps</title>
<style>${STYLE}</style>`,
  };
}

function figure(name: string, value: string, more = ""): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}${more === "" ? NOTHING : html` <small>${more}</small>`}</dd>
  </div>`;
}

/** How far what came after a refusal is counted. */
const UNTIL = "until the history ended or a human spoke";

function figuresHtml({ histories, total, refused, reachedNew, rules }: StepsReport): Html {
  const sum = (pick: (rule: StepRuleReport) => number): number => rules.reduce((all, rule) => all + pick(rule), 0);
  const unpriced = sum(({ after }) => after.unpricedTokens);
  const ofAll = total.costMicros === 0 ? "" : `of ${money(total.costMicros)}`;
  return html`<dl class="figures">
    ${[
      figure("histories", grouped(histories), counted(total.steps, "step")),
      figure("would have been refused", grouped(refused), fineShare(refused, histories)),
      figure("steps after it", grouped(sum(({ after }) => after.steps)), UNTIL),
      figure("cost after it*", knownMoney(sum(({ after }) => after.costMicros)), ofAll),
      ...(unpriced > 0 ? [figure("tokens after it, unpriced", tokens(unpriced))] : []),
      figure("check first", grouped(reachedNew), "a new result came"),
    ]}
  </dl>`;
}

function ruleRow({ code, mode, histories, after, reachedNew, worst }: StepRuleReport, unpriced: boolean): Html {
  const tokensCell = unpriced
    ? html`<td class="num" data-name="tokens unpriced">${tokens(after.unpricedTokens)}</td>`
    : NOTHING;
  const [first] = worst;
  const one =
    first === undefined
      ? NOTHING
      : html`<code>${first.short}</code> ${counted(first.own.steps, "step")}, ${whatOf(code)}`;
  return html`<tr>
    <td>${code}</td>
    <td>${modeHtml(mode)}</td>
    <td class="num" data-name="${histories === 1 ? "history" : "histories"}">${grouped(histories)}</td>
    <td class="num" data-name="${after.steps === 1 ? "step after it" : "steps after it"}">${grouped(after.steps)}</td>
    <td class="num" data-name="after it*">${knownMoney(after.costMicros)}</td>
    ${tokensCell}
    <td class="num" data-name="to check first">${grouped(reachedNew)}</td>
    <td class="last">${one}</td>
  </tr>`;
}

function rulesHtml({ rules }: StepsReport): Html {
  if (rules.length === 0) return NOTHING;
  const unpriced = rules.some(({ after }) => after.unpricedTokens > 0);
  const rows = rules.map((rule) => ruleRow(rule, unpriced));
  const head = unpriced ? html`<th class="num">Unpriced</th>` : NOTHING;
  return html`<h2>By rule</h2>
    <p class="muted lead">after it: after the step that would have been refused, ${UNTIL}</p>
    <div class="scroll">
      <table class="rules">
        <thead>
          <tr>
            <th>Rule</th>
            <th>Mode</th>
            <th class="num">Histories</th>
            <th class="num">Steps after it</th>
            <th class="num">Cost after it*</th>
            ${head}
            <th class="num">Check first</th>
            <th>Worst</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

function cardsHtml(worst: readonly RefusedHistory[], traces: readonly (Trace | null)[]): Html {
  if (worst.length === 0)
    return html`<h2>No loop was found</h2>
      <p class="muted">None of these histories would have been refused.</p>`;
  const withYear = worst.some(({ range }) => needsYear(range));
  const cards = worst.slice(0, CARDS_MAX).map((one, index) => historyCard(one, traces[index] ?? null, withYear));
  return html`<h2>${worst.length > CARDS_MAX ? `The worst ${CARDS_MAX}` : "History by history"}</h2>
    <div class="tools" id="tools" hidden>
      <label for="search">find</label
      ><input id="search" type="search" placeholder="a tool, a file, an id, a rule" autocomplete="off" /><span
        id="count"
        class="muted"
        role="status"
      ></span>
    </div>
    ${legendHtml()}${cards}`;
}

function restHtml(worst: readonly RefusedHistory[]): Html {
  const rest = worst.slice(CARDS_MAX, CARDS_MAX + ROWS_MAX);
  if (rest.length === 0) return NOTHING;
  const left = worst.length - CARDS_MAX - rest.length;
  const more = left > 0 ? html`<p class="muted">and ${grouped(left)} more</p>` : NOTHING;
  return html`<h2>The others</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Id</th>
            <th>Rule</th>
            <th class="num">Refused at</th>
            <th class="num">Steps after it</th>
            <th class="num">Cost after it*</th>
            <th>Doubt</th>
          </tr>
        </thead>
        <tbody>
          ${rest.map(historyRow)}
        </tbody>
      </table>
    </div>
    ${more}`;
}

function notesHtml(report: StepsReport): Html {
  const lines = [
    ...remarks(report),
    ...footnotes(report),
    "this page holds pieces of your transcripts: read it before you hand it on",
  ];
  return html`<footer class="notes">
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </footer>`;
}

/** The whole page; `traces` are those of the worst histories, in their order. */
export function reportPage(report: StepsReport, traces: readonly (Trace | null)[]): string {
  const { range, policy, worst } = report;
  const when = range === null ? `Judged by ${policy}` : `${days(range)}, judged by ${policy}`;
  // A page without a history to find has no search box, and no script that looks for one.
  const script = worst.length === 0 ? "" : `<script>${SCRIPT}</script>`;
  const body = html`<main>
    <h1>What would have been refused</h1>
    <p class="muted">${when}. Nothing was sent anywhere.</p>
    ${figuresHtml(report)} ${rulesHtml(report)} ${cardsHtml(worst, traces)} ${restHtml(worst)} ${notesHtml(report)}
  </main>`;
  return `<!doctype html>\n<html lang="en">\n<head>\n${headHtml().html}\n</head>\n<body>\n${body.html}\n${script}\n</body>\n</html>\n`;
}
