// The demo's randomness: every choice comes from one printed seed, so that a run can be repeated.

/** A stream of choices; equal seeds give equal streams. */
export type Random = {
  /** A number in [0, 1). */
  readonly fraction: () => number;
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number;
};

const SEED_MAX: number = 2 ** 32 - 1;
const SEED_DEFAULT = 42;

/** Mixes the number of a row, a column or a process into a seed, so that each has a stream of its own. */
export function mixed(seed: number, salt: number): number {
  let mix = (seed ^ Math.imul(salt + 1, 0x9e3779b1)) >>> 0;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}

/** A counter run through an integer mixer: small, fast, and good enough to choose with. */
export function randomFrom(seed: number): Random {
  let drawn = 0;
  const fraction = (): number => mixed(seed, (drawn += 1)) / 2 ** 32;
  return { fraction, between: (least, most) => least + Math.floor(fraction() * (most - least + 1)) };
}

/** The seed of --seed, else of SEED, else 42; null where that is no whole number from 0 to 2^32 - 1. */
export function demoSeed(
  flag: string | undefined,
  env: { readonly [name: string]: string | undefined },
): number | null {
  const text = flag ?? (env["SEED"] || undefined);
  if (text === undefined) return SEED_DEFAULT;
  return /^\d{1,10}$/.test(text) && Number(text) <= SEED_MAX ? Number(text) : null;
}
