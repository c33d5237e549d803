// Most commands are one request to the kernel and the telling of its answer. What the surroundings add to every
// request (command id, run, fence, dry run) is added here.

import type { Kernel, RequestBodies, RequestOptions, RequestType } from "../kernel/index.ts";
import { withWorkspace } from "./context.ts";
import type { Opening } from "./context.ts";
import { report } from "./output/report.ts";
import type { Beside } from "./output/report.ts";
import type { Call, FlagSpecs } from "./args/spec.ts";
import { UsageError } from "./args/usage.ts";
import { whole } from "./args/values.ts";

/** Flags of commands that write to a task. */
export const FENCE_FLAG: FlagSpecs = {
  fence: { value: "N", about: "the fence your claim gave (else EXEC_KERNEL_FENCE)" },
};

export const REASON_FLAG: FlagSpecs = { reason: { value: "TEXT", about: "why; kept in the log" } };

/** Of commands that nobody gives without a reason. */
export const REQUIRED_REASON_FLAG: FlagSpecs = { reason: { value: "TEXT", about: "required: why; kept in the log" } };

function fenceOf({ flags, io }: Call): number | undefined {
  const flag = flags.text("fence");
  if (flag !== undefined) return whole("--fence", flag);
  const given = io.env["EXEC_KERNEL_FENCE"] ?? "";
  return given === "" ? undefined : whole("EXEC_KERNEL_FENCE", given);
}

/** What this call's flags and environment add to any request. */
export function optionsOf(call: Call): RequestOptions {
  const { commandId, dryRun } = call.globals;
  const run = call.io.env["EXEC_KERNEL_RUN"];
  if (commandId !== undefined && commandId.trim() === "") throw new UsageError("--command-id is empty");
  return { commandId, run: run === "" ? undefined : run, fence: fenceOf(call), dryRun };
}

/** A request before the surroundings are added. */
export type Asked = { [T in RequestType]: { readonly type: T; readonly body: RequestBodies[T] } }[RequestType];

/** A request that hangs on what stands in the workspace, such as its policy. */
type AskedOf = (kernel: Kernel) => Promise<Asked>;

/** What is to be told of a request that is granted, as it is before it is sent. */
export type Aside = (kernel: Kernel) => Promise<Beside>;

export type Sending = Pick<Opening, "digests"> & {
  readonly aside?: Aside;
};

/** Sends one request as the actor the credentials name and tells the answer. */
export async function submit(call: Call, asked: Asked | AskedOf, { aside, ...opening }: Sending = {}): Promise<number> {
  const options = optionsOf(call);
  return withWorkspace(call, { ...opening, acts: true }, async ({ kernel }) => {
    const beside = await aside?.(kernel);
    const request = typeof asked === "function" ? await asked(kernel) : asked;
    const reply = await kernel.submit({ ...options, ...request });
    return report(call, reply, reply.decision.verdict === "granted" ? beside : undefined);
  });
}
