// A history as a strip: a cell a step, its colour what came of it, its height what it did, and a mark at the step that
// would have been refused. The loop is what does not change colour any more.

import type { Came } from "../steps/outcome.ts";
import type { Cell, Trace } from "../steps/trace.ts";
import { counted, grouped } from "../show/amounts.ts";
import { html, NOTHING } from "./html.ts";
import type { Html } from "./html.ts";

/** One letter a class: a page has tens of thousands of cells. */
const COLOURS: { readonly [C in Came]: string } = {
  new: "n",
  seen: "s",
  failed: "f",
  polled: "p",
  silent: "q",
  message: "m",
  user: "u",
};

const HEIGHTS: { readonly [K in Cell["kind"]]: string } = {
  mutate: "h4",
  verify: "h3",
  observe: "h2",
  message: "h1",
  user: "h4",
};

/** What a cell shows, in words, for the legend and for whoever sees no colours. */
export const CAME_WORDS: { readonly [C in Came]: string } = {
  new: "something new",
  seen: "seen before",
  failed: "failed",
  polled: "polled",
  silent: "no result",
  message: "words, no call",
  user: "a human spoke",
};

function cellHtml({ came, kind }: Cell, isTarget: boolean): Html {
  return { html: `<i class="${COLOURS[came]} ${HEIGHTS[kind]}${isTarget ? " at" : ""}"></i>` };
}

/** The place in the cells of the step with this number; a human's words have the number of the step before. */
function targetIndex({ cells, cellsFrom, target }: Trace): number {
  let place = cellsFrom - 1;
  if (cells[0]?.came === "user") place += 1;
  return cells.findIndex(({ came }) => {
    if (came !== "user") place += 1;
    return came !== "user" && place === target;
  });
}

function spoken(trace: Trace): string {
  const counts = new Map<Came, number>();
  for (const { came } of trace.cells) counts.set(came, (counts.get(came) ?? 0) + 1);
  const each = [...counts].map(([came, count]) => `${grouped(count)} ${CAME_WORDS[came]}`).join(", ");
  return `${counted(trace.cells.length, "step")} from step ${trace.cellsFrom}: ${each}`;
}

/** The strip with what was left out at its ends. */
export function stripHtml(trace: Trace): Html {
  const { cells, cellsFrom, history } = trace;
  const at = targetIndex(trace);
  const steps = cells.filter(({ came }) => came !== "user").length;
  const before = Math.max(0, cellsFrom - 1);
  const after = Math.max(0, history.places - before - steps);
  const left = before > 0 ? html`<span class="cut">${grouped(before)} before</span>` : NOTHING;
  const right = after > 0 ? html`<span class="cut">${grouped(after)} more</span>` : NOTHING;
  const all = cells.map((cell, index) => cellHtml(cell, index === at));
  return html`<div class="strip" role="img" aria-label="${spoken(trace)}">${left}${all}${right}</div>`;
}

const LEGEND_CAME: readonly Came[] = ["new", "seen", "failed", "polled", "message", "user"];
const LEGEND_KINDS: readonly (readonly [kind: Cell["kind"], words: string])[] = [
  ["mutate", "a change"],
  ["verify", "a check"],
  ["observe", "a look"],
  ["message", "words"],
];

export function legendHtml(): Html {
  const came = LEGEND_CAME.map(
    (one) => html`<li>${cellHtml({ came: one, kind: "mutate" }, false)} ${CAME_WORDS[one]}</li>`,
  );
  const kinds = LEGEND_KINDS.map(
    ([kind, words]) => html`<li>${cellHtml({ came: "silent", kind }, false)} ${words}</li>`,
  );
  return html`<div class="legend">
    <ul aria-label="colours">
      ${came}
    </ul>
    <ul aria-label="heights">
      ${kinds}
      <li>${cellHtml({ came: "seen", kind: "observe" }, true)} refused here</li>
    </ul>
  </div>`;
}
