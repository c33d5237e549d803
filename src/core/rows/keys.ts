// The keys of rows. The store puts the workspace before each of them.

export const HEAD_KEY = "head";

export const taskKey = (task: string): string => "task/" + task;
export const textKey = (task: string): string => "text/" + task;
export const taskMeterKey = (task: string): string => "meter/task/" + task;
export const actorKey = (actor: string): string => "actor/" + actor;
export const fingerprintKey = (digest: string): string => "fingerprint/" + digest;
export const templateKey = (actor: string, digest: string): string => "template/" + actor + "/" + digest;
/** Both names are the callers' and may hold any sign, so the length says where the first one ends. */
export const commandKey = (actor: string, commandId: string): string =>
  "command/" + actor.length + "/" + actor + "/" + commandId;
