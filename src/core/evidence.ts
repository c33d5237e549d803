// Evidence: what a harness can see of work. An agent's own word is none.

export const EVIDENCE_KINDS = ["command", "review", "link"] as const;

/** A command's end, a reviewer's verdict, a link that is there. */
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];
