// A file that grows beside its place: under its name there is all of it or nothing.

import assert from "node:assert/strict";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { intoNewFile } from "../../src/cli/new-file.ts";
import { UsageError } from "../../src/cli/args/usage.ts";
import { codeOf } from "../../src/system/index.ts";

const home = mkdtempSync(join(tmpdir(), "exec-kernel-new-"));
after(() => rmSync(home, { recursive: true }));

function folder(): string {
  return mkdtempSync(join(home, "at-"));
}

describe("a new file", () => {
  test("has its name once it is whole, and only its owner reads it", async () => {
    const at = folder();
    const path = join(at, "log.jsonl");
    const done = await intoNewFile(path, async (write) => {
      write("first");
      assert.equal(existsSync(path), false);
      write("second \u{1F600}");
      return 2;
    });
    assert.equal(done, 2);
    assert.equal(readFileSync(path, "utf8"), "first\nsecond \u{1F600}\n");
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(at), ["log.jsonl"]);
  });

  test("that failed half way leaves nothing behind", async () => {
    const at = folder();
    const failing = intoNewFile(join(at, "log.jsonl"), async (write) => {
      write("half");
      throw new RangeError("the store went away");
    });
    await assert.rejects(failing, /the store went away/);
    assert.deepEqual(readdirSync(at), []);
  });

  test("never takes a name that is taken, and says so before the work begins", async () => {
    const at = folder();
    writeFileSync(join(at, "file"), "old");
    symlinkSync(join(at, "nowhere"), join(at, "link"));
    for (const name of ["file", "link"]) {
      const work = async (): Promise<never> => assert.fail("the work began");
      await assert.rejects(intoNewFile(join(at, name), work), UsageError);
    }
    const late = intoNewFile(join(at, "late"), async (write) => {
      write("mine");
      writeFileSync(join(at, "late"), "another's");
    });
    await assert.rejects(late, UsageError);
    assert.equal(readFileSync(join(at, "late"), "utf8"), "another's");
    assert.deepEqual(readdirSync(at).toSorted(), ["file", "late", "link"]);
  });

  test("in a folder that is not there is told under its own name", async () => {
    const path = join(folder(), "away", "log.jsonl");
    await assert.rejects(
      intoNewFile(path, async () => 0),
      (error: unknown) =>
        codeOf(error) === "ENOENT" && error instanceof Error && "path" in error && error.path === path,
    );
  });
});
