// A proxy between the adapter and the server that counts what passes and can lose an answer: the server has done the
// work, and the caller never hears of it.

import { createServer, request } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { once } from "node:events";

export type Seen = { readonly method: string; readonly path: string };

/** Called when the server's answer is there and not yet passed on; true loses it. */
export type OnAnswer = (seen: Seen) => Promise<boolean>;

export class Proxy {
  readonly #target: () => string;
  readonly #server: Server;
  /** All requests that came, in order. */
  readonly seen: Seen[] = [];
  onAnswer: OnAnswer | null = null;

  constructor(target: () => string) {
    this.#target = target;
    this.#server = createServer((incoming, outgoing) => this.#pass(incoming, outgoing));
  }

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  get url(): string {
    const address = this.#server.address();
    return address === null || typeof address === "string" ? "" : `http://127.0.0.1:${address.port}`;
  }

  /** Requests that came while `act` ran. */
  async during(act: () => Promise<unknown>): Promise<readonly Seen[]> {
    const before = this.seen.length;
    await act();
    return this.seen.slice(before);
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const seen = { method: incoming.method ?? "", path: incoming.url ?? "" };
    this.seen.push(seen);
    const headers = { ...incoming.headers, connection: "close" };
    const onward = request(`${this.#target()}${seen.path}`, { method: seen.method, headers, agent: false });
    onward.once("error", () => outgoing.destroy());
    onward.once("response", (answer) => void this.#answer(seen, answer, outgoing));
    incoming.pipe(onward);
  }

  async #answer(seen: Seen, answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    answer.on("error", () => outgoing.destroy());
    for await (const chunk of answer) chunks.push(Buffer.from(chunk));
    const isLost = this.onAnswer === null ? false : await this.onAnswer(seen);
    if (isLost) {
      outgoing.destroy();
      return;
    }
    const headers = Object.entries(answer.headers).filter(([name]) => !/^(transfer-encoding|connection)$/.test(name));
    outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(headers)).end(Buffer.concat(chunks));
  }
}
