// What makes two pieces of work the same: one answer for the kernel, which keeps digests, and for the audit, which
// keeps the texts themselves.

export { fingerprint, masked, template, workText } from "./work.ts";
