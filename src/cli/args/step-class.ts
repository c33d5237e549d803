// --class: what a step does, where the tables of classes cannot tell.

import { STEP_CLASSES } from "../../core/index.ts";
import type { StepClass } from "../../core/index.ts";
import type { Call, FlagSpecs } from "./spec.ts";
import { UsageError } from "./usage.ts";

export const CLASS_FLAG: FlagSpecs = {
  class: {
    value: "CLASS",
    about: `what it does: ${STEP_CLASSES.join(", ")} (else told by tool and call)`,
  },
};

export function classOf({ flags, command }: Call): StepClass | undefined {
  const given = flags.text("class");
  if (given === undefined) return undefined;
  const known = STEP_CLASSES.find((name) => name === given);
  if (known === undefined) throw new UsageError(`--class ${given} is none of ${STEP_CLASSES.join(", ")}`, command);
  return known;
}
