// One thing doctor looked at: what it is, what was found, and whether somebody has to act.

/** `problem` needs an act, `note` is worth knowing, `fine` is as it should be. */
export type Level = "fine" | "note" | "problem";

/** `numbers` is what --json adds to the words. */
export type Check = {
  readonly about: string;
  readonly level: Level;
  readonly found: string;
  readonly numbers?: object;
};

export function fine(about: string, found: string): Check {
  return { about, level: "fine", found };
}

export function note(about: string, found: string): Check {
  return { about, level: "note", found };
}

export function problem(about: string, found: string): Check {
  return { about, level: "problem", found };
}
