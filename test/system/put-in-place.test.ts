import { deepEqual, equal, throws } from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { codeOf, putInPlace } from "../../src/system/index.ts";

function folder(): string {
  return mkdtempSync(join(tmpdir(), "exec-kernel-place-"));
}

test("a finished file takes its name and leaves nothing beside", () => {
  const at = folder();
  writeFileSync(join(at, "new.part"), "whole");
  equal(putInPlace(join(at, "new.part"), join(at, "name")), true);
  deepEqual(readdirSync(at), ["name"]);
  equal(readFileSync(join(at, "name"), "utf8"), "whole");
});

test("a name that is taken stays what it was, even empty, and the file stays beside", () => {
  for (const text of ["first", ""]) {
    const at = folder();
    writeFileSync(join(at, "name"), text);
    writeFileSync(join(at, "new.part"), "second");
    equal(putInPlace(join(at, "new.part"), join(at, "name")), false);
    equal(readFileSync(join(at, "name"), "utf8"), text);
    equal(existsSync(join(at, "new.part")), true);
  }
});

test("what the system says of a folder that is not there is thrown as it is", () => {
  const at = folder();
  writeFileSync(join(at, "new.part"), "whole");
  throws(
    () => putInPlace(join(at, "new.part"), join(at, "nowhere", "name")),
    (error: unknown) => codeOf(error) === "ENOENT",
  );
});
