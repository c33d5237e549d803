// The detectors of loops over a list of steps, with the data they read calls and results by.

export type { StepClass, StepLimits } from "../core/index.ts";
export {
  CALL_CLASSES_VERSION,
  NORMALISER_RULES,
  NORMALISER_VERSION,
  PROGRAMS,
  SHELLS,
  TOOLS,
  VERBS,
  WORDS_ABOUT,
  normalised,
} from "../text/index.ts";
export type { CallClass, ClassTable, NormaliserRule } from "../text/index.ts";
export { StepWatch } from "./watch.ts";
export type { JudgedStep, Outcome, Step, StepFinding, WatchOptions } from "./watch.ts";
