// Marks what is the same among a few steps, so that a loop is seen at a glance: a letter for each call that was made more
// than once, a number for each result that came more than once.

/** What a step's call and result are compared by; null where there is nothing to compare. */
export type Comparable = { readonly call: string | null; readonly result: string | null };

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function letter(place: number): string {
  const first = LETTERS.charAt(place % LETTERS.length);
  return place < LETTERS.length ? first : `${first}${Math.floor(place / LETTERS.length)}`;
}

/** Names for texts that occur more than once, in the order in which they come. */
function repeated(texts: readonly (string | null)[], nameAt: (place: number) => string): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  const more = [...counts].filter(([, count]) => count > 1);
  return new Map(more.map(([text], place) => [text, nameAt(place)]));
}

/** One tag a step: `A1` for call A with result 1, `A` or `1` where only one of them came again, else nothing. */
export function tagsOf(steps: readonly Comparable[]): readonly string[] {
  const calls = repeated(
    steps.map(({ call }) => call),
    letter,
  );
  const results = repeated(
    steps.map(({ result }) => result),
    (place) => String(place + 1),
  );
  return steps.map(({ call, result }) => (calls.get(call ?? "") ?? "") + (results.get(result ?? "") ?? ""));
}
