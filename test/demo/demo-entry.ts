// A command line with nothing but the demo, so that its tests need no other command: `demo-entry.ts SEED [BYPASSED ROW]`.

import { runDemo, runDemoWorker } from "../../src/cli/demo/index.ts";

const [first = "42", bypassed] = process.argv.slice(2);
if (first === "demo-worker") process.exitCode = await runDemoWorker();
else {
  const options = {
    seed: Number(first),
    json: process.env["DEMO_JSON"] === "1",
    keep: process.env["DEMO_KEEP"] === "1",
    env: process.env,
  };
  process.exitCode = await runDemo(bypassed === undefined ? options : { ...options, bypassedRow: Number(bypassed) });
}
