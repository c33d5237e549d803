// How amounts are said in a message: dollars, hours, plain counts. Pure text, no locale.

/** Micro-dollars as dollars with cents, such as `$39.60`. */
export function dollars(micros: number): string {
  const cents = Math.round(micros / 10_000);
  const rest = String(Math.abs(cents) % 100).padStart(2, "0");
  return `${cents < 0 ? "-" : ""}$${Math.trunc(Math.abs(cents) / 100)}.${rest}`;
}

/** A length of time in at most two units, such as `2 h 5 min`, `27 min`, `30 s` or `250 ms`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** So many of something, such as `1 step` or `3 steps`. */
export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/** An amount of one budget dimension in its own unit. */
export function amount(dimension: string, value: number): string {
  if (dimension === "costMicros") return dollars(value);
  if (dimension === "durationMs") return duration(value);
  return `${value} ${value === 1 && dimension.endsWith("s") ? dimension.slice(0, -1) : dimension}`;
}

/** Used against a limit, such as `$39.60 of $40.00` or `50 of 50 steps`. */
export function usedOf(dimension: string, used: number, limit: number): string {
  const of = amount(dimension, limit);
  return dimension === "costMicros" || dimension === "durationMs"
    ? `${amount(dimension, used)} of ${of}`
    : `${used} of ${of}`;
}

/** An actor's name as people say it: agents by their id alone. */
export function said(actor: string): string {
  if (!actor.startsWith("agent:")) return actor.replace(":", " ");
  const name = actor.slice("agent:".length);
  // An agent may not pass for another kind by its name.
  return /^(human|agent|system|harness)\b/.test(name) ? `agent ${name}` : name;
}

/** A list for a sentence; `nothing` where it is empty. */
export function listed(items: readonly string[]): string {
  return items.length === 0 ? "nothing" : items.join(", ");
}
