// A disk that is really full, as real processes meet it: new work is a fault with exit 3, what was spent is still booked
// and work still stopped, nothing is half written, and with room again everything goes on.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BIN, sandbox } from "../support/cli.ts";

const home = await sandbox();
const disk = join(home.home, "disk");
mkdirSync(disk);
const canMount = spawnSync("sh", ["-c", 'unshare -rm mount -t tmpfs none "$0"', disk]).status === 0;

const SCRIPT = `
mount -t tmpfs -o size=12m none disk || exit 99
ek() { "$NODE" "$BIN" --store disk/store.db -w w "$@"; }
say() { "$@" > said 2> fault; echo "$? $(cat said fault | head -n 1)"; }
a() { EXEC_KERNEL_AGENT=a ek "$@"; }
ek init > /dev/null && ek -q task create one > /dev/null && ek -q task create two > /dev/null || exit 98
a -q task claim T-1 > /dev/null && first=$(a -q step reserve T-1 --tokens 50) && second=$(a -q step reserve T-1 --tokens 60) || exit 97
dd if=/dev/zero of=disk/filler bs=1024 2> /dev/null
say ek task create more
say a task claim T-2
say a step reserve T-1 --tokens 10
say a step settle "$first" --tokens 40
say a step cancel "$second"
say a task release T-1
say ek halt workspace --reason full
say ek task list
say ek task create more
rm disk/filler
say ek resume workspace
say ek task create more
say ek verify
`;

test(
  "on a full disk only what was spent is booked and work is stopped, until there is room",
  { skip: canMount ? false : "no small disk can be mounted here" },
  () => {
    const ended = spawnSync("sh", ["-c", 'unshare -rm sh -c "$0"', SCRIPT], {
      cwd: home.home,
      env: { ...home.env(), NODE: process.execPath, BIN },
      encoding: "utf8",
    });
    assert.equal(ended.status, 0, ended.stdout + ended.stderr);
    const full = /^3 exec-kernel: fault store\.full: .*disk\/store\.db .*nothing was written: /;
    const expected = [
      ...[full, full, full],
      ...[/^0 .*settled/, /^0 .*cancelled/, /^0 .*T-1/, /^0 .*halted/],
      ...[/^0 ID +STATE/, full],
      ...[/^0 .*workspace/, /^0 T-3 created/, /^0 verify .*chain intact, 0 rows differ/],
    ];
    const said = ended.stdout.trim().split("\n");
    assert.equal(said.length, expected.length, ended.stdout);
    for (const [index, pattern] of expected.entries()) assert.match(said[index] ?? "", pattern, ended.stdout);
  },
);

test(
  "a backup or a restore that a disk has no room for names the disk's file, and leaves nothing there",
  { skip: canMount ? false : "no small disk can be mounted here" },
  () => {
    const script = `
mount -t tmpfs -o size=64k none disk || exit 99
"$NODE" "$BIN" init -q -w copied > /dev/null && "$NODE" "$BIN" -w copied backup whole.db > /dev/null 2>&1 || exit 98
"$NODE" "$BIN" -w copied backup disk/copy.db; echo $?
"$NODE" "$BIN" -w copied restore whole.db --store disk/copy.db; echo $?
umount disk && mount -t tmpfs -o size=76k none disk || exit 97
"$NODE" "$BIN" -w copied restore whole.db --store disk/copy.db; echo $?
ls -A disk`;
    const { status, stdout, stderr } = spawnSync("sh", ["-c", 'unshare -rm sh -c "$0"', script], {
      cwd: home.home,
      env: { ...home.env(), NODE: process.execPath, BIN },
      encoding: "utf8",
    });
    assert.deepEqual([status, stdout], [0, "3\n3\n3\n"], stderr);
    const lines = stderr.trim().split("\n");
    assert.equal(lines.length, 3);
    for (const line of lines)
      assert.match(
        line,
        /^exec-kernel: fault store\.full: \S+disk\/copy\.db has no room left .*: free disk space, then/,
      );
  },
);
