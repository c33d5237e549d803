// What docs/deploy-postgres.md shows, for those who run it: the proof carries its SQL out, and its patroni.yml is the one that
// the proof starts, with the addresses and waiting times of a real cluster.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { patroniYml } from "./patroni-config.ts";

export const PAGE: string = join(import.meta.dirname, "../../docs/deploy-postgres.md");

const SHOWN_PASSWORD = "a long random password";

/** The first server of the page's cluster. */
export function shownConfig(): string {
  return patroniYml({
    name: "pg1",
    address: "10.0.0.11",
    network: "10.0.0.0/24",
    postgresPort: 5_432,
    restPort: 8_008,
    etcd: "10.0.0.11:2379,10.0.0.12:2379,10.0.0.13:2379",
    binDir: "/usr/lib/postgresql/15/bin",
    dataDir: "/var/lib/postgresql/15/exec-kernel",
    pgpass: "/var/lib/postgresql/exec-kernel.pgpass",
    socketDir: "/var/run/postgresql",
    passwords: {
      superuser: "a-long-random-password",
      replication: "another-long-random-password",
      rewind: "a-third-long-random-password",
    },
    timing: { ttl: 30, loopWait: 10, retryTimeout: 10 },
    watchdog: "required",
    synchronous: true,
  });
}

/** The blocks of this language, in order, as they stand. */
export function blocksOn(page: string, language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, block = ""]) => block,
  );
}

/** The statements of the page's SQL: `first` makes the user, with this password, and the database; `later` runs inside it. */
export function sqlOnPage(password: string): { readonly first: readonly string[]; readonly later: readonly string[] } {
  const [first = "", ...later] = blocksOn(readFileSync(PAGE, "utf8"), "sql");
  return {
    first: statementsOf(first.replace(SHOWN_PASSWORD, password)),
    later: later.flatMap(statementsOf),
  };
}

/** The page's commands that make the store: with a synchronous standby, or on one server. `url` is without the password. */
export function commandsOnPage(synchronous: boolean, url: string, password: string): string {
  const named = synchronous ? "exec-kernel doctor" : "--single-node";
  const block = blocksOn(readFileSync(PAGE, "utf8"), "sh").find((one) => one.includes(named));
  if (block === undefined) throw new Error(`docs/deploy-postgres.md has no block with ${named}`);
  return block.replace(/postgres:\/\/\S+/, url).replace(SHOWN_PASSWORD, password);
}

function statementsOf(block: string): readonly string[] {
  return block.split(/;$/m).filter((statement) => statement.trim() !== "");
}
