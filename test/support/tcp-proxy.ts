// A TCP proxy that cuts a connection at a chosen message: before the server gets it, after the server has answered it,
// or so that the server gets it late, when nobody waits for the answer any more. Or it becomes a hole, as a network that
// is parted does.

import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";

export type CutAt = "before" | "after" | "late";

type Cut = { readonly text: string; readonly at: CutAt; readonly done: () => void };

export class TcpProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut: Cut | null = null;
  #late: { readonly upstream: Socket; readonly bytes: Buffer } | null = null;
  #refusing = false;
  #hole = false;
  accepted = 0;
  refused = 0;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async to(targetPort: number): Promise<TcpProxy> {
    const server = createServer({ noDelay: true });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const proxy = new TcpProxy(server, typeof address === "object" && address !== null ? address.port : 0);
    server.on("connection", (client) => proxy.#join(client, targetPort));
    return proxy;
  }

  /** The same URL by way of the proxy. */
  through(url: string): string {
    return url.replace(/@[^/]+/, `@127.0.0.1:${this.port}`);
  }

  /** Cuts the next connection that sends a message with this text; resolves when that is done. */
  cutOnce(text: string, at: CutAt): Promise<void> {
    return new Promise((resolve) => (this.#cut = { text, at, done: resolve }));
  }

  /** Lets the server have what was held back, and waits for its answer. */
  async release(): Promise<void> {
    const late = this.#late;
    if (late === null) return;
    this.#late = null;
    const answered = new Promise<void>((resolve) => {
      for (const event of ["data", "close"]) late.upstream.once(event, () => resolve());
      if (late.upstream.closed) resolve();
    });
    late.upstream.write(late.bytes);
    await answered;
    late.upstream.destroy();
  }

  /** Ends every connection and takes no new one, until `accept`. */
  refuse(): void {
    this.#refusing = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** From now on nothing that is sent arrives, in either direction, and nobody is told; it arrives late, at `accept`. */
  swallow(): void {
    this.#hole = true;
    for (const socket of this.#sockets) socket.pause();
  }

  accept(): void {
    this.#refusing = false;
    this.#hole = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.refuse();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: Socket, targetPort: number): void {
    if (this.#refusing) {
      this.refused += 1;
      return void client.destroy();
    }
    this.accepted += 1;
    const upstream = connect({ port: targetPort, host: "127.0.0.1", noDelay: true });
    let mute = false;
    const cutWith = (cut: Cut, bytes: Buffer): void => {
      this.#cut = null;
      mute = true;
      if (cut.at === "late") this.#late = { upstream, bytes };
      if (cut.at === "before") upstream.destroy();
      if (cut.at !== "after") return end(cut);
      upstream.once("data", () => end(cut));
      upstream.write(bytes);
    };
    const end = (cut: Cut): void => {
      client.destroy();
      cut.done();
    };
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => this.#sockets.delete(socket));
    }
    client.on("data", (bytes) => {
      const cut = this.#cut;
      if (cut !== null && bytes.includes(cut.text)) cutWith(cut, bytes);
      else upstream.write(bytes);
    });
    upstream.on("data", (bytes) => (mute ? undefined : client.write(bytes)));
    client.on("close", () => (mute ? undefined : upstream.destroy()));
    upstream.on("close", () => client.destroy());
    if (this.#hole) for (const socket of [client, upstream]) socket.pause();
  }
}
