// Whether a commit that was acknowledged outlives the loss of power, and of the machine. Read from the server's own
// settings; what would lose decisions silently is refused.

import { StoreFault } from "../fault.ts";
import { textAt } from "./columns.ts";
import type { Connection } from "./connection.ts";

export type Durability = {
  readonly synchronousCommit: string;
  readonly fsync: string;
  readonly fullPageWrites: string;
  /** Empty when no standby confirms a commit. */
  readonly synchronousStandbys: string;
};

const SETTINGS = `
  SELECT current_setting('synchronous_commit'), current_setting('fsync'), current_setting('full_page_writes'),
    current_setting('synchronous_standby_names')`;

export async function readDurability(connection: Connection): Promise<Durability> {
  const [columns] = await connection.ask({ text: SETTINGS });
  return {
    synchronousCommit: textAt(columns, 0),
    fsync: textAt(columns, 1),
    fullPageWrites: textAt(columns, 2),
    synchronousStandbys: textAt(columns, 3),
  };
}

function notDurable(where: string, told: string): StoreFault {
  return new StoreFault("store.not_durable", where, `${where} ${told}`);
}

/** Throws store.not_durable for a server that forgets commits when the power goes. */
export function checkPower({ synchronousCommit, fsync, fullPageWrites }: Durability, where: string): void {
  const off = [
    ...(fsync === "off" ? ["fsync"] : []),
    ...(fullPageWrites === "off" ? ["full_page_writes"] : []),
    ...(synchronousCommit === "off" ? ["synchronous_commit"] : []),
  ];
  if (off.length === 0) return;
  throw notDurable(where, `would lose acknowledged decisions when the power goes: set ${off.join(" and ")} = on`);
}

/** store.not_durable where the loss of one machine loses decisions: who makes a store has to say that this is meant. */
export function standbyFault(
  { synchronousStandbys, synchronousCommit }: Durability,
  where: string,
): StoreFault | undefined {
  if (synchronousStandbys !== "" && synchronousCommit !== "local") return undefined;
  const why =
    synchronousStandbys === "" ? "has no synchronous standby" : "waits for no standby (synchronous_commit = local)";
  const ways =
    "set synchronous_standby_names (and synchronous_commit = on) on the server, or accept it with --single-node";
  return notDurable(where, `${why}, the loss of that one machine would lose acknowledged decisions: ${ways}`);
}
