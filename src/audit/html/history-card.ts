// One refused history: why, its strip, what repeated, what came after, and the steps around the refusal to open.

import type { RefusedHistory } from "../steps/report.ts";
import type { Trace, TraceRow } from "../steps/trace.ts";
import { clock, counted, grouped, knownMoney, money, when } from "../show/amounts.ts";
import { fit } from "../show/plain.ts";
import { readHeading, refusalLines, verdictOf, whatOf } from "../show/step-words.ts";
import { tokens } from "../show/steps-table.ts";
import { html, NOTHING } from "./html.ts";
import type { Html } from "./html.ts";
import { CAME_WORDS, stripHtml } from "./strip.ts";

const REPEATED_SHOWN = 3;
/** Characters of a call or a result. */
const TEXT_MAX = 240;

export function modeHtml(mode: RefusedHistory["mode"]): Html {
  return mode === "enforce"
    ? html`<span class="badge enforced">enforced</span>`
    : html`<span class="badge">observed</span>`;
}

/** Calls that stand more than once among the rows, else the refused one: what the loop is made of. */
function repeatedRows({ rows, target }: Trace): readonly TraceRow[] {
  const calls = Map.groupBy(
    rows.filter(({ came }) => came !== "user"),
    ({ tool, call }) => `${tool}\n${call}`,
  );
  const more = [...calls.values()].filter((same) => same.length > 2).toSorted((a, b) => b.length - a.length);
  const found = more.slice(0, REPEATED_SHOWN).flatMap((same) => same.slice(-1));
  return found.length > 0 ? found : rows.filter(({ place, came }) => place === target && came !== "user");
}

function resultHtml(result: string | null): Html {
  return result === null || result === "" ? NOTHING : html`<code class="result">${fit(result, TEXT_MAX)}</code>`;
}

/** Words of the agent itself have no tool. */
function namedHtml(tool: string): Html {
  return tool === "" ? NOTHING : html`<b>${tool}</b> `;
}

function repeatedHtml(trace: Trace): Html {
  const each = repeatedRows(trace).map(({ tool, call, result }) => {
    return html`<li><code>${namedHtml(tool)}${fit(call, TEXT_MAX)}</code>${resultHtml(result)}</li>`;
  });
  return each.length === 0
    ? NOTHING
    : html`<h4>what repeated</h4>
        <ul class="repeated">
          ${each}
        </ul>`;
}

function afterHtml({ step, own, after, reachedNew, success }: RefusedHistory): Html {
  const unpriced =
    after.unpricedTokens === 0
      ? NOTHING
      : html`<li><b>${tokens(after.unpricedTokens)}</b> tokens without a price after it</li>`;
  const cost = after.costMicros === 0 ? NOTHING : html`<li><b>${money(after.costMicros)}</b>* after it</li>`;
  const check = reachedNew ? html`<li class="check"><b>check first</b>: a new result came afterwards</li>` : NOTHING;
  const end = success === null ? NOTHING : html`<li>the run <b>${success ? "succeeded" : "failed"}</b></li>`;
  return html`<ul class="facts">
    <li>refused at step <b>${grouped(step)}</b> of ${grouped(own.steps)}</li>
    <li><b>${grouped(after.steps)}</b> ${after.steps === 1 ? "step" : "steps"} after it</li>
    ${cost}${unpriced}${end}${check}
  </ul>`;
}

function rowHtml(row: TraceRow, target: number | null): Html {
  const { place, came, atMs, tool, call, result, tag, refused } = row;
  const isTarget = place === target && came !== "user";
  const note =
    refused === null || came === "user"
      ? NOTHING
      : html`<span class="refused"
          >${isTarget ? "refused here" : "also refused"}: ${verdictOf(refused.code, refused.numbers)}</span
        >`;
  const name = came === "user" ? "human" : tool;
  const mark = isTarget ? html` class="target"` : NOTHING;
  return html`<li${mark}>
    <span class="no">${came === "user" ? "" : grouped(place)}</span>
    <span class="time">${atMs === null ? "" : clock(atMs)}</span>
    <span class="tag">${tag}</span>
    <span class="came ${came}">${CAME_WORDS[came]}</span>
    <span class="what"><code>${namedHtml(name)}${fit(call, TEXT_MAX)}</code>${resultHtml(result)}${note}</span>
  </li>`;
}

function stepsHtml({ rows, target }: Trace): Html {
  const each = rows.map((row) => rowHtml(row, target));
  return html`<details>
    <summary>the steps around it <span class="hint">same call: a letter, same result: a number</span></summary>
    <ol class="steps">
      ${each}
    </ol>
  </details>`;
}

function readHtml({ code, numbers, mode }: RefusedHistory): Html {
  const each = refusalLines(code, numbers).map((line) => html`<li>${line}</li>`);
  return html`<details>
    <summary>${readHeading(mode)}</summary>
    <ul class="asread">
      ${each}
    </ul>
  </details>`;
}

/** The card of one history; `trace` null where its files are gone since. */
export function historyCard(refused: RefusedHistory, trace: Trace | null, withYear: boolean): Html {
  const { short, id, code, numbers, mode, range, step } = refused;
  const body =
    trace === null
      ? html`<p class="muted">its file changed while this page was made</p>`
      : html`${stripHtml(trace)}${afterHtml(refused)}${repeatedHtml(trace)}${stepsHtml(trace)}`;
  return html`<article class="card" data-find>
    <header>
      <h3><code title="${id}">${short}</code> ${whatOf(code)}</h3>
      <p class="muted">${code} ${modeHtml(mode)} <span>${when(range, withYear)}</span></p>
    </header>
    <p class="verdict">${verdictOf(code, numbers)}</p>
    ${body}${readHtml(refused)}
    <p class="command"><code>exec-kernel audit show ${short} --at ${step}</code></p>
  </article> `;
}

/** One line of the table of those that have no card. */
export function historyRow({ short, code, mode, own, step, after, reachedNew }: RefusedHistory): Html {
  return html`<tr data-find>
    <td><code>${short}</code></td>
    <td>${code} ${modeHtml(mode)}</td>
    <td class="num">${grouped(step)} of ${counted(own.steps, "step")}</td>
    <td class="num">${grouped(after.steps)}</td>
    <td class="num">${knownMoney(after.costMicros)}</td>
    <td>${reachedNew ? "check first" : ""}</td>
  </tr> `;
}
