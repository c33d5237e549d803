// halt_scope and resume_scope: one row's epoch stops a lineage of any size at once, and resuming is a human's.

import type { CommandSpec, Context, Plan } from "../context.ts";
import { haltKey, taskKey } from "../rows/keys.ts";
import { readHalt, readTask } from "../rows/read.ts";
import { parseScope } from "../scope.ts";

type OfScope = { readonly body: { readonly scope: string } };

function keysOf({ body }: OfScope): readonly string[] {
  const scope = parseScope(body.scope);
  const task = scope?.kind === "task" || scope?.kind === "lineage" ? [taskKey(scope.id)] : [];
  return [haltKey(body.scope), ...task];
}

/** A scope that exists; an agent need not be known to be halted. */
function withScope(text: string, ctx: Context, plan: () => Plan): Plan {
  const scope = parseScope(text);
  if (scope === null) return { code: "scope.unknown", numbers: { scope: text } };
  if (scope.kind !== "task" && scope.kind !== "lineage") return plan();
  const row = readTask(ctx.rows, scope.id);
  if (row === null) return { code: "task.unknown", numbers: { task: scope.id } };
  if (scope.kind === "lineage" && row.root !== row.id)
    return { code: "scope.not_root", numbers: { task: row.id, root: row.root } };
  return plan();
}

export const haltScope: CommandSpec<"halt_scope"> = {
  keys: keysOf,
  propose: ({ body }, ctx) =>
    withScope(body.scope, ctx, () => {
      const { scope, reason } = body;
      const { halted, epoch, by } = readHalt(ctx.rows, scope);
      if (halted) return { code: "halt.already", numbers: { scope, by } };
      return {
        drafts: [{ type: "scope_halted", body: { scope, epoch: epoch + 1, reason } }],
        code: "scope.halted",
        numbers: { scope, epoch: epoch + 1 },
        result: { scope, epoch: epoch + 1 },
      };
    }),
};

export const resumeScope: CommandSpec<"resume_scope"> = {
  keys: keysOf,
  propose: ({ body }, ctx) =>
    withScope(body.scope, ctx, () => {
      const { scope, reason } = body;
      const { halted, epoch } = readHalt(ctx.rows, scope);
      if (!halted) return { code: "halt.not_halted", numbers: { scope } };
      return {
        drafts: [{ type: "scope_resumed", body: { scope, epoch, reason } }],
        code: "scope.resumed",
        numbers: { scope },
        result: { scope, epoch },
      };
    }),
};
