// The command line as whole processes, from start to exit: `validate` against a node that does nothing and against the
// seed's, and a command that writes a store.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { timeOf } from "../measure/clock.ts";
import { median } from "../measure/statistics.ts";
import { nanoseconds, SEED } from "../report/row.ts";
import type { Compared, Row } from "../report/row.ts";
import type { Seed } from "../seed/seed.ts";
import type { Part, Setting } from "./setting.ts";

const ROOT = join(import.meta.dirname, "../..");
const BIN = join(ROOT, "bin/exec-kernel.cjs");
const HOT = join(ROOT, "dist/bin/hot.cjs");
const CALL = ["validate", "todo", "in_progress"];
const VALID = /^VALID: Work started\n$/;

/** One kind of process, and how long each start of it took. */
type Kind = {
  readonly command: string;
  readonly args: (start: number) => readonly string[];
  readonly says: RegExp;
  readonly ns: number[];
};

const NODE: Kind = { command: process.execPath, args: () => ["-e", "0"], says: /^$/, ns: [] };
const VALIDATE: Kind = { command: process.execPath, args: () => [BIN, ...CALL], says: VALID, ns: [] };
/** Other work at each start: the same work twice would be refused. */
const CREATE: Kind = {
  command: process.execPath,
  args: (start) => [BIN, "task", "create", "write a part", "--scope", String(start)],
  says: /^T-\d+ created/,
  ns: [],
};

function seedKind({ python }: Seed): Kind {
  const script = join(dirname(python), "exec-kernel");
  const own = existsSync(script);
  const args = own ? CALL : ["-m", "kernel", ...CALL];
  return { command: own ? script : python, args: () => args, says: VALID, ns: [] };
}

/** A settings file, a store or an option of node found on this machine would bear on the start. */
function plainEnv(folder: string): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: folder, EXEC_KERNEL_HOME: folder, EXEC_KERNEL_WORKSPACE: "bench" };
}

function run(command: string, args: readonly string[], folder: string): string {
  const options = { encoding: "utf8", cwd: folder, env: plainEnv(folder) } as const;
  const { stdout, stderr, error, status } = spawnSync(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
  return stdout;
}

/** Starts one process and waits for its end; returns the nanoseconds that took. */
function start({ command, args, says }: Kind, index: number, folder: string): number {
  const given = args(index);
  let said = "";
  const ns = timeOf(() => {
    said = run(command, given, folder);
  });
  if (!says.test(said)) throw new Error(`${command} ${given.join(" ")} said ${JSON.stringify(said)}`);
  return ns;
}

/** Starts all kinds in turns; the first start of each finds its files not read yet, and does not count. */
function startAll(kinds: readonly Kind[], { effort, folder }: Setting): void {
  for (let round = 0; round <= effort.starts; round += 1) {
    const first = round % kinds.length;
    for (const kind of [...kinds.slice(first), ...kinds.slice(0, first)]) {
      const ns = start(kind, round, folder);
      if (round > 0) kind.ns.push(ns);
    }
  }
}

function compared(name: string, ours: Kind, peer: Kind): Compared {
  const shares = ours.ns.map((ns, round) => ns / (peer.ns[round] ?? ns));
  return { name, figure: nanoseconds(median(peer.ns)), share: median(shares) };
}

export const commandLine: Part = {
  name: "command-line",
  run: async (setting) => {
    if (!existsSync(HOT)) throw new Error("dist/bin is not built: npm run bundle");
    run(process.execPath, [BIN, "init"], setting.folder);
    const seed = setting.seed === null ? null : seedKind(setting.seed);
    startAll([VALIDATE, NODE, CREATE, ...(seed === null ? [] : [seed])], setting);
    const row = (what: string, ours: Kind, peer: Compared | null, target: Row["target"]): Row => {
      return { what, ours: nanoseconds(median(ours.ns)), peer, absent: peer === null ? SEED : null, target };
    };
    const what = "exec-kernel validate, whole process";
    const besideSeed = seed === null ? null : compared(SEED, VALIDATE, seed);
    return [
      row(what, VALIDATE, compared("node -e 0", VALIDATE, NODE), { kind: "share", value: 1.15 }),
      row(what, VALIDATE, besideSeed, { kind: "share", value: 0.3 }),
      row("exec-kernel task create, whole process", CREATE, compared("node -e 0", CREATE, NODE), null),
    ];
  },
};
