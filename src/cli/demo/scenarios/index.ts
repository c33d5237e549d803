// The rows of the demo, in the order of the table. A new one: its file here, its line in this list.

import type { Scenario } from "../scenario.ts";
import { editTestLoop } from "./edit-test-loop.ts";
import { handOffs } from "./hand-offs.ts";
import { honestAgent } from "./honest-agent.ts";
import { idleAgent } from "./idle-agent.ts";
import { killedWriters } from "./killed-writers.ts";
import { selfSpawning } from "./self-spawning.ts";
import { skippedStates } from "./skipped-states.ts";
import { spenders } from "./spenders.ts";

export const SCENARIOS: readonly Scenario[] = [
  selfSpawning,
  handOffs,
  editTestLoop,
  skippedStates,
  spenders,
  idleAgent,
  honestAgent,
  killedWriters,
];
