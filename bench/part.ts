// The process of one part. Arguments: its name, and its setting as JSON; its rows leave as one JSON line.

import { PARTS } from "./parts/index.ts";
import { settingIn } from "./parts/setting.ts";

const [name = "", given = ""] = process.argv.slice(2);
const part = PARTS.find((one) => one.name === name);
if (part === undefined) throw new Error(`there is no part ${name}`);
try {
  process.stdout.write(JSON.stringify(await part.run(settingIn(given))) + "\n");
} catch (error) {
  process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  // A peer may still be running: nothing more is waited for.
  process.exit(1);
}
