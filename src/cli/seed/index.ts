// The four commands of the Python package, as the full half of the bin runs them. The hot half takes ./commands.ts: what
// is imported here would be too heavy for it.

export { SEED_SPECS } from "./specs.ts";
