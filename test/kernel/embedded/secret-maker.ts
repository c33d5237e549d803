// A maker of secrets: waits at each path for the others, so that all are let go together.

import { parentPort, workerData } from "node:worker_threads";
import { ensureSecret } from "../../../src/kernel/index.ts";

type Work = { readonly paths: readonly string[]; readonly gate: SharedArrayBuffer; readonly makers: number };

const { paths, gate, makers }: Work = workerData;
const arrived = new Int32Array(gate);
const got = paths.map((path, round) => {
  Atomics.add(arrived, round, 1);
  while (Atomics.load(arrived, round) < makers);
  return ensureSecret(path);
});
parentPort?.postMessage(got);
