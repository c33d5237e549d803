// Everything in dist, from nothing: the bundles of the bin, then the compiled modules with their types. Tests and
// scripts are left to `npm run check`: npm ci runs this, and must not fail for them.

import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.ts";

const ROOT = join(import.meta.dirname, "..");

// dist holds tsc's build info too: cleaned apart, tsc would believe that it had nothing to emit.
await rm(join(ROOT, "dist"), { recursive: true, force: true });
await bundle();
const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
process.exitCode = spawnSync(process.execPath, [tsc, "-b", "src"], { cwd: ROOT, stdio: "inherit" }).status ?? 1;
