// What a URL of a PostgreSQL store says, and that nothing of it that is shown is its password.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isPostgresUrl, parsePostgresUrl, StoreFault } from "../../../src/store/index.ts";
import { seed } from "../support.ts";

function faultOf(url: string): StoreFault {
  try {
    parsePostgresUrl(url);
  } catch (error) {
    if (error instanceof StoreFault) return error;
  }
  return assert.fail(`${url} was taken`);
}

test("every part of a URL is found, and what is left out has its default", () => {
  assert.deepEqual(
    parsePostgresUrl("postgres://u%40x:p%3Aw@h1:6000,[::1]:7,h3/d%20b?schema=s%22&sslmode=verify-full"),
    {
      hosts: [
        { host: "h1", port: 6_000 },
        { host: "::1", port: 7 },
        { host: "h3", port: 5_432 },
      ],
      user: "u@x",
      password: "p:w",
      database: "d b",
      schema: 's"',
      sslMode: "verify-full",
      sslRootCert: null,
      shown: "postgres://u%40x@h1:6000,[::1]:7,h3/d%20b?schema=s%22&sslmode=verify-full",
    },
  );
  assert.deepEqual(parsePostgresUrl("postgresql://"), {
    hosts: [{ host: "localhost", port: 5_432 }],
    user: null,
    password: null,
    database: null,
    schema: "exec_kernel",
    sslMode: "disable",
    sslRootCert: null,
    shown: "postgres://",
  });
  for (const [port, hosts] of [
    [5_432, ""],
    [5_433, ":5433"],
  ] as const)
    assert.deepEqual(parsePostgresUrl(`postgres://${hosts}/db?host=/run/postgresql`).hosts, [
      { host: "/run/postgresql", port },
    ]);
});

test("a file is no URL of a server", () => {
  for (const path of ["store.db", "/postgres/x", "postgres", "C:\\store.db"])
    assert.equal(isPostgresUrl(path), false, path);
});

test("what is wrong with a URL is told in one line that has nothing of a password in it", () => {
  for (const [url, says] of [
    ["postgres://u:secret1@h:port/db", /a host that is no name with a port/],
    ["postgres://u:secret1@h:70000/db", /port 70000/],
    ["postgres://u:secret1/more@h/db", /./],
    ["postgres://u:12345/secret1@h/db", /@ behind the host/],
    ["postgres://u:p@secret1@h/db", /@ behind the host/],
    ["postgres://u:secret1#x@h/db", /another form/],
    ["postgres://u:secret1%zz@h/db", /a password with a % that encodes nothing/],
    ["postgres://u@h/db?password=secret1", /an unknown option password, known are schema/],
    ["postgres://u@h/db?secret1 secret1", /an unknown option ,/],
    ["postgres://u@h/db?schema=a&schema=b", /the option schema twice/],
    ["postgres://u@h/db?schema=", /a schema that cannot be/],
    ["postgres://u@h/db?schema=pg_x", /a schema that cannot be/],
    [`postgres://u@h/db?schema=${"x".repeat(64)}`, /a schema that cannot be/],
    ["postgres://u@h/db?sslmode=maybe", /an unknown sslmode/],
  ] as const) {
    const { code, message } = faultOf(url);
    assert.equal(code, "store.url");
    assert.match(message, says, url);
    assert.match(message, /^[^\n]+: write postgres:\/\/USER@HOST:5432\/DATABASE\?schema=NAME$/);
    assert.doesNotMatch(message, /secret1/);
  }
});

test("whatever is typed as a password is never shown", () => {
  const secret = fc.string({ minLength: 1, maxLength: 12 }).map((text) => `s3cret${text}s3cret`);
  fc.assert(
    fc.property(secret, fc.boolean(), (text, encoded) => {
      const password = encoded ? encodeURIComponent(text) : text;
      let shown = "";
      try {
        shown = parsePostgresUrl(`postgres://u:${password}@h/db`).shown;
      } catch (error) {
        shown = error instanceof Error ? error.message : "";
      }
      assert.doesNotMatch(shown, /s3cret/);
    }),
    { seed, numRuns: 500 },
  );
});
