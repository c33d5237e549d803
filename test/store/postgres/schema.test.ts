// A schema that is looked at while another kernel brings it up.

import { deepEqual } from "node:assert/strict";
import { after, test } from "node:test";
import { Client } from "pg";
import { Connection } from "../../../src/store/postgres/connection.ts";
import { migrationsFor } from "../../../src/store/postgres/migrations.ts";
import { lookAtSchema } from "../../../src/store/postgres/schema.ts";
import { parsePostgresUrl } from "../../../src/store/postgres/url.ts";
import { freshUrl, openTestStore, testServer } from "../../support/postgres.ts";

const QUESTIONS_MOST = 12;

/** A store as its first version made it. */
async function oldStore(): Promise<string> {
  const url = await freshUrl();
  await (await openTestStore(url)).close();
  const { schema } = parsePostgresUrl(url);
  const newer = migrationsFor(schema)
    .slice(1)
    .flatMap(({ tables }) => tables);
  const { sql } = await testServer();
  for (const table of newer) await sql(`DROP TABLE ${schema}.${table}`);
  await sql(`UPDATE ${schema}.identity SET schema_version = 1`);
  return url;
}

test("whoever looks at a store while it is being brought up sees it before or after, never half", async () => {
  const client = new Client({ connectionString: (await testServer()).url });
  await client.connect();
  after(() => client.end());
  const seen = new Set<number | undefined>();
  for (let before = 0, asked = QUESTIONS_MOST; before <= asked && before < QUESTIONS_MOST; before += 1) {
    const url = await oldStore();
    const { schema, shown } = parsePostgresUrl(url);
    const connection = new Connection(client, {
      host: { host: "", port: 0 },
      where: shown,
      answerTimeoutMs: 10_000,
      onLost: () => undefined,
    });
    const ask = connection.ask.bind(connection);
    asked = 0;
    connection.ask = async (question, values) => {
      if (asked === before) await (await openTestStore(url)).close();
      asked += 1;
      return ask(question, values);
    };
    seen.add((await lookAtSchema(connection, schema))?.version);
  }
  deepEqual(seen, new Set([2, 1]));
});
