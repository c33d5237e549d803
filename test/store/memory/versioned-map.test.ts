// The map behind the store in memory: every held moment stays as it was, and nothing is kept that no moment needs.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { VersionedMap } from "../../../src/store/memory/versioned-map.ts";
import { seed } from "../support.ts";

const KEYS = ["a", "b", "c"] as const;

type Step = {
  readonly kind: "commit" | "abort" | "hold" | "release";
  readonly changes: readonly (readonly [string, number | null])[];
};

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom("commit", "commit", "commit", "abort", "hold", "release"),
    changes: fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.option(fc.nat(9), { nil: null })), { maxLength: 4 }),
  }),
  { maxLength: 40 },
);

/** A map with the moments that readers hold of it, and a plain copy of each. */
class Bench {
  readonly kept = new Set<string>();
  readonly map = new VersionedMap<number>({
    add: (key) => {
      assert.ok(!this.kept.has(key), `${key} is told of twice`);
      this.kept.add(key);
    },
    remove: (key) => assert.ok(this.kept.delete(key), `${key} was never told of`),
  });
  readonly held: { readonly version: number; readonly copy: Map<string, number> }[] = [];
  readonly #present = new Map<string, number>();
  #version = 0;

  take({ kind, changes }: Step): void {
    if (kind === "hold") this.held.push({ version: this.#version, copy: new Map(this.#present) });
    if (kind === "release") this.held.shift();
    if (kind === "commit" || kind === "abort") this.#write(changes, kind === "commit");
    if (kind !== "hold") this.map.settle(Math.min(this.#version, ...this.held.map(({ version }) => version)));
  }

  check(): void {
    for (const { version, copy } of [...this.held, { version: this.#version, copy: this.#present }]) {
      for (const key of KEYS) assert.equal(this.map.get(key, version), copy.get(key) ?? null, `${key} at ${version}`);
    }
    if (this.held.length === 0)
      assert.deepEqual(
        KEYS.filter((key) => this.kept.has(key)),
        KEYS.filter((key) => this.#present.has(key)),
      );
  }

  #write(changes: Step["changes"], keep: boolean): void {
    for (const [key, value] of changes) this.map.set(key, value, this.#version + 1);
    if (!keep) {
      this.map.revert(
        this.#version + 1,
        changes.map(([key]) => key),
      );
      return;
    }
    this.#version += 1;
    for (const [key, value] of changes) {
      if (value === null) this.#present.delete(key);
      else this.#present.set(key, value);
    }
  }
}

test("every held moment reads as it was, and nothing is kept that no moment needs", () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const bench = new Bench();
      for (const step of taken) {
        bench.take(step);
        bench.check();
      }
    }),
    { seed, numRuns: 500 },
  );
});
