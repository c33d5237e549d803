// How long clients had no answer around a kill: the longest pause between two answers that ends after it.

/** From the last answer before to the first one after, in milliseconds since 1970. */
export type Silence = { readonly fromMs: number; readonly toMs: number };

/** The longest pause that ends after `killedAtMs`, of answers at these times; null where no two answers span it. */
export function silenceAt(killedAtMs: number, answeredAtMs: readonly number[]): Silence | null {
  const times = answeredAtMs.toSorted((a, b) => a - b);
  const pauses = times.slice(1).map((toMs, index) => ({ fromMs: times[index] ?? toMs, toMs }));
  const after = pauses.filter(({ toMs }) => toMs > killedAtMs);
  return after.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))[0] ?? null;
}

/** As seconds with one digit. */
export function secondsOf(silence: Silence | null): string {
  return silence === null ? "-" : ((silence.toMs - silence.fromMs) / 1_000).toFixed(1);
}
