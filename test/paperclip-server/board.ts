// The board's side of a company: what a human does there, and the agents' side, which Paperclip calls for a run and which
// lives until it is answered.

import { once } from "node:events";
import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import { until } from "./ports.ts";

const RUN_MS = 60_000;

type Fields = { readonly [field: string]: unknown };

export type Agent = { readonly id: string; readonly key: string; readonly runId: string; readonly homeIssueId: string };

function text(value: unknown, ...path: readonly string[]): string {
  let at: unknown = value;
  for (const name of path)
    at = typeof at === "object" && at !== null ? Object.getOwnPropertyDescriptor(at, name)?.value : undefined;
  return typeof at === "string" ? at : "";
}

/** One company, as its owner. */
export class Board {
  readonly #url: () => string;
  readonly #runs = new Map<string, string>();
  readonly #waiting: ServerResponse[] = [];
  readonly #desk: Server;
  companyId = "";

  constructor(url: () => string) {
    this.#url = url;
    this.#desk = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.once("end", () => {
        const asked: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}");
        const issueId = text(asked, "context", "issueId");
        // A run that is not wanted ends at once; one for an agent's home issue lives until the suite ends.
        if (issueId !== "" && !this.#runs.has(issueId)) {
          this.#runs.set(issueId, text(asked, "runId"));
          this.#waiting.push(outgoing);
        } else outgoing.end("{}");
      });
    });
  }

  async open(): Promise<void> {
    this.#desk.listen(0, "127.0.0.1");
    await once(this.#desk, "listening");
    this.companyId = text(await this.call("POST", "/api/companies", { name: "Contract" }), "id");
  }

  close(): void {
    for (const one of this.#waiting) one.end("{}");
    this.#desk.close();
    this.#desk.closeAllConnections();
  }

  async call(method: string, path: string, body?: Fields): Promise<unknown> {
    const response = await fetch(`${this.#url()}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.slice(0, 300)}`);
    return JSON.parse(answer);
  }

  /** An agent with a key and a live run on an issue that the board assigned to it. */
  async hire(name: string): Promise<Agent> {
    const address = this.#desk.address();
    const port = address === null || typeof address === "string" ? 0 : address.port;
    const adapterConfig = { url: `http://127.0.0.1:${port}/${name}` };
    const hired = { name, role: "engineer", adapterType: "http", adapterConfig };
    const id = text(await this.call("POST", `/api/companies/${this.companyId}/agents`, hired), "id");
    const key = text(await this.call("POST", `/api/agents/${id}/keys`, { name: "contract" }), "token");
    const homeIssueId = await this.issue(`home of ${name}`, { assigneeAgentId: id });
    return { id, key, runId: await this.run(homeIssueId), homeIssueId };
  }

  /** The id of a new issue in todo. */
  async issue(title: string, more: Fields = {}): Promise<string> {
    const body = { title, status: "todo", ...more };
    return text(await this.call("POST", `/api/companies/${this.companyId}/issues`, body), "id");
  }

  /** The run that Paperclip started for an issue of an agent's. */
  async run(issueId: string): Promise<string> {
    return until(`a run for ${issueId}`, RUN_MS, async () => this.#runs.get(issueId) ?? null);
  }

  async status(issueId: string): Promise<string> {
    return text(await this.call("GET", `/api/issues/${issueId}`), "status");
  }

  async owner(issueId: string): Promise<string> {
    return text(await this.call("GET", `/api/issues/${issueId}`), "assigneeAgentId");
  }

  async comments(issueId: string): Promise<readonly string[]> {
    const list = await this.call("GET", `/api/issues/${issueId}/comments`);
    return Array.isArray(list) ? list.map((one) => text(one, "body")) : [];
  }

  /** Ids of the issues with this title. */
  async titled(title: string): Promise<readonly string[]> {
    const list = await this.call("GET", `/api/companies/${this.companyId}/issues?limit=500`);
    return Array.isArray(list) ? list.filter((one) => text(one, "title") === title).map((one) => text(one, "id")) : [];
  }
}
