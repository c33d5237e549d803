// The clock of the benchmark.

/** Nanoseconds that `work` took. */
export function timeOf(work: () => void): number {
  const startedMs = performance.now();
  work();
  return (performance.now() - startedMs) * 1e6;
}
