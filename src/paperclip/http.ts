// One request to Paperclip and its whole answer, or a PaperclipError that says what came instead. It follows no
// redirect, so that a token goes to the one address it is for, and reads no more than a limit.

import { PaperclipError } from "./errors.ts";
import type { Fault, PaperclipErrorKind } from "./errors.ts";
import type { Settings } from "./settings.ts";
import { cut, oneLine } from "./texts.ts";

export type Call = {
  readonly method: "GET" | "POST" | "PATCH";
  /** From /api on, without query secrets: it stands in messages. */
  readonly path: string;
  readonly body?: { readonly [field: string]: unknown } | undefined;
};

export type Http = (call: Call) => Promise<unknown>;

const BYTES_MAX = 8_388_608;
const SAID_MAX = 300;

const KINDS: { readonly [status: number]: PaperclipErrorKind } = {
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  408: "timeout",
  429: "rate_limited",
};

/** A sender of single requests; it never sends twice. */
export function httpFor(settings: Settings): Http {
  return (call) => send(call, settings);
}

async function send(call: Call, settings: Settings): Promise<unknown> {
  const { status, headers, text } = await exchange(call, settings);
  const fault = (kind: PaperclipErrorKind, message: string, more: Partial<Fault> = {}): PaperclipError =>
    new PaperclipError(scrubbed(message, settings), { ...call, body: undefined, kind, status, ...more });
  if (status >= 300 && status < 400)
    throw fault("redirect", `a redirect to ${placeOf(headers)}, which is not followed`);
  if (status >= 400) throw refused(fault, status, headers, parsedScrubbed(text, settings));
  const parsed = parse(text);
  if (parsed === undefined) throw unreadable(fault, headers.get("content-type") ?? "no type", text);
  return parsed;
}

function unreadable(fault: Refuse, type: string, text: string): PaperclipError {
  const bytes = Buffer.byteLength(text);
  // A proxy whose server went down in the middle may end the answer in good order.
  if (/\bjson\b/i.test(type) && /^\s*[[{]/.test(text))
    return fault("broken_off", `the answer broke off (its JSON ends after ${bytes} bytes)`);
  return fault("not_json", `the answer is no JSON (${type}, ${bytes} bytes): is this Paperclip's API?`);
}

type Refuse = (kind: PaperclipErrorKind, message: string, more?: Partial<Fault>) => PaperclipError;

function refused(fault: Refuse, status: number, headers: Headers, body: unknown): PaperclipError {
  const kind = KINDS[status] ?? (status >= 500 ? "server_error" : "rejected");
  const said = field(body, "error") ?? field(body, "message");
  const words = typeof said === "string" ? cut(oneLine(said), SAID_MAX) : "without a reason";
  return fault(kind, words, { retryAfterMs: retryAfterMs(headers.get("retry-after")), body });
}

type Exchanged = { readonly status: number; readonly headers: Headers; readonly text: string };

async function exchange(call: Call, settings: Settings): Promise<Exchanged> {
  const signal = AbortSignal.timeout(settings.timeoutMs);
  let status: number | null = null;
  try {
    const { method, path, body } = call;
    const response = await settings.fetch(`${settings.apiUrl}${path}`, {
      method,
      headers: headersOf(settings, body !== undefined),
      body: body === undefined ? null : JSON.stringify(body),
      redirect: "manual",
      signal,
    });
    status = response.status;
    return { status, headers: response.headers, text: await textOf(response, call) };
  } catch (error) {
    if (error instanceof PaperclipError) throw error;
    throw worldFault(error, call, settings, status, signal.aborted);
  }
}

function headersOf({ apiKey, runId }: Settings, hasBody: boolean): Record<string, string> {
  return {
    accept: "application/json",
    ...(hasBody ? { "content-type": "application/json" } : {}),
    ...(apiKey === "" ? {} : { authorization: `Bearer ${apiKey}` }),
    ...(runId === "" ? {} : { "x-paperclip-run-id": runId }),
  };
}

async function textOf(response: Response, call: Call): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > BYTES_MAX) {
      const message = `the answer is larger than ${BYTES_MAX} bytes`;
      throw new PaperclipError(message, { ...call, body: undefined, kind: "too_large", status: response.status });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function worldFault(error: unknown, call: Call, settings: Settings, status: number | null, late: boolean): Error {
  const at = { ...call, body: undefined, status };
  if (late) return new PaperclipError(`no whole answer within ${settings.timeoutMs} ms`, { ...at, kind: "timeout" });
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = field(cause, "code");
  const why = typeof code === "string" ? code : cause instanceof Error ? cause.message : "unknown";
  if (status !== null)
    return new PaperclipError(scrubbed(`the answer broke off (${why})`, settings), { ...at, kind: "broken_off" });
  const message = `${new URL(settings.apiUrl).origin} does not answer (${why})`;
  return new PaperclipError(scrubbed(message, settings), { ...at, kind: "unreachable" });
}

/** A field of what may be no object at all. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

type Reviver = (name: string, value: unknown) => unknown;

function parse(text: string, reviver?: Reviver): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch {
    return undefined;
  }
}

/**
 * Errors carry parsed answers, and loggers print what errors carry: an echoed key is cut out of every text. What is no
 * error is read as it is, for a short key may be a part of any word.
 */
function parsedScrubbed(text: string, settings: Settings): unknown {
  const scrub: Reviver = (_, value) => (typeof value === "string" ? scrubbed(value, settings) : value);
  return parse(scrubbed(text, settings), scrub);
}

/** Only where it leads, not what it carries. */
function placeOf(headers: Headers): string {
  const to = headers.get("location") ?? "";
  return URL.canParse(to) ? new URL(to).origin : "another path";
}

const DAY_MS = 86_400_000;

function retryAfterMs(text: string | null): number | undefined {
  return text !== null && /^\d{1,6}$/.test(text.trim()) ? Math.min(Number(text) * 1_000, DAY_MS) : undefined;
}

function scrubbed(text: string, { apiKey }: Settings): string {
  return apiKey === "" ? text : text.replaceAll(apiKey, "***");
}
