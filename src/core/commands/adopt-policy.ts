// adopt_policy: from this event on the policy acts. The first one makes the workspace and names the human key.

import type { CommandSpec } from "../context.ts";

export const adoptPolicy: CommandSpec<"adopt_policy"> = {
  keys: () => [],
  propose: ({ body }) => ({
    drafts: [{ type: "policy_adopted", body }],
    code: "policy.adopted",
    numbers: { hash: body.hash.slice(0, 12) },
    result: { hash: body.hash },
  }),
};
