// The two bundles behind the bin. hot.cjs answers the seed's commands and hooks, where every millisecond of start
// counts; it loads full.cjs (everything else) only when asked. CommonJS, because it starts 2 to 4 ms faster than ESM.

import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import type { BuildOptions, Metafile, Plugin } from "esbuild";

const ROOT = join(import.meta.dirname, "..");
const OUT = join(ROOT, "dist/bin");
const HOT_BYTES_MAX = 80 * 1024;
const HOT_FORBIDDEN = /node_modules\/(yaml|zod)\//;

/** Writes dist/bin/hot.cjs and dist/bin/full.cjs from src/cli; throws when the hot one has grown too large to be hot. */
export async function bundle(): Promise<void> {
  const hot = await compile("hot", [fullStaysOutside]);
  assertHot(hot.text, hot.inputs);
  const full = await compile("full", []);
  await mkdir(OUT, { recursive: true });
  await replaceFile("full.cjs", full.text);
  await replaceFile("hot.cjs", hot.text);
}

// hot.ts may write import("./full.ts") (it then runs from source too) or require("./full.cjs").
const fullStaysOutside: Plugin = {
  name: "full-stays-outside",
  setup: (on) => on.onResolve({ filter: /^\.\/full\.(ts|cjs)$/ }, () => ({ path: "./full.cjs", external: true })),
};

async function compile(name: string, plugins: Plugin[]): Promise<{ text: string; inputs: Metafile["inputs"] }> {
  const options = {
    entryPoints: [join(ROOT, "src/cli", `${name}.ts`)],
    absWorkingDir: ROOT,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    minifySyntax: true,
    minifyWhitespace: true,
    // Turns import() into a lazy require: the ESM loader costs a start some milliseconds.
    supported: { "dynamic-import": false },
    legalComments: "eof",
    logLevel: "warning",
    metafile: true,
    write: false,
    plugins,
  } satisfies BuildOptions;
  const result = await build(options);
  if (result.warnings.length > 0) throw new Error(`${name}: a warning of esbuild is an error here`);
  return { text: result.outputFiles.map((file) => file.text).join(""), inputs: result.metafile.inputs };
}

function assertHot(text: string, inputs: Metafile["inputs"]): void {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes >= HOT_BYTES_MAX) throw new Error(`hot.cjs has ${sizeBytes} bytes, limit ${HOT_BYTES_MAX}`);
  const heavy = Object.keys(inputs).find((path) => HOT_FORBIDDEN.test(path));
  if (heavy !== undefined) throw new Error(`hot.cjs contains ${heavy}: load it in full.ts`);
}

// A process that starts meanwhile must see the old file or the new one, never a half.
async function replaceFile(name: string, text: string): Promise<void> {
  const path = join(OUT, name);
  await writeFile(`${path}.${process.pid}`, text);
  await rename(`${path}.${process.pid}`, path);
}

if (basename(process.argv[1] ?? "") === "bundle.ts") await bundle();
