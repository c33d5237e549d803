// Who speaks to which Paperclip, from the options or the environment. Bad values are told by name; a key is never shown.

import type { Kernel } from "../kernel/index.ts";
import { noPath } from "./arguments.ts";

/** Time as the adapter needs it; tests turn it by hand. */
export type Clock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
};

export type PaperclipOptions = {
  /** Default: PAPERCLIP_API_URL, else http://127.0.0.1:3100. */
  readonly apiUrl?: string | undefined;
  /** Default: PAPERCLIP_API_KEY. Without one, no Authorization is sent. */
  readonly apiKey?: string | undefined;
  /** Default: PAPERCLIP_AGENT_ID. */
  readonly agentId?: string | undefined;
  /** Default: PAPERCLIP_COMPANY_ID. */
  readonly companyId?: string | undefined;
  /** Default: PAPERCLIP_RUN_ID. */
  readonly runId?: string | undefined;
  /** How long a sleep lasts at most, up to a year; 30 if absent. */
  readonly idleTimeoutSeconds?: number | undefined;
  /** With one, sleeping, creating, checking out and moving are judged by its rules and are durable. */
  readonly kernel?: Kernel | undefined;
  /** Time for one request and its whole answer, in milliseconds; 15,000 if absent. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is sent at most where sending again is safe, 1 to 1,000; 4 if absent. */
  readonly attemptsMax?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: Clock | undefined;
  /** 0 to 1, for the jitter between attempts. */
  readonly random?: (() => number) | undefined;
  readonly env?: { readonly [name: string]: string | undefined } | undefined;
};

export type Settings = {
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly agentId: string;
  readonly companyId: string;
  readonly runId: string;
  readonly idleTimeoutMs: number;
  readonly kernel: Kernel | null;
  readonly timeoutMs: number;
  readonly attemptsMax: number;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: () => number;
};

/** The longest sleep that the kernel takes. */
const YEAR_S = 31_536_000;
/** What is longer a timer takes for 1 ms. */
const TIMER_MAX_MS = 2_147_483_647;
const ATTEMPTS_MAX = 1_000;

const DEFAULT_URL = "http://127.0.0.1:3100";

const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** The settings; throws TypeError or RangeError that names the option. */
export function settingsOf(options: PaperclipOptions): Settings {
  const env = options.env ?? process.env;
  const text = (name: "apiUrl" | "apiKey" | "agentId" | "companyId" | "runId", variable: string): string =>
    headerText(name, options[name] ?? env[variable] ?? "");
  return {
    apiUrl: urlOf(text("apiUrl", "PAPERCLIP_API_URL") || DEFAULT_URL),
    apiKey: text("apiKey", "PAPERCLIP_API_KEY"),
    agentId: text("agentId", "PAPERCLIP_AGENT_ID"),
    companyId: noPath("companyId", text("companyId", "PAPERCLIP_COMPANY_ID")),
    runId: text("runId", "PAPERCLIP_RUN_ID"),
    idleTimeoutMs: Math.round(numberOf("idleTimeoutSeconds", options.idleTimeoutSeconds ?? 30, 0, YEAR_S) * 1_000),
    kernel: options.kernel ?? null,
    timeoutMs: Math.round(numberOf("timeoutMs", options.timeoutMs ?? 15_000, 1, TIMER_MAX_MS)),
    attemptsMax: wholeOf("attemptsMax", numberOf("attemptsMax", options.attemptsMax ?? 4, 1, ATTEMPTS_MAX)),
    fetch: options.fetch ?? fetch,
    clock: options.clock ?? REAL_CLOCK,
    random: options.random ?? Math.random,
  };
}

// A line end in a header value would be refused by fetch, in a message that repeats the value: the key among others.
function headerText(name: string, value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`${name} must be a string, got ${typeof value}`);
  const trimmed = value.trim();
  if (/[^\u0021-\u007e]/.test(trimmed)) throw new RangeError(`${name} has a blank, a control or a non-ASCII character`);
  return trimmed;
}

/** Why this is no address of Paperclip's; null where it may be one. */
export function addressProblem(text: string): string | null {
  if (!URL.canParse(text)) return "is no address: give one such as http://127.0.0.1:3100";
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return `must begin with http:// or https://, not ${url.protocol}`;
  if (url.username !== "" || url.password !== "") return "holds a name or password: give the key as apiKey";
  return url.search !== "" || url.hash !== "" ? "has a query or a fragment: leave them out" : null;
}

function urlOf(text: string): string {
  const problem = addressProblem(text);
  if (problem !== null) throw new RangeError(`apiUrl ${problem}`);
  const url = new URL(text);
  // Agents are given the address with or without the /api that every path begins with.
  return `${url.origin}${url.pathname.replace(/\/+$/, "").replace(/\/api$/, "")}`;
}

function numberOf(name: string, value: unknown, least: number, most: number): number {
  if (typeof value !== "number") throw new TypeError(`${name} must be a number, got ${typeof value}`);
  if (value >= least && value <= most) return value;
  throw new RangeError(`${name} must be ${least} to ${most}, got ${value}`);
}

function wholeOf(name: string, value: number): number {
  if (Number.isInteger(value)) return value;
  throw new RangeError(`${name} must be a whole number, got ${value}`);
}

/** The setting, or a clear error where an act needs it and nobody gave it. */
export function needed(settings: Settings, name: "agentId" | "companyId", act: string): string {
  const value = settings[name];
  if (value !== "") return value;
  const variable = name === "agentId" ? "PAPERCLIP_AGENT_ID" : "PAPERCLIP_COMPANY_ID";
  throw new TypeError(`${act} needs ${name}: give it to the adapter or set ${variable}`);
}
