// The four commands of the Python package, for the hot half of the bin and for the full one.

import { checkBudget } from "./check-budget.ts";
import { checkLoop } from "./check-loop.ts";
import type { SeedCommand } from "./seed-command.ts";
import { sleep } from "./sleep.ts";
import { validate } from "./validate.ts";

/** In the order of the help. */
export const SEED_COMMANDS: readonly SeedCommand[] = [validate, checkLoop, checkBudget, sleep];

/** The command of that name, or undefined. */
export function seedCommand(name: string | undefined): SeedCommand | undefined {
  return SEED_COMMANDS.find((command) => command.name === name);
}
