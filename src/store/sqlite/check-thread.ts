// The thread that checks one file and ends.

import { parentPort, workerData } from "node:worker_threads";
import { StoreFault } from "../fault.ts";
import { loadDriver } from "./driver.ts";
import { checkHere } from "./whole-check.ts";
import type { Checked, ToCheck } from "./whole-check.ts";

async function checked(file: ToCheck): Promise<Checked> {
  try {
    return { found: await checkHere(loadDriver(file.path), file) };
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    const { code, path, message } = error;
    return { fault: { code, path, message } };
  }
}

const file: ToCheck = workerData;
// One that is no StoreFault ends the thread with an error, and whoever waits for it hears that.
void checked(file).then((answer) => parentPort?.postMessage(answer));
