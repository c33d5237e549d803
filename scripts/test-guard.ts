// Loaded into every test process, for two things the runner lets pass: a process.exit(0) inside a test counts as
// success and drops all tests after it, and a handle left open makes the run hang for ever.

import { after } from "node:test";

const LEAK_AFTER_MS = 10_000;

// Only the test files: what they start (and what inherits these flags) may exit as it likes.
if ((process.argv[1] ?? "").endsWith(".test.ts")) {
  const exit = process.exit.bind(process);
  process.exit = (): never => {
    throw new Error("process.exit() inside a test ends the file unseen: set process.exitCode, or spawn a process");
  };
  after(() => {
    const tell = (): void => {
      console.error(
        `${process.argv[1]}: still open after the last test: ${process.getActiveResourcesInfo().join(", ")}`,
      );
      exit(1);
    };
    setTimeout(tell, LEAK_AFTER_MS).unref();
  });
}
