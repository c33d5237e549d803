// Committing in a thread of its own, for whoever serves many agents in one process.

export { openCommitThread } from "./commit-thread.ts";
export type { CommitThread } from "./commit-thread.ts";
export type { StorePlace } from "./messages.ts";
