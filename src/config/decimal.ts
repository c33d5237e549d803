// Decimal text to whole units and back without a float in between: "0.1" dollars are exactly 100000 micros.

// Longer than any number that is allowed, short enough that reading it costs nothing.
const CHARACTERS_MAX = 32;
const PLAIN = /^\+?(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/** Units of 10^-places, or null unless the text is plain digits, has no more decimals than that, and is `min` to `max` units. */
export function parseDecimal(text: string, places: number, max: number, min = 0): number | null {
  if (text.length > CHARACTERS_MAX) return null;
  const parts = PLAIN.exec(text);
  if (parts === null) return null;
  const decimals = (parts[2] ?? "").replace(/0+$/, "");
  if (decimals.length > places) return null;
  const units = BigInt((parts[1] ?? "0") + decimals.padEnd(places, "0"));
  return units >= BigInt(min) && units <= BigInt(max) ? Number(units) : null;
}

/** Whole units of 10^-places as the shortest decimal text. */
export function formatDecimal(units: number, places: number): string {
  const digits = String(units).padStart(places + 1, "0");
  const decimals = digits.slice(digits.length - places).replace(/0+$/, "");
  const whole = digits.slice(0, digits.length - places);
  return places === 0 || decimals === "" ? whole : `${whole}.${decimals}`;
}

/** The numbers that are accepted, in words. */
export function decimalRange(places: number, max: number, min = 0): string {
  const to = `from ${formatDecimal(min, places)} to ${formatDecimal(max, places)}`;
  return places === 0 ? `a whole number ${to}` : `a number ${to} with at most ${places} decimals`;
}
