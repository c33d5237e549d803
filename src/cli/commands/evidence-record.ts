// evidence record: what a harness saw of the work: how a command ended, what a reviewer said, or a link. An agent's own
// word is no evidence, so only a harness may.

import type { RequestBodies } from "../../kernel/index.ts";
import { readText } from "../args/read-text.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec, Flags } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { whole, wholeOr } from "../args/values.ts";
import { submit } from "../submit.ts";

const OUTPUT_BYTES_MAX = 16_777_216;

type Seen = Pick<RequestBodies["record_evidence"], "what" | "name" | "exitCode" | "approved">;

function checkAlone({ on }: Flags, kind: "command" | "review" | "link", command: string): void {
  const others = { command: ["exit-code"], review: ["approved", "rejected"], link: [] };
  for (const [other, own] of Object.entries(others)) {
    const stray = other === kind ? undefined : [other, ...own].find((name) => on(name));
    if (stray !== undefined) throw new UsageError(`--${stray} does not go with --${kind}`, command);
  }
}

function verdictOf({ on }: Flags, command: string): boolean {
  if (on("approved") === on("rejected"))
    throw new UsageError("a review needs its verdict: --approved or --rejected", command);
  return on("approved");
}

/** The one thing that was seen. */
function seen({ flags, command }: Call): Seen {
  const [line, review, link] = [flags.text("command"), flags.text("review"), flags.text("link")];
  if (line !== undefined) {
    checkAlone(flags, "command", command);
    const exit = flags.text("exit-code");
    if (exit === undefined) throw new UsageError("--exit-code is missing: say how the command ended", command);
    return { what: "command", name: line, exitCode: whole("--exit-code", exit) };
  }
  if (review !== undefined) {
    checkAlone(flags, "review", command);
    return { what: "review", name: review, approved: verdictOf(flags, command) };
  }
  if (link === undefined) throw new UsageError("nothing was seen: give --command, --review or --link", command);
  checkAlone(flags, "link", command);
  return { what: "link", name: link };
}

export const evidenceRecord: CommandSpec = {
  name: "evidence record",
  summary: "what a harness saw of the work",
  about: [
    "It counts for the present attempt and claim only. A human acts as a harness with --as harness:NAME; agents cannot.",
  ],
  args: [{ name: "TASK" }],
  flags: {
    command: { value: "LINE", about: "a command that was run" },
    "exit-code": { value: "N", about: "how it ended; 0 passes" },
    review: { value: "NAME", about: "who reviewed it: not whoever did the work" },
    approved: { about: "the reviewer approved" },
    rejected: { about: "the reviewer did not" },
    link: { value: "URL", about: "where the result is" },
    "output-file": { value: "FILE", about: "the output, - reads stdin; only its digest is kept" },
    attempt: { value: "N", about: "the attempt it was seen in (else the present one)" },
    "of-fence": { value: "N", about: "the fence of the claim it was seen under (else the present one)" },
  },
  examples: [
    'exec-kernel evidence record T-1 --command "npm test" --exit-code 0 --as harness:ci',
    "exec-kernel evidence record T-1 --review ada --approved --as harness:ci",
    "exec-kernel evidence record T-1 --link https://example.org/pull/7 --as harness:ci",
  ],
  run: async (call) => {
    const { text } = call.flags;
    const file = text("output-file");
    const body = {
      task: firstArg(call),
      ...seen(call),
      output: file === undefined ? undefined : readText("--output-file", file, OUTPUT_BYTES_MAX),
      attempt: wholeOr("--attempt", text("attempt"), 1),
      of: wholeOr("--of-fence", text("of-fence")),
    };
    return submit(call, { type: "record_evidence", body }, { digests: file !== undefined });
  },
};
