// The statements that write, for one schema. Questions are in reads.ts, tables in migrations.ts.

import type { Question } from "./connection.ts";

/** A name as PostgreSQL reads it, whatever is in it. */
export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

// One round trip for any number of workspaces. `asked` has one line a workspace: the head that its work was done on and
// the one that is to be. `won` are those whose head was the expected one: only their events, rows and counters are
// written. A head of sequence 0 is a place kept for a workspace without a log; a line whose next sequence is its own
// writes no head and is won when the head is still the same.
function flushText(schema: string, withWords: boolean): string {
  const s = quoted(schema);
  return `
WITH asked AS MATERIALIZED (
  SELECT workspace, sequence, hash, min_writer, epoch, next_sequence, next_hash, next_min_writer, n::int4
  FROM unnest($1::text[], $2::int8[], $3::text[], $4::int8[], $5::int8[], $6::int8[], $7::text[], $8::int8[])
    WITH ORDINALITY AS asked (workspace, sequence, hash, min_writer, epoch, next_sequence, next_hash, next_min_writer, n)
), moved AS (
  UPDATE ${s}.head SET sequence = asked.next_sequence, hash = asked.next_hash, min_writer = asked.next_min_writer
  FROM asked WHERE head.workspace = asked.workspace AND head.sequence = asked.sequence AND head.hash = asked.hash
    AND head.min_writer = asked.min_writer AND head.epoch = asked.epoch
    AND asked.sequence > 0 AND asked.next_sequence > asked.sequence
  RETURNING asked.n
), made AS (
  INSERT INTO ${s}.head AS head (workspace, sequence, hash, min_writer, epoch)
  SELECT workspace, next_sequence, next_hash, next_min_writer, epoch FROM asked
  WHERE asked.sequence = 0 AND asked.next_sequence > 0
  ON CONFLICT (workspace) DO UPDATE
    SET sequence = excluded.sequence, hash = excluded.hash, min_writer = excluded.min_writer
    WHERE head.sequence = 0 AND head.epoch = excluded.epoch
  RETURNING head.workspace
), won AS MATERIALIZED (
  SELECT n FROM moved
  UNION ALL SELECT asked.n FROM made JOIN asked ON asked.workspace = made.workspace
  UNION ALL SELECT asked.n FROM asked LEFT JOIN ${s}.head ON head.workspace = asked.workspace
  WHERE asked.next_sequence = asked.sequence AND coalesce(head.sequence, 0) = asked.sequence
    AND coalesce(head.hash, '') = asked.hash AND coalesce(head.min_writer, 0) = asked.min_writer
), events AS (
  INSERT INTO ${s}.event (workspace, sequence, at, type, hash, bytes)
  SELECT ($1::text[])[n], sequence, at, type, hash, bytes
  FROM unnest($9::int4[], $10::int8[], $11::int8[], $12::text[], $13::text[], $14::bytea[])
    AS event (n, sequence, at, type, hash, bytes)
  WHERE n = ANY (ARRAY(SELECT n FROM won))
), kept AS (
  INSERT INTO ${s}.state AS state (workspace, key, bytes)
  SELECT ($1::text[])[n], key, bytes FROM unnest($15::int4[], $16::text[], $17::bytea[]) AS row (n, key, bytes)
  WHERE n = ANY (ARRAY(SELECT n FROM won))
  ON CONFLICT (workspace, key) DO UPDATE SET bytes = excluded.bytes
), dropped AS (
  DELETE FROM ${s}.state USING unnest($18::int4[], $19::text[]) AS gone (n, key)
  WHERE state.workspace = ($1::text[])[gone.n] AND state.key = gone.key AND gone.n = ANY (ARRAY(SELECT n FROM won))
), counted AS (
  INSERT INTO ${s}.counter AS counter (workspace, name, value)
  SELECT ($1::text[])[n], name, by FROM unnest($20::int4[], $21::text[], $22::int8[]) AS count (n, name, by)
  WHERE n = ANY (ARRAY(SELECT n FROM won))
  ON CONFLICT (workspace, name) DO UPDATE SET value = counter.value + excluded.value
)${withWords ? wordsText(s) : ""}
SELECT n FROM won`;
}

// $23, $24: keys whose old words go; $25..$27: searchable rows with their lengths; $28..$31: their words. A word that
// stays is changed, never deleted and made anew: the order of the parts of one statement is not fixed.
function wordsText(s: string): string {
  return `, forgotten AS (
  DELETE FROM ${s}.word USING unnest($23::int4[], $24::text[]) AS changed (n, key)
  WHERE word.workspace = ($1::text[])[changed.n] AND word.key = changed.key
    AND changed.n = ANY (ARRAY(SELECT n FROM won))
    AND NOT EXISTS (
      SELECT FROM unnest($28::int4[], $29::text[], $30::text[]) AS still (n, key, word)
      WHERE still.n = changed.n AND still.key = changed.key AND still.word = word.word)
), unlisted AS (
  DELETE FROM ${s}.searchable USING unnest($23::int4[], $24::text[]) AS changed (n, key)
  WHERE searchable.workspace = ($1::text[])[changed.n] AND searchable.key = changed.key
    AND changed.n = ANY (ARRAY(SELECT n FROM won))
    AND NOT EXISTS (
      SELECT FROM unnest($25::int4[], $26::text[]) AS still (n, key)
      WHERE still.n = changed.n AND still.key = changed.key)
), listed AS (
  INSERT INTO ${s}.searchable AS searchable (workspace, key, length)
  SELECT ($1::text[])[n], key, length FROM unnest($25::int4[], $26::text[], $27::int8[]) AS row (n, key, length)
  WHERE n = ANY (ARRAY(SELECT n FROM won))
  ON CONFLICT (workspace, key) DO UPDATE SET length = excluded.length
), indexed AS (
  INSERT INTO ${s}.word AS word (workspace, key, word, times)
  SELECT ($1::text[])[n], key, word, times
  FROM unnest($28::int4[], $29::text[], $30::text[], $31::int8[]) AS word (n, key, word, times)
  WHERE n = ANY (ARRAY(SELECT n FROM won))
  ON CONFLICT (workspace, key, word) DO UPDATE SET times = excluded.times
)`;
}

/** The writing statements of one schema. */
export type Statements = {
  readonly flush: Question;
  readonly flushWithWords: Question;
  /** Makes every flush fail that expects the head as it was known before: one that may still be on its way. */
  readonly fence: Question;
  /** Keeps the place of a workspace without a log, so that it can be locked. */
  readonly keepPlace: Question;
  readonly lockHead: Question;
};

export function statementsFor(schema: string): Statements {
  const s = quoted(schema);
  return {
    flush: { name: "flush", text: flushText(schema, false) },
    flushWithWords: { name: "flush_words", text: flushText(schema, true) },
    fence: {
      name: "fence",
      text: `
        INSERT INTO ${s}.head AS head (workspace, sequence, hash, min_writer, epoch) VALUES ($1, 0, '', 0, 1)
        ON CONFLICT (workspace) DO UPDATE SET epoch = head.epoch + 1 RETURNING epoch`,
    },
    keepPlace: {
      name: "keep_place",
      text: `
        INSERT INTO ${s}.head (workspace, sequence, hash, min_writer, epoch) VALUES ($1, 0, '', 0, 0)
        ON CONFLICT (workspace) DO NOTHING`,
    },
    lockHead: {
      name: "lock_head",
      text: `SELECT sequence, hash, min_writer, epoch FROM ${s}.head WHERE workspace = $1 FOR UPDATE`,
    },
  };
}
