// Names of the counters beside the log: what is counted in the transaction of a command, and in no event.

/** Refusals that are not recorded any more: an actor retries in a loop. */
export const THROTTLED_COUNTER = "actor.throttled";

/** Prefixes: what rules refused, and what observed ones would have. */
export const REFUSED_COUNTER = "refused/";
export const OBSERVED_COUNTER = "observed/";
