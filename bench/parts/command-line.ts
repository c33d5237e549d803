// `exec-kernel validate` as a whole process, from start to exit: against a node that does nothing, and the seed's.

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
const SAYS = "VALID: Work started\n";

/** One kind of process, and how long each start of it took. */
type Kind = {
  readonly command: string;
  readonly args: readonly string[];
  readonly says: string;
  readonly ns: number[];
};

function kind(command: string, args: readonly string[], says = SAYS): Kind {
  return { command, args, says, ns: [] };
}

function seedKind({ python }: Seed): Kind {
  const script = join(dirname(python), "exec-kernel");
  return existsSync(script) ? kind(script, CALL) : kind(python, ["-m", "kernel", ...CALL]);
}

/** A settings file, a store or an option of node found on this machine would bear on the start. */
function plainEnv(folder: string): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: folder };
}

function start({ command, args, says, ns }: Kind, folder: string): void {
  let stdout = "";
  const took = timeOf(() => {
    ({ stdout } = spawnSync(command, args, { encoding: "utf8", cwd: folder, env: plainEnv(folder) }));
  });
  if (stdout !== says) throw new Error(`${command} ${args.join(" ")} said ${JSON.stringify(stdout)}`);
  ns.push(took);
}

function startAll(kinds: readonly Kind[], { effort, folder }: Setting): void {
  for (const one of kinds) start(one, folder);
  for (const one of kinds) one.ns.length = 0;
  for (let round = 0; round < effort.starts; round += 1) {
    const first = round % kinds.length;
    for (const one of [...kinds.slice(first), ...kinds.slice(0, first)]) start(one, folder);
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
    const ours = kind(process.execPath, [BIN, ...CALL]);
    const hot = kind(process.execPath, [HOT, ...CALL]);
    const node = kind(process.execPath, ["-e", "0"], "");
    const seed = setting.seed === null ? null : seedKind(setting.seed);
    startAll(seed === null ? [ours, hot, node] : [ours, hot, node, seed], setting);
    const row = (what: string, one: Kind, peer: Compared | null, target: Row["target"]): Row => {
      return { what, ours: nanoseconds(median(one.ns)), peer, absent: peer === null ? SEED : null, target };
    };
    const what = "exec-kernel validate, whole process";
    return [
      row(what, ours, compared("node -e 0", ours, node), { kind: "share", value: 1.15 }),
      row(what, ours, seed === null ? null : compared(SEED, ours, seed), { kind: "share", value: 0.3 }),
      row("its bundle alone (dist/bin/hot.cjs)", hot, compared("node -e 0", hot, node), null),
    ];
  },
};
