// The bundles behind the bin. hot.cjs answers a plain `validate`, where every millisecond of start counts; it loads
// warm.cjs (the seed's commands and hooks) or full.cjs (everything else) only when asked: V8 compiles 15 KB a millisecond.
// pg.cjs, the driver of PostgreSQL, is loaded by the first store that is one; check-thread.cjs is a thread of full.cjs.
// CommonJS, because it starts 2 to 4 ms faster than ESM.

import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import type { BuildOptions, Metafile, Plugin } from "esbuild";

const ROOT = join(import.meta.dirname, "..");
const OUT = join(ROOT, "dist/bin");
const HOT_BYTES_MAX = 12 * 1024;
const WARM_BYTES_MAX = 80 * 1024;
const HOT_FORBIDDEN = /node_modules\/(yaml|zod)\//;

/** Writes dist/bin/{hot,warm,full,pg,check-thread}.cjs from src/cli; throws when one of the first two has grown too large for its name. */
export async function bundle(): Promise<void> {
  const hot = await compile("hot", [othersStayOutside]);
  assertLight("hot", hot, HOT_BYTES_MAX);
  const warm = await compile("warm", [othersStayOutside]);
  assertLight("warm", warm, WARM_BYTES_MAX);
  const full = await compile("full", [driverStaysOutside], KNOWS_WHERE_IT_IS);
  const check = await compile("check-thread", [], { ...KNOWS_WHERE_IT_IS, entryPoints: [CHECK_THREAD] });
  const driver = await compile("pg", [], { stdin: { contents: 'module.exports = require("pg")', resolveDir: ROOT } });
  await mkdir(OUT, { recursive: true });
  await replaceFile("pg.cjs", driver.text);
  await replaceFile("check-thread.cjs", check.text);
  await replaceFile("full.cjs", full.text);
  await replaceFile("warm.cjs", warm.text);
  await replaceFile("hot.cjs", hot.text);
}

// hot.ts and warm.ts write import("./full.ts"), and so run from source too.
const othersStayOutside: Plugin = {
  name: "others-stay-outside",
  setup: (on) =>
    on.onResolve({ filter: /^\.\/(warm|full)\.ts$/ }, ({ path }) => ({
      path: path.replace(/\.ts$/, ".cjs"),
      external: true,
    })),
};

const driverStaysOutside: Plugin = {
  name: "driver-stays-outside",
  setup: (on) => on.onResolve({ filter: /^pg$/ }, () => ({ path: "./pg.cjs", external: true })),
};

type Other = Pick<BuildOptions, "stdin" | "entryPoints" | "define" | "banner">;

// CommonJS has no import.meta: whoever starts a thread finds its file beside its own.
const KNOWS_WHERE_IT_IS: Other = {
  define: { "import.meta.url": "__bundleUrl" },
  banner: { js: 'const __bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
};

const CHECK_THREAD = join(ROOT, "src/store/sqlite/check-thread.ts");

type Compiled = { readonly text: string; readonly inputs: Metafile["inputs"] };

async function compile(name: string, plugins: Plugin[], other: Other = {}): Promise<Compiled> {
  const options = {
    ...("stdin" in other ? {} : { entryPoints: [join(ROOT, "src/cli", `${name}.ts`)] }),
    ...other,
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

function assertLight(name: string, { text, inputs }: Compiled, bytesMax: number): void {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes >= bytesMax) throw new Error(`${name}.cjs has ${sizeBytes} bytes, limit ${bytesMax}`);
  const heavy = Object.keys(inputs).find((path) => HOT_FORBIDDEN.test(path));
  if (heavy !== undefined) throw new Error(`${name}.cjs contains ${heavy}: load it in full.ts`);
}

// A process that starts meanwhile must see the old file or the new one, never a half.
async function replaceFile(name: string, text: string): Promise<void> {
  const path = join(OUT, name);
  await writeFile(`${path}.${process.pid}`, text);
  await rename(`${path}.${process.pid}`, path);
}

if (basename(process.argv[1] ?? "") === "bundle.ts") await bundle();
