// A process that opens a store and tells what came of it: `opener.ts PATH [create] [as-nobody] [fill]`. "as-nobody" drops
// to a user without rights first (when it may); "fill" appends until it fails, telling of each append.

import { writeSync } from "node:fs";
import { openSqliteStore, StoreFault } from "../../../src/store/index.ts";
import { put } from "../growth.ts";

const NOBODY = 65_534;

const [path = "", ...wishes] = process.argv.slice(2);
if (wishes.includes("as-nobody") && process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function fill(store: Awaited<ReturnType<typeof openSqliteStore>>): Promise<void> {
  for (;;) {
    const { sequence } = await put(store, "w", "x".repeat(4_000), [{ key: "row", bytes: "y".repeat(4_000) }]);
    say(`appended ${sequence}`);
  }
}

try {
  const store = await openSqliteStore({ path, create: wishes.includes("create") });
  say("opened");
  if (wishes.includes("fill")) {
    await fill(store).catch(async (error: unknown) => {
      if (!(error instanceof StoreFault)) throw error;
      say(`${error.code} ${error.message}`);
      const again = await put(store, "w", "small").then(
        ({ sequence }) => `appended ${sequence}`,
        (next: unknown) => (next === error ? "same fault" : String(next)),
      );
      say(`then: ${again}`);
    });
  }
  await store.close();
} catch (error) {
  say(error instanceof StoreFault ? `${error.code} ${error.message}` : `defect ${String(error)}`);
}
