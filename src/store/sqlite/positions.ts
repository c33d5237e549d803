// How a workspace's number and a number within it share one integer key: what belongs to one workspace lies together.

/** Positions of one workspace: number * this + the number within it. */
export const POSITION_SPAN: number = 2 ** 40;

/** Workspace numbers run from 1 to this: positions stay below 2^53. */
export const WORKSPACES_MAX = 8_190;
