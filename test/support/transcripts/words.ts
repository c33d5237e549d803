// The words of made-up transcripts: shell output, source files, sentences. Drawn from a seed, of the sizes that real ones
// have, and in no way taken from any.

import { random, type Random } from "../random.ts";

const NOUNS = ["parser", "queue", "lease", "cursor", "fixture", "schema", "socket", "buffer", "index", "migration"];
const VERBS = ["checks", "opens", "drops", "folds", "reads", "names", "counts", "holds", "skips", "sorts"];

/** What the generators draw from. */
export type Words = Random & {
  readonly sentence: () => string;
  /** About so many characters of lines that differ from each other. */
  readonly page: (chars: number) => string;
  readonly hex: (digits: number) => string;
  /** A UUID of version 7 made at this time. */
  readonly uuid: (atMs: number) => string;
};

export function wordsOf(seed: number): Words {
  const source = random(seed);
  const hex = (digits: number): string => Array.from({ length: digits }, () => source.below(16).toString(16)).join("");
  const sentence = (): string => `The ${source.pick(NOUNS)} ${source.pick(VERBS)} the ${source.pick(NOUNS)}.`;
  const page = (chars: number): string => {
    const lines: string[] = [];
    for (let length = 0; length < chars; length += 64)
      lines.push(
        `${source.pick(NOUNS)}.${source.pick(VERBS)}("${source.pick(NOUNS)}", ${source.below(1e9)}) -> ok\t\\n`,
      );
    return lines.join("\n");
  };
  const uuid = (atMs: number): string => {
    const time = atMs.toString(16).padStart(12, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
  };
  return { ...source, sentence, page, hex, uuid };
}
