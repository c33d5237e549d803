// The names of the four commands, for telling them from all others before anything of theirs is loaded.

export const SEED_NAMES: readonly string[] = ["validate", "check-loop", "check-budget", "sleep"];
