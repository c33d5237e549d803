// A stretch of time that grows with every moment added to it.

export class Span {
  firstMs: number = Infinity;
  lastMs: number = -Infinity;

  add(atMs: number): void {
    if (atMs < this.firstMs) this.firstMs = atMs;
    if (atMs > this.lastMs) this.lastMs = atMs;
  }

  /** True until a moment was added. */
  get empty(): boolean {
    return this.firstMs > this.lastMs;
  }
}

/** The stretch as plain data, null where nothing was added. */
export function rangeOf(span: Span): { readonly firstMs: number; readonly lastMs: number } | null {
  return span.empty ? null : { firstMs: span.firstMs, lastMs: span.lastMs };
}
