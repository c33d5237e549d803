// How much the rows remember of what came before: a policy may ask for no more than that.

/** Links kept of who worked above a task. */
export const LINE_MAX = 16;

/** Agents kept that a task was given to. */
export const ASSIGNMENTS_MAX = 16;

/** Agents kept that failed at a task. */
export const FAILED_MAX = 16;

/** Times kept of what an agent created. */
export const RING_MAX = 256;
