// A command line's words as a shell would pass them: spaces part them, quotes keep them together. No more than examples
// need.

/** The words of a line without pipes and variables. */
export function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}
