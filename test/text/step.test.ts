import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readCall } from "../../src/text/index.ts";

const bash = (command: string): ReturnType<typeof readCall> => readCall("Bash", JSON.stringify({ command }));

describe("a call as text", () => {
  test("the order of its arguments, and words about it, make no other call", () => {
    const one = readCall("Bash", `{"command":"npm test","description":"run the tests"}`);
    const other = readCall("Bash", `{"timeout":5,"description":"once more","command":"npm test"}`);
    assert.equal(one.text, other.text);
    assert.notEqual(one.text, readCall("Bash", `{"command":"npm test unit"}`).text);
    assert.notEqual(one.text, readCall("Shell", `{"command":"npm test"}`).text);
  });

  test("its shape masks numbers, paths and ids", () => {
    const shape = (call: string): string => readCall("Read", call).shape;
    assert.equal(shape(`{"file_path":"/src/a/part-1.ts"}`), shape(`{"file_path":"/src/b/part-22.ts"}`));
    assert.equal(shape(`{"id":"T-17"}`), shape(`{"id":"T-4"}`));
    assert.equal(shape(`{"page":1}`), shape(`{"page":900}`));
    assert.notEqual(shape(`{"pattern":"todo"}`), shape(`{"pattern":"fixme"}`));
  });

  test("what a call is about makes another call, though it looks like noise", () => {
    const text = (call: string): string => readCall("mcp__shop__get_order", call).text;
    assert.notEqual(
      text(`{"id":"6f1c2d3e-0a1b-4c2d-8e3f-1a2b3c4d5e6f"}`),
      text(`{"id":"00000000-0a1b-4c2d-8e3f-1a2b3c4d5e6f"}`),
    );
    assert.notEqual(text(`{"at":"01:00:00"}`), text(`{"at":"02:00:00"}`));
    assert.notEqual(bash(`rm ${["", "tmp", "a"].join("/")}`).text, bash(`rm ${["", "tmp", "b"].join("/")}`).text);
    assert.notEqual(readCall("think", `{"thought":"a"}`).text, readCall("think", `{"thought":"b"}`).text);
    assert.notEqual(readCall("a", "b c").text, readCall("a b", "c").text);
  });

  test("however deep or long it is, it is read at once", () => {
    const startedMs = performance.now();
    const many = (text: string): string => text.repeat(Math.ceil(1_000_000 / text.length));
    assert.equal(readCall("Read", `{"a":${"[".repeat(9_000)}${"]".repeat(9_000)}}`).class, "observe");
    for (const line of [" ", "\t", ">", "<<a\n", "<<", '\\"', '"\\', "a;", "took", "x/", "a "].map(many)) {
      bash(line);
      readCall("Read", line);
    }
    assert.ok(performance.now() - startedMs < 5_000);
  });

  test("broken JSON is a text like any other", () => {
    assert.equal(readCall("Read", `{"file`).class, "observe");
    assert.equal(readCall("", "").command, null);
  });
});

describe("the class of a call", () => {
  const CLASSES: readonly (readonly [string, string])[] = [
    ["git status", "observe"],
    ["git status && git add . && git commit -m 'x'", "mutate"],
    ["cd app && npm test 2>&1 | tail -20", "verify"],
    ["FOO=1 sudo timeout 20 pytest -q", "verify"],
    ["cat a.txt > b.txt", "mutate"],
    ["cat a.txt > /dev/null", "observe"],
    ["sed -n 1,20p a.ts", "observe"],
    ["sed -i s/a/b/ a.ts", "mutate"],
    ["echo 'rm -rf /; npm test'", "observe"],
    ["cat <<'EOF'\nrm x\nEOF", "observe"],
    ["python tools/convert.py data/1.csv", "mutate"],
    ["sleep 30; gh run view 7", "observe"],
    ["curl -s -X POST https://x/pay", "mutate"],
    ["curl --data a=b https://x", "mutate"],
    ["aws s3 rm s3://x/y", "mutate"],
    ["kubectl rollout restart deploy/x", "mutate"],
    ["gh run rerun 7", "mutate"],
  ];
  for (const [line, kind] of CLASSES)
    test(`${line.replaceAll("\n", " ")} is ${kind}`, () => assert.equal(bash(line).class, kind));

  const TOOLS: readonly (readonly [string, string, boolean])[] = [
    ["Read", "observe", false],
    ["Edit", "mutate", false],
    ["mcp__db__list_tables", "observe", false],
    ["mcp__db__updateRow", "mutate", false],
    ["update_reservation_flights", "mutate", false],
    ["search_direct_flight", "observe", false],
    ["mcp__ci__get_build_status", "observe", true],
    ["TaskOutput", "observe", true],
    ["delete_order_status", "mutate", false],
    ["frobnicate", "observe", false],
  ];
  for (const [tool, kind, watches] of TOOLS)
    test(`${tool} is ${kind}${watches ? ", and watches" : ""}`, () => {
      const read = readCall(tool, "{}");
      assert.deepEqual([read.class, read.watches, read.command], [kind, watches, null]);
    });

  test("what changes by itself is watched", () => {
    for (const line of ["sleep 30 && cat log", "gh run view 7", "kubectl get pods", "curl -s http://localhost/health"])
      assert.equal(bash(line).watches, true, line);
    for (const line of ["git log | tail -5", "git log -3; jobs", "cat x | head; sleep 0", "curl -X POST https://x"])
      assert.equal(bash(line).watches, false, line);
  });
});

describe("the name of a command", () => {
  test("is its programs with their subcommands, and never an argument", () => {
    assert.equal(bash("npm run deploy -- --token hunter2").command, "npm run deploy");
    assert.equal(bash("npm test && git push origin main").command, "npm test; git push");
    assert.equal(bash("sleep 30 && gh run view 3").command, "gh run view");
    assert.equal(bash("bash ./scripts/wait.sh x").command, "bash");
    assert.equal(bash("curl -H 'token: hunter2' https://x").command, "curl");
    assert.equal(bash("PASSWORD=hunter2 ./deploy.sh prod").command, "deploy.sh");
    assert.equal(readCall("", "hunter2").command, null, "without a tool a line may be anything");
    assert.equal(readCall("", "npm test").command, "npm test");
  });
});
