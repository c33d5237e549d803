// Bytes of files: plain or packed is told by content, and a damaged file gives everything before the damage.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { readBytes } from "../../src/formats/bytes.ts";
import { readLines } from "../../src/formats/lines.ts";

const folder = mkdtempSync(join(tmpdir(), "formats-bytes-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

type Read = { readonly text: string; readonly fault: string | null };

async function readAll(path: string): Promise<Read> {
  const pieces: Buffer[] = [];
  let fault: string | null = null;
  for await (const item of readBytes(path)) {
    assert.equal(fault, null, "nothing follows a fault");
    if (item.form === "fault") fault = item.why;
    else pieces.push(Buffer.from(item.bytes));
  }
  return { text: Buffer.concat(pieces).toString("latin1"), fault };
}

/** Lines that pack badly, so that a cut anywhere falls between different bytes. */
function content(lines: number): string {
  let state = 7;
  const out: string[] = [];
  for (let line = 0; line < lines; line += 1) {
    state = (state * 48_271) % 2_147_483_647;
    out.push(`{"id":"${state.toString(36)}","line":${line + 1}}\n`);
  }
  return out.join("");
}

test("gzip is told by its first bytes, whatever the file is called", async () => {
  const text = content(500);
  assert.deepEqual(await readAll(file("packed.jsonl", gzipSync(text))), { text, fault: null });
  assert.deepEqual(await readAll(file("plain.jsonl.gz", text)), { text, fault: null });
});

test("a gzip file of several members, as appending makes, is read to its end", async () => {
  const text = content(10);
  const members = Buffer.concat([gzipSync(text), gzipSync(""), gzipSync(text)]);
  assert.deepEqual(await readAll(file("members", members)), { text: text + text, fault: null });
  assert.deepEqual(await readAll(file("padded", Buffer.concat([members, Buffer.alloc(200_000)]))), {
    text: text + text,
    fault: null,
  });
});

test("a gzip file cut anywhere gives a beginning of its text and says that it ends early", async () => {
  const text = content(60);
  const packed = gzipSync(text);
  let longest = 0;
  for (let size = 2; size < packed.length; size += 1) {
    const { text: got, fault } = await readAll(file("cut", packed.subarray(0, size)));
    assert.match(fault ?? "", /ends early/, `cut at ${size}`);
    assert.ok(text.startsWith(got), `cut at ${size}`);
    assert.ok(got.length >= longest, `cut at ${size}`);
    longest = got.length;
  }
  // Without the last 8 bytes (the check sum) all of the text is there.
  assert.equal(longest, text.length);
});

test("a large gzip file that is cut keeps all lines before the cut, rightly numbered", async () => {
  const packed = gzipSync(content(50_000));
  const path = file("large-cut.gz", packed.subarray(0, Math.floor(packed.length * 0.7)));
  let last = 0;
  const problems: string[] = [];
  for await (const item of readLines(path)) {
    if (item.form === "problem") problems.push(`${item.problem.line}: ${item.problem.why}`);
    else {
      assert.equal(item.text.endsWith(`"line":${item.line}}`), true);
      assert.equal(item.line, last + 1);
      last = item.line;
    }
  }
  assert.ok(last > 30_000, `${last} lines`);
  assert.deepEqual(problems, [`${last + 1}: the gzip file ends early; what follows is missing`]);
});

test("a large gzip file damaged in its middle keeps the lines before and does not hang", async () => {
  const packed = gzipSync(content(50_000));
  const middle = Math.floor(packed.length / 2);
  packed.fill(0, middle, middle + 4_096);
  let lines = 0;
  const problems: string[] = [];
  for await (const item of readLines(file("large-damaged", packed))) {
    if (item.form === "problem") problems.push(item.problem.why);
    else lines += 1;
  }
  assert.ok(lines > 20_000 && lines < 50_000, `${lines} lines`);
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? "", /damaged/);
});

test("any damaged byte of a gzip file is at worst a fault, never an exception", async () => {
  const packed = gzipSync(content(60));
  for (let at = 2; at < packed.length; at += 1) {
    const damaged = Buffer.from(packed);
    damaged[at] = (damaged[at] ?? 0) ^ 0x55;
    const { fault } = await readAll(file("damaged", damaged));
    // The header's time, flags and system byte carry no text: damage there may pass unseen.
    if (at >= 10) assert.notEqual(fault, null, `byte ${at}`);
  }
  const { fault } = await readAll(file("tail", Buffer.concat([packed, Buffer.from("not gzip")])));
  assert.match(fault ?? "", /damaged/);
});

test("what is no readable file is a fault in words, and a pipe is not waited for", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  assert.equal((await readAll(pipe)).fault, "is not a regular file; write its content to a file first");
  assert.equal((await readAll(folder)).fault, "is a folder");
  assert.equal((await readAll(join(folder, "none"))).fault, "no such file or folder (ENOENT)");
  assert.match((await readAll("a\0b")).fault ?? "", /^the path holds a NUL/);
  assert.deepEqual(await readAll(file("empty", "")), { text: "", fault: null });
  assert.match((await readAll(file("head", Buffer.from([0x1f, 0x8b])))).fault ?? "", /ends early/);
});

test("progress adds up to the size as stored", async () => {
  for (const bytes of [gzipSync(content(8_000)), Buffer.from(content(8_000))]) {
    let readBytesTotal = 0;
    const path = file("progress", bytes);
    for await (const item of readLines(path, { onBytes: (sizeBytes) => (readBytesTotal += sizeBytes) }))
      assert.equal(item.form, "line");
    assert.equal(readBytesTotal, bytes.length);
  }
});

test(
  "a reader that is left early closes its file",
  { skip: process.platform !== "linux" && "needs /proc" },
  async () => {
    const path = file("left", gzipSync(content(50_000)));
    for (let round = 0; round < 50; round += 1) {
      for await (const item of readLines(path)) {
        assert.equal(item.form, "line");
        break;
      }
    }
    const open = execFileSync("ls", ["-l", `/proc/${process.pid}/fd`], { encoding: "utf8" });
    assert.equal(open.includes(path), false);
  },
);
