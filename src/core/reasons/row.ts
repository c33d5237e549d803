// The shape of a row of the reason table, and the words that rows share.

import { said } from "../wording.ts";

/** The deciding values of a finding, by name. */
export type Numbers = { readonly [name: string]: string | number };

export type Retry = "never" | "later" | "changed";

/** One row: `exit` as in docs (0 granted, 1 final, 2 usage, 4 retry after, 5 a human is needed). */
export type Reason = {
  readonly http: number;
  readonly exit: 0 | 1 | 2 | 4 | 5;
  /** never: the same request stays refused; later: time may help; changed: another request may pass. */
  readonly retry: Retry;
  readonly override: "human" | null;
  readonly means: string;
  readonly says: (n: Numbers) => string;
  readonly next: (n: Numbers) => readonly string[];
};

const nothing = (): readonly string[] => [];

export function granted(http: number, means: string, says: Reason["says"]): Reason {
  return { http, exit: 0, retry: "never", override: null, means, says, next: nothing };
}

export function refused(
  http: number,
  exit: 1 | 2 | 4 | 5,
  retry: Retry,
  override: "human" | null,
  means: string,
  says: Reason["says"],
  next: Reason["next"],
): Reason {
  return { http, exit, retry, override, means, says, next };
}

export const numberOf = (n: Numbers, name: string): number => Number(n[name] ?? 0);

/** The actor of that name, as people say it. */
export const actorIn = (n: Numbers, name: string): string => said(String(n[name] ?? ""));

export const withArticle = (kind: string | number | undefined): string =>
  /^[aeiou]/.test(String(kind)) ? `an ${kind}` : `a ${kind}`;

/** Where the work belongs instead of in a new task. */
export const inside = (n: Numbers): string =>
  n["parent"] === undefined ? "do it in the task you hold" : `do it inside ${n["parent"]}`;
