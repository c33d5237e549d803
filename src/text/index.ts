// What makes two pieces of work the same: one answer for the kernel, which keeps digests, and for the audit, which
// keeps the texts themselves.

export { fingerprint, masked, template, visible, workText } from "./work.ts";
export { CALL_CLASSES_VERSION, PROGRAMS, SHELLS, TOOLS, VERBS } from "./call-classes.ts";
export type { CallClass, ClassTable } from "./call-classes.ts";
export { WORDS_ABOUT } from "./call-text.ts";
export { NORMALISER_RULES, NORMALISER_VERSION, normalised } from "./normaliser.ts";
export type { NormaliserRule } from "./normaliser.ts";
export { readCall, resultText } from "./step.ts";
