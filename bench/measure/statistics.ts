// The few numbers that are taken of a series of measurements.

function at(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error("nothing was measured");
  return value;
}

/** The value that this share of the values lies below; 0.5 gives the upper of two middle ones. */
export function quantile(values: readonly number[], share: number): number {
  return at(
    values.toSorted((a, b) => a - b),
    share,
  );
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
