// The steps of real sessions, where this machine has them: see outside-data.ts.

import { findInputs, isStepFormat, readStepItems } from "../../../src/formats/index.ts";
import type { StepItem } from "../../../src/formats/index.ts";
import { outsideData } from "../outside-data.ts";
import type { Take } from "./act.ts";

export const SESSIONS = "claude-code";
export const TRACES = "traces";

export type History = {
  readonly name: string;
  readonly takes: readonly Take[];
  /** Null where nobody wrote how it ended. */
  readonly success: boolean | null;
};

function takeOf({ kind, tool, call, atMs, result, failed }: StepItem): Take {
  return { step: { kind, tool, call, atMs }, outcome: { result, failed } };
}

type Found = { readonly takes: Take[]; success: boolean | null };

/** All histories of a piece of outside data, one for each agent in each session; none where it is absent. */
export async function realHistories(name: string): Promise<readonly History[]> {
  const folder = outsideData(name);
  if (folder === null) return [];
  const found = new Map<string, Found>();
  const of = (key: string): Found => {
    const one = found.get(key) ?? { takes: [], success: null };
    found.set(key, one);
    return one;
  };
  for (const input of (await findInputs([folder])).inputs) {
    if (!isStepFormat(input.format)) continue;
    for await (const item of readStepItems(input)) {
      if (item.form === "step") of(`${item.history} ${item.agent}`).takes.push(takeOf(item));
      if (item.form === "outcome") of(`${item.history} `).success = item.success;
    }
  }
  return [...found].map(([key, { takes, success }]) => ({ name: key.trim(), takes, success }));
}
