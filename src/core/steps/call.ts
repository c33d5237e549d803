// A call as the detectors see it: digests that are equal exactly for equal things, and what kind of act it is.

/** What a step does: changes something, looks at something, checks what was done, or only speaks. */
export const STEP_CLASSES = ["mutate", "observe", "verify", "message"] as const;
export type StepClass = (typeof STEP_CLASSES)[number];

/** A call as intake read it. */
export type Call = {
  /** Digest of tool and normalised arguments; digests have DIGEST_LENGTH signs. */
  readonly digest: string;
  /** The same with numbers, paths and ids masked. */
  readonly shape: string;
  /** Programs and subcommands that a shell runs (`npm test`), for a policy to know them by. */
  readonly command: string | null;
  readonly class: StepClass;
  /** It looks at something that changes by itself: a build elsewhere, a process, a queue. */
  readonly watches: boolean;
};

/** A call as the policy in force sees it. `polled`: it waits for something, which is no loop. */
export type JudgedCall = Pick<Call, "digest" | "shape" | "class"> & { readonly polled: boolean };

/** A call with its outcome; `at` is when it began. */
export type SettledCall = {
  readonly call: JudgedCall;
  readonly at: number;
  /** Digest of the normalised result; null where nobody told it. */
  readonly result: string | null;
  readonly failed: boolean;
};

/** What the detectors look at, and no more. */
export function judgedCall({ digest, shape, class: kind, polled }: JudgedCall): JudgedCall {
  return { digest, shape, class: kind, polled };
}
