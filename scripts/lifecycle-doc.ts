// Writes the generated parts of docs/lifecycle.md (the drawn default table, its moves, the proofs) from the core:
// `npm run docs`. A test holds the page to them.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_LIFECYCLE, drawLifecycle, proveLifecycle } from "../src/core/index.ts";
import type { ProofName } from "../src/core/index.ts";

const PAGE = join(import.meta.dirname, "../docs/lifecycle.md");

type Refusal = { readonly means: string; readonly mend: string };

const REFUSALS: { readonly [P in ProofName]: Refusal } = {
  known_states: {
    means: "a part, move or guard names what is no state",
    mend: "add the state to `states`, or correct the name",
  },
  edges_once: {
    means: "which of the two would hold, nobody could tell",
    mend: "keep one of them, with all who may in its `by`",
  },
  roles_apart: { means: "one state plays two parts that exclude each other", mend: "give each part its own state" },
  roles_open: {
    means: "work could be claimed, parked or reviewed in a state that ends it",
    mend: "take the state out of `terminal`, or let another one play the part",
  },
  beginnings: {
    means: "a new task would be ended, or held by nobody",
    mend: "name only states in `initial` that work waits in",
  },
  reachable: { means: "no task would ever be in this state", mend: "add a move to it, or remove it" },
  no_traps: { means: "a task in this state could never end", mend: "add a move out of it" },
  endings: {
    means: "ended work would begin again by itself",
    mend: "give the move `by: human`, or remove it",
  },
  claimable: {
    means: "no agent could begin any work",
    mend: "add the move from `released` to `working`, for agents",
  },
  returned: {
    means: "work of an agent that died would be held for ever",
    mend: "add `system` to the `by` of that move, or leave the move out: it is then added",
  },
  parkable: {
    means: "work that keeps failing could not be put before a human",
    mend: "add `system` to the `by` of that move, or leave the move out: it is then added",
  },
  parked_left: {
    means: "parked work waits for a human, who could do nothing",
    mend: "add a move out of `parked` for humans",
  },
  finishable: {
    means: "agents could work and never finish",
    mend: "add a way of moves for agents from `working` to `completed`, which must be terminal",
  },
  guards: {
    means: "nobody who enters the state there could ever meet the guard",
    mend: "demand it of a later state",
  },
};

function cell(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(", ");
}

function movesTable(): string {
  const { states, edges, guards } = DEFAULT_LIFECYCLE;
  const of = (state: string, by: "agent" | "human" | "system"): string =>
    cell(edges.filter((edge) => edge.from === state && edge.by.includes(by)).map(({ to }) => to));
  const rows = states.map(
    (state) =>
      `| \`${state}\` | ${of(state, "agent")} | ${of(state, "human")} | ${of(state, "system")} | ${cell(guards[state] ?? [])} |`,
  );
  return ["| from | agents to | humans to | the system to | demands |", "|---|---|---|---|---|", ...rows].join("\n");
}

function proofsTable(): string {
  const rows = proveLifecycle(DEFAULT_LIFECYCLE).map(({ name, says }) => {
    const { means, mend } = REFUSALS[name];
    return `| \`${name}\` | ${says} | ${means} | ${mend} |`;
  });
  return [
    "| proof | of the default table it says | refused, because else | to mend it |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

const PARTS: ReadonlyMap<string, () => string> = new Map([
  ["drawing", () => `\`\`\`mermaid\n${drawLifecycle(DEFAULT_LIFECYCLE)}\`\`\``],
  ["moves", movesTable],
  ["proofs", proofsTable],
]);

export const PART_NAMES: readonly string[] = [...PARTS.keys()];

/** The page with its generated parts as the core has them now. */
export function withGeneratedParts(page: string): string {
  return page.replaceAll(
    /(<!-- generated: (\w+) -->\n)(?:(?!<!--)[\s\S])*(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => `${begin}${PARTS.get(name)?.() ?? ""}\n${end}`,
  );
}

if (import.meta.main) writeFileSync(PAGE, withGeneratedParts(readFileSync(PAGE, "utf8")));
