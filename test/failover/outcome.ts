// What became of the trial: every workspace read back through the store, as anybody would, and held against the answers.

import type { Kernel } from "../../src/kernel/index.ts";
import { logOf } from "../support/lives.ts";
import type { Answer } from "./answers.ts";
import { check } from "./check.ts";
import type { Findings } from "./check.ts";
import { openKernels } from "./open-kernels.ts";
import { usedIn } from "./used.ts";

// Fewer grants prove nothing.
const GRANTS_MIN = 1_000;

export type Outcome = {
  readonly findings: Findings;
  /** What `verify` found, and a run that was too tame. */
  readonly broken: readonly string[];
  /** A line for each workspace. */
  readonly summary: readonly string[];
};

/** One workspace's log and meters against what was acknowledged in it, read through the store as anybody would. */
async function outcomeOf(kernel: Kernel, answers: readonly Answer[]): Promise<Outcome> {
  const findings = check(answers, await logOf(kernel), await usedIn(kernel));
  const { ok, findings: faults, events } = await kernel.verify();
  const granted = answers.filter(({ verdict }) => verdict === "granted").length;
  const broken = [
    ...(ok ? [] : faults.map((fault) => JSON.stringify(fault))),
    ...(granted >= GRANTS_MIN ? [] : [`only ${granted} grants: too tame a run to prove anything`]),
  ];
  const summary = `${kernel.workspace}: ${granted} grants, ${answers.length - granted} refusals, ${events} events`;
  return { findings, broken: broken.map((text) => `${kernel.workspace}: ${text}`), summary: [summary] };
}

/** All workspaces together, after every client had its last answer. */
export async function outcome(answers: readonly Answer[], url: string): Promise<Outcome> {
  const { kernels, diskBytes, close } = await openKernels(url);
  const all: Outcome[] = [];
  for (const kernel of kernels)
    all.push(
      await outcomeOf(
        kernel,
        answers.filter(({ workspace }) => workspace === kernel.workspace),
      ),
    );
  const bytes = Math.round((await diskBytes()) / answers.length);
  await close();
  const lines = (of: (one: Outcome) => readonly string[]): readonly string[] => all.flatMap(of);
  return {
    findings: {
      lost: lines(({ findings }) => findings.lost),
      doubled: lines(({ findings }) => findings.doubled),
      misbooked: lines(({ findings }) => findings.misbooked),
    },
    broken: lines(({ broken }) => broken),
    summary: [...lines(({ summary }) => summary), `${bytes} bytes an answer in tables and indices`],
  };
}
