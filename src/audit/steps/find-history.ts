// Finds the one history that an id means, among the files of transcripts.

import { readStepItems } from "../../formats/index.ts";
import type { StepInput } from "../../formats/index.ts";
import { nameOf } from "./history.ts";
import { meantBy } from "./short-ids.ts";
import type { Named } from "./short-ids.ts";

/** A history and the files that tell of it. */
export type Located = Named & { readonly files: StepInput[] };

/** Names of runs are a file's own, all others are the same history in every file. */
function keyOf({ session, agent }: Named, { path, format }: StepInput): string {
  return `${session}\n${agent}\n${format === "runs" ? path : ""}`;
}

async function locate(inputs: readonly StepInput[]): Promise<readonly Located[]> {
  const found = new Map<string, Located>();
  for (const input of inputs) {
    let last = "";
    for await (const item of readStepItems(input)) {
      if (item.form !== "step") continue;
      const named = { session: item.history, agent: item.agent };
      const key = keyOf(named, input);
      if (key === last) continue;
      last = key;
      const known = found.get(key);
      if (known === undefined) found.set(key, { ...named, files: [input] });
      else if (known.files.at(-1) !== input) known.files.push(input);
    }
  }
  return [...found.values()];
}

/** Histories that the id may mean: one where it names one. Files named after it are looked at first. */
export async function findHistory(id: string, inputs: readonly StepInput[]): Promise<readonly Located[]> {
  const session = id.split("/", 1)[0] ?? id;
  const near = session === "" ? [] : inputs.filter(({ path }) => path.includes(session));
  const likely = near.length === 0 ? [] : meantBy(id, await locate(near));
  if (likely.length === 1 || near.length === inputs.length) return likely;
  return meantBy(id, await locate(inputs));
}

/** What tells histories apart that an id may all mean. */
export function describeLocated(located: Located): string {
  return `${nameOf(located)} in ${located.files[0]?.path ?? "?"}`;
}
