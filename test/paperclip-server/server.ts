// The real Paperclip server as a process, on one port that stays its own over a kill and a restart.

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ended, kept } from "./children.ts";
import { freePort, until } from "./ports.ts";

const ENTRY = join(import.meta.dirname, "node_modules/@paperclipai/server/dist/index.js");
const START_MS = 120_000;
const SAID_MAX = 4_000;

export class PaperclipServer {
  readonly #databaseUrl: string;
  readonly #home: string;
  #port = 0;
  #child: ChildProcess | null = null;
  #said = "";

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
    this.#home = mkdtempSync(join(tmpdir(), "exec-kernel-paperclip-"));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it and waits until it is healthy; agents are told to call back at `apiUrl`. */
  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    const child = kept(
      spawn(process.execPath, [ENTRY], {
        cwd: this.#home,
        env: this.#env(),
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (this.#said = (this.#said + chunk.toString()).slice(-SAID_MAX)));
    await until("Paperclip", START_MS, async () => {
      if (child.exitCode !== null) throw new Error(`Paperclip ended with ${child.exitCode}: ${this.#said}`);
      const health = await fetch(`${this.url}/api/health`).catch(() => null);
      await health?.arrayBuffer();
      return health?.ok === true ? true : null;
    });
  }

  async kill(): Promise<void> {
    if (this.#child !== null) await ended(this.#child, "SIGKILL");
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  #env(): NodeJS.ProcessEnv {
    return {
      PATH: process.env["PATH"],
      HOME: this.#home,
      DATABASE_URL: this.#databaseUrl,
      PAPERCLIP_HOME: this.#home,
      PAPERCLIP_CONFIG: join(this.#home, "config.json"),
      HOST: "127.0.0.1",
      PORT: String(this.#port),
      PAPERCLIP_BIND: "loopback",
      PAPERCLIP_DEPLOYMENT_MODE: "local_trusted",
      PAPERCLIP_TELEMETRY_DISABLED: "1",
      DO_NOT_TRACK: "1",
      PAPERCLIP_ANNOUNCEMENTS_ENABLED: "false",
      PAPERCLIP_DB_BACKUP_ENABLED: "false",
      SERVE_UI: "false",
      PAPERCLIP_MIGRATION_AUTO_APPLY: "true",
      PAPERCLIP_AGENT_JWT_SECRET: "a secret of forty signs for the tests alone",
    };
  }
}
