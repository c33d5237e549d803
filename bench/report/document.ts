// docs/benchmarks.md, as the benchmark writes it.

import { describe } from "./machine.ts";
import type { Machine } from "./machine.ts";
import { isMet } from "./row.ts";
import type { Row } from "./row.ts";
import { details, table } from "./table.ts";

/** Everything that one run has to tell. */
export type Report = { readonly rows: readonly Row[]; readonly machine: Machine; readonly seed: string };

/** How many targets were met, of those that could be judged. */
export function verdict(rows: readonly Row[]): string {
  const judged = rows.map(isMet).filter((met) => met !== null);
  const open = rows.filter((row) => row.target !== null && isMet(row) === null).length;
  const rest = open === 0 ? "" : `, ${open} not compared`;
  return `${judged.filter(Boolean).length} of ${judged.length} targets met${rest}`;
}

/** The document as text. */
export function document({ rows, machine, seed }: Report): string {
  return `# Benchmarks

Written by \`npm run bench -- --write\`; do not edit. ${describe(machine)}. Seed: ${seed}. ${verdict(rows)}.

${table(rows)}
${details(rows)}
The seed is the Python package exec-kernel. Ours and its peer run in turns, in the same minute, and "ours to peer" is the
median of the rounds' own ratios: compare those, the rest changes with the machine. "10x faster" says that the peer
takes ten times as long, "1.1x" that ours takes 1.1 times what the peer does. p99 is of single measurements, where there
are any. A time of a decision in memory includes the clock's own reading, some 40 ns; every rule refuses there. A bare
commit writes the bytes that ours wrote, by plain SQL in one transaction, into the same tables under the same pragmas.
A log of ten million events is filled with events that change no row but the head: it measures what the log's length costs,
a million tasks what the rows cost.

\`\`\`
npm run bench                       everything, some 6 minutes; half of it makes a million tasks
npm run bench -- --quick            fewer rounds
npm run bench -- --only durable     one part
npm run bench -- --json             for programs
npm run bench -- --install-seed     puts the seed into node_modules/.cache/seed (needs Python 3.11 or later)
npm run bench -- --install-gemini   puts Gemini CLI's loop detector into node_modules/.cache/gemini-cli-core
EXEC_KERNEL_SEED_PYTHON=/usr/bin/python3 npm run bench     a Python that has the seed already
\`\`\`
`;
}
