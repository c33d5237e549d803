// The demo: what the kernel stops, seen in half a minute.

export { demoSeed } from "./random.ts";
export { runDemo } from "./run-demo.ts";
export type { DemoOptions } from "./run-demo.ts";
export { runDemoWorker } from "./worker.ts";
