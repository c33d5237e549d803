// The shape of a part of the benchmark, and what it is run with. Each part runs in a process of its own, so that none
// finds the heap or the compiled code as another one left them.

import type { Effort } from "../measure/effort.ts";
import type { Row } from "../report/row.ts";
import type { Seed } from "../seed/seed.ts";

/** `folder` is empty, on a real disk, and the part's own. */
export type Setting = { readonly effort: Effort; readonly seed: Seed | null; readonly folder: string };

export type Part = {
  readonly name: string;
  readonly run: (setting: Setting) => Promise<readonly Row[]>;
};

function isSetting(value: unknown): value is Setting {
  return typeof value === "object" && value !== null && "effort" in value && "seed" in value && "folder" in value;
}

/** The setting that the starting process wrote. */
export function settingIn(text: string): Setting {
  const value: unknown = JSON.parse(text);
  if (!isSetting(value)) throw new Error("a part is started by bench/run.ts, with its setting");
  return value;
}
