// audit show: the very steps of one history around the one that would have been refused. Read-only.

import type { Located, Trace } from "../../audit/index.ts";
import type { StepInput } from "../../formats/index.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { wholeOr } from "../args/values.ts";
import { quoted } from "../args/words.ts";
import { pageWidth, rulesFor, TRANSCRIPTS, transcriptFolders } from "./audit-flags.ts";

const STEPS_SHOWN = 16;
const STEPS_MAX = 10_000;
/** Of the steps that are shown, how many stand before the one that is looked at. */
const SHARE_BEFORE = 0.7;
const MEANT_SHOWN = 8;

/** The transcripts below the paths; exit 2 with a word on each path where there is none. */
async function transcripts(call: Call): Promise<readonly StepInput[]> {
  const { findInputs, isStepInput } = await import("../../formats/index.ts");
  const named = call.args.slice(1);
  const paths = named.length === 0 ? transcriptFolders(call.io) : named;
  const { inputs, skipped } = await findInputs(paths);
  const found = inputs.filter(isStepInput);
  if (found.length > 0) return found;
  const why = skipped.map((one) => `${one.path} ${one.why}`);
  const looked = named.length === 0 ? [`neither ${TRANSCRIPTS.join(" nor ")} holds a transcript; name a PATH`] : why;
  throw new UsageError(looked[0] ?? `no transcript in ${paths.join(", ")}`, "audit show");
}

/** Of an id that means many, one a line: in one sentence nobody would find the one that was meant. */
async function tellMeant({ io }: Call, id: string, meant: readonly Located[]): Promise<void> {
  const { describeLocated, harmless } = await import("../../audit/index.ts");
  io.err.line(`exec-kernel audit show: ${quoted(id)} begins ${meant.length} ids:`);
  for (const one of meant.slice(0, MEANT_SHOWN)) io.err.line(`  ${harmless(describeLocated(one))}`);
  const left = meant.length - MEANT_SHOWN;
  if (left > 0) io.err.line(`  and ${left} more`);
}

/** The one history that the id means, in the files that tell of it; null where it means many, which are told. */
async function located(call: Call, inputs: readonly StepInput[]): Promise<Located | null> {
  const { findHistory } = await import("../../audit/index.ts");
  const id = firstArg(call);
  const meant = await findHistory(id, inputs);
  const [one, another] = meant;
  if (one === undefined)
    throw new UsageError(
      `no history has an id that begins with ${quoted(id)}; exec-kernel audit PATH names some`,
      "audit show",
    );
  if (another === undefined) return one;
  await tellMeant(call, id, meant);
  return null;
}

async function traced(
  call: Call,
  at: number | null,
  limit: number,
): Promise<{ readonly trace: Trace; readonly policyName: string } | null> {
  const { traceHistories } = await import("../../audit/index.ts");
  const found = await located(call, await transcripts(call));
  if (found === null) return null;
  const { session, agent, files } = found;
  const { policy, policyName } = await rulesFor(call);
  const before = Math.floor(SHARE_BEFORE * limit);
  const wanted = { session, agent, files: files.map(({ path }) => path), at };
  const options = { policy, rows: { before, from: limit - before }, cells: { before: 0, from: 0 } };
  const [trace] = await traceHistories([wanted], files, options);
  if (trace === undefined || trace === null)
    throw new UsageError(
      `the files of ${quoted(firstArg(call))} changed while they were read; try again`,
      "audit show",
    );
  if (at !== null && trace.target === null)
    throw new UsageError(`--at ${at}: it has ${trace.history.places} steps`, "audit show");
  return { trace, policyName };
}

export const auditShow: CommandSpec = {
  name: "audit show",
  summary: "the steps of one history around the one that would have been refused",
  about: [
    "ID is a session's id as audit names it, or its beginning; a subagent's is SESSION/AGENT.",
    `Without a PATH the transcripts in ${TRANSCRIPTS.join(" and ")} are looked through.`,
    "-q prints what it is and the verdict, without the steps.",
  ],
  args: [{ name: "ID" }, { name: "PATH", optional: true, many: true }],
  flags: {
    at: { value: "N", about: "the step to look at (else the first that would have been refused)" },
    limit: { value: "K", about: `how many steps to show (else ${STEPS_SHOWN})` },
    policy: {
      value: "FILE",
      about: "judge by this configuration's policy (else the one found as usual, else day one)",
    },
  },
  examples: [
    "exec-kernel audit show 4e1c612a",
    "exec-kernel audit show 4e1c612a ~/.claude/projects --at 188 --limit 30",
  ],
  exits: ["0 shown, whatever was found", "2 no history has the ID, or the call is wrong"],
  run: async (call) => {
    const { flags, io, globals, paint } = call;
    const at = wholeOr("--at", flags.text("at"), 1) ?? null;
    const limit = Math.min(STEPS_MAX, wholeOr("--limit", flags.text("limit"), 1) ?? STEPS_SHOWN);
    const found = await traced(call, at, limit);
    if (found === null) return 2;
    const { trace, policyName } = found;
    const { traceHeadLines, traceJsonLine, tracePageLines } = await import("../../audit/index.ts");
    const options = { width: pageWidth(io), paint, policyName };
    if (globals.json) io.out.line(traceJsonLine(trace));
    else io.out.line((globals.quiet ? traceHeadLines : tracePageLines)(trace, options).join("\n"));
    return 0;
  },
};
