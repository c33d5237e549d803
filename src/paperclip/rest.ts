// Whether the agent rests, as this object knows it. Without a kernel that is all there is; with one it only mirrors what
// the kernel said last.

/** What sleep() answers. */
export type Rested = {
  readonly status: "idle";
  readonly agentId: string;
  readonly reason: "no_tasks";
  readonly sleepSeconds: number;
};

/** What wake() answers. */
export type Woken = { readonly status: "active"; readonly agentId: string };

/** A rest with an end; the clock gives milliseconds. */
export class Rest {
  readonly #now: () => number;
  #until: number | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** True until the rest is over or ended. */
  get isOn(): boolean {
    return this.#until !== null && this.#now() < this.#until;
  }

  /** Milliseconds that are left of it; 0 where there is none. */
  get leftMs(): number {
    return this.isOn && this.#until !== null ? this.#until - this.#now() : 0;
  }

  begin(ms: number): void {
    this.#until = this.#now() + ms;
  }

  end(): void {
    this.#until = null;
  }
}
