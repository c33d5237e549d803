// The lists that say what class a tool or command is of: a name in two of them would be what the reader's order makes it.

import type { Policy } from "../core/index.ts";
import { addFault } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { quoted } from "./quote.ts";

const CLASSES = ["mutate", "observe", "verify"] as const;

type ClassLists = Pick<Policy["steps"], (typeof CLASSES)[number]>;

/** A name that stands in a list before this one: the list's path, the name's place in it, and what is wrong. */
export type ClassedTwice = { readonly path: string; readonly index: number; readonly problem: string };

/** Each name that stands in a second list, in the order of the lists. */
export function classedTwice(lists: ClassLists): readonly ClassedTwice[] {
  const found: ClassedTwice[] = [];
  const pathOf = new Map<string, string>();
  for (const list of CLASSES) {
    const path = `steps.${list}`;
    for (const [index, name] of lists[list].entries()) {
      const other = pathOf.get(name) ?? path;
      pathOf.set(name, other);
      const problem = `the name ${quoted(name)} stands in ${other} too; a step is of one class`;
      if (other !== path) found.push({ path, index, problem });
    }
  }
  return found;
}

/** Adds a fault at each name that stands in a second list. */
export function checkClasses(findings: Findings): void {
  const { places, values } = findings;
  const of = (list: (typeof CLASSES)[number]): readonly string[] => values.names.get(`steps.${list}`) ?? [];
  const lists: ClassLists = { mutate: of("mutate"), observe: of("observe"), verify: of("verify") };
  for (const { path, index, problem } of classedTwice(lists)) {
    const place = places.get(`${path}.${index}`) ?? places.get(path);
    if (place !== undefined) addFault(findings, place, `${path}: ${problem}`);
  }
}
