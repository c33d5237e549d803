// A server on the loopback interface that answers as it is told, with every fault a network and a proxy can have.

import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { after } from "node:test";
import { PaperclipAdapter } from "../../src/paperclip/index.ts";
import type { PaperclipOptions } from "../../src/paperclip/index.ts";

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
};

/** Answers one request, or does worse. */
export type Reply = (response: ServerResponse, asked: Asked) => void;

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export function raw(status: number, type: string, text: string): Reply {
  return (response) => response.writeHead(status, { "content-type": type }).end(text);
}

/** Takes the request and hangs up. */
export const dropped: Reply = (response) => response.destroy();

/** Takes the request and never answers. */
export const silent: Reply = () => undefined;

/** Begins a long answer and hangs up. */
export const halved: Reply = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write(`{"id": "i-1", `, () => response.destroy());
};

export type Scripted = {
  readonly url: string;
  readonly asked: Asked[];
  /** Answers "METHOD /path" by these in turn, the last one again and again; what is not listed is a 404. */
  readonly on: (route: string, ...replies: readonly Reply[]) => void;
  readonly routes: () => readonly string[];
};

function parsed(text: string): unknown {
  return text === "" ? null : JSON.parse(text);
}

/** A server that is closed after the tests of the file. */
export async function scripted(): Promise<Scripted> {
  const asked: Asked[] = [];
  const script = new Map<string, Reply[]>();
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => {
      const { method = "", url: path = "", headers } = incoming;
      const one = { method, path, headers, body: parsed(Buffer.concat(chunks).toString("utf8")) };
      asked.push(one);
      const replies = script.get(`${method} ${path.split("?")[0]}`) ?? [json(404, { error: "no such route" })];
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      reply?.(response, one);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = address === null || typeof address === "string" ? 0 : address.port;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    on: (route, ...replies) => script.set(route, [...replies]),
    routes: () => asked.map(({ method, path }) => `${method} ${path}`),
  };
}

export const KEY = "pcp_a-secret-key";

export type Made = {
  readonly adapter: PaperclipAdapter;
  /** Milliseconds that were waited between attempts. */
  readonly waits: number[];
  readonly clock: { now: number };
};

/** An adapter for agent ag in company co and run r-1, whose waits take no time. */
export function adapterAt(apiUrl: string, more: PaperclipOptions = {}): Made {
  const waits: number[] = [];
  const clock = { now: 1_700_000_000_000 };
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
    clock.now += ms;
  };
  const adapter = new PaperclipAdapter({
    apiUrl,
    apiKey: KEY,
    agentId: "ag",
    companyId: "co",
    runId: "r-1",
    env: {},
    clock: { now: () => clock.now, wait },
    random: () => 0.5,
    ...more,
  });
  return { adapter, waits, clock };
}

export const ADMISSION = {
  consumer: "the nightly import",
  painPoint: "it misses its window",
  expectedValue: "done in ten minutes",
  validationPath: "three nights of its own timing",
};
