// The parts of the benchmark, in the order of the report.

import { booking } from "./booking.ts";
import { commandLine } from "./command-line.ts";
import { decide } from "./decide.ts";
import { durable } from "./durable.ts";
import { flatEvents, flatTasks } from "./flat.ts";
import { inFlight } from "./in-flight.ts";
import { loopDetectors } from "./loop-detectors.ts";
import { memory } from "./memory.ts";
import { newTask } from "./new-task.ts";
import type { Part } from "./setting.ts";
import { postgres } from "./postgres.ts";
import { processes } from "./processes.ts";
import { recordStep } from "./record-step.ts";
import { verify } from "./verify.ts";
import { validate } from "./validate.ts";

export const PARTS: readonly Part[] = [
  validate,
  newTask,
  recordStep,
  memory,
  commandLine,
  decide,
  durable,
  booking,
  flatTasks,
  flatEvents,
  processes,
  inFlight,
  postgres,
  verify,
  loopDetectors,
];

export type { Part, Setting } from "./setting.ts";
