import assert from "node:assert/strict";
import { after, test } from "node:test";
import { SSL_MODES } from "../../src/store/postgres/url.ts";
import { playPage } from "../support/play-page.ts";
import { PASSWORD, startServer } from "../support/postgres.ts";

const server = await startServer([]);
after(() => server.close());
await server.sql("CREATE DATABASE kernel");

const { page } = await playPage("docs/stores.md", {
  named: "db.example:5432",
  real: `127.0.0.1:${server.port}`,
  env: { PGPASSWORD: PASSWORD },
});

test("docs/stores.md names every sslmode", () => {
  for (const mode of SSL_MODES) assert.ok(page.includes(`\`${mode}\``), mode);
});
