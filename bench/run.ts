// npm run bench: ours and its peers in the same run, one table, targets met or not.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { FULL, QUICK } from "./measure/effort.ts";
import { PARTS } from "./parts/index.ts";
import { document, verdict } from "./report/document.ts";
import type { Report } from "./report/document.ts";
import { describe, machine } from "./report/machine.ts";
import { GEMINI_FOLDER, installGemini } from "./peers/gemini-real.ts";
import { isMet } from "./report/row.ts";
import { details, table } from "./report/table.ts";
import { PartFailed, runParts } from "./run-parts.ts";
import { installSeed } from "./seed/install.ts";
import { findSeed, SEED_FOLDER } from "./seed/seed.ts";

const DOCUMENT = join(import.meta.dirname, "../docs/benchmarks.md");
const NAMES = PARTS.map((part) => part.name);

const OPTIONS = {
  json: { type: "boolean" },
  quick: { type: "boolean" },
  write: { type: "boolean" },
  "install-seed": { type: "boolean" },
  "install-gemini": { type: "boolean" },
  only: { type: "string", multiple: true },
} as const;

type Flags = {
  readonly json: boolean;
  readonly quick: boolean;
  readonly write: boolean;
  readonly only: readonly string[];
};

type Installation = {
  readonly flag: "install-seed" | "install-gemini";
  readonly folder: string;
  readonly install: () => string | null;
};

/** Peers that are found where they were installed, and done without elsewhere. */
const INSTALLATIONS: readonly Installation[] = [
  { flag: "install-seed", folder: SEED_FOLDER, install: installSeed },
  { flag: "install-gemini", folder: GEMINI_FOLDER, install: installGemini },
];

/** Why these flags make no sense together; null where they do. */
function senseless({ quick, write, only }: Flags): string | null {
  const unknown = only.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) return `there is no part ${unknown}; parts: ${NAMES.join(", ")}`;
  if (write && (quick || only.length > 0)) return "--write takes the whole benchmark: leave out --quick and --only";
  return null;
}

/** What is asked, or one line that says why it cannot be done. */
function readFlags(args: readonly string[]): (Flags & { readonly installs: readonly Installation[] }) | string {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const { json = false, quick = false, write = false, only = [] } = values;
    const installs = INSTALLATIONS.filter(({ flag }) => values[flag] === true);
    const flags = { json, quick, write, only, installs };
    return senseless(flags) ?? flags;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

function show({ json, write }: Flags, report: Report): void {
  const { rows } = report;
  if (write) writeFileSync(DOCUMENT, document(report));
  if (json) console.log(JSON.stringify({ ...report, rows: rows.map((row) => ({ ...row, met: isMet(row) })) }, null, 2));
  else console.log(`\n${table(rows)}\n${details(rows)}\n${verdict(rows)}`);
}

async function measure(flags: Flags): Promise<void> {
  const found = findSeed(process.env);
  const seed = typeof found === "string" ? null : found;
  const here = machine();
  console.error(describe(here));
  console.error(typeof found === "string" ? found : `seed: exec-kernel ${found.version}`);
  const names = NAMES.filter((name) => flags.only.length === 0 || flags.only.includes(name));
  const rows = await runParts(names, flags.quick ? QUICK : FULL, seed, (name, seconds) =>
    console.error(`${name}: ${seconds.toFixed(1)} s`),
  );
  show(flags, { rows, machine: here, seed: seed === null ? "absent" : seed.version });
}

async function measured(flags: Flags): Promise<void> {
  try {
    await measure(flags);
  } catch (error) {
    if (!(error instanceof PartFailed)) throw error;
    console.error(`bench: ${error.message}`);
    process.exitCode = 1;
  }
}

function installed({ folder, install }: Installation): void {
  const fault = install();
  console.error(fault ?? `installed into ${folder}`);
  if (fault !== null) process.exitCode = 1;
}

const flags = readFlags(process.argv.slice(2));
if (typeof flags === "string") {
  console.error(`bench: ${flags}`);
  process.exitCode = 2;
} else if (flags.installs.length > 0) flags.installs.forEach(installed);
else await measured(flags);
