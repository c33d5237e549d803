// Names a PostgreSQL store: postgres://user@host:5432,host2/database?schema=exec_kernel. node's URL knows no list of
// hosts, so the text is taken apart here. INVARIANT: nothing that is printed carries the password.

import { StoreFault } from "../fault.ts";

const DEFAULT_SCHEMA = "exec_kernel";

const DEFAULT_PORT = 5_432;
const URL_PARTS = /^postgres(?:ql)?:\/\/(?:([^@/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/;
const HOST_PARTS = /^(\[[0-9a-fA-F:.%]+\]|[^:[\]@]*)(?::(\d{1,5}))?$/;
const SCHEMA_BYTES_MAX = 63;
const OPTIONS: readonly string[] = ["schema", "sslmode", "sslrootcert", "host"];

/** How a connection is guarded, as libpq names it. */
export const SSL_MODES = ["disable", "require", "verify-ca", "verify-full"] as const;

export type SslMode = (typeof SSL_MODES)[number];

export type Host = { readonly host: string; readonly port: number };

/** What a URL says. `shown` is the URL without its password. */
export type Target = {
  readonly hosts: readonly Host[];
  readonly user: string | null;
  readonly password: string | null;
  readonly database: string | null;
  readonly schema: string;
  readonly sslMode: SslMode;
  readonly sslRootCert: string | null;
  readonly shown: string;
};

/** True for what names a PostgreSQL store and no file, well or not: a name with a password in it must not become a path. */
export function isPostgresUrl(store: string): boolean {
  return /^\s*(?:[\w+.-]+:)*postgres(?:ql)?:/i.test(store);
}

function wrong(problem: string): StoreFault {
  const shape = "postgres://USER@HOST:5432/DATABASE?schema=NAME";
  return new StoreFault("store.url", "postgres", `the store's url ${problem}: write ${shape}`);
}

function decoded(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(`has a ${what} with a % that encodes nothing`);
  }
}

function hostOf(text: string): Host {
  const [, host, port] = HOST_PARTS.exec(text) ?? [];
  if (host === undefined) throw wrong("has a host that is no name with a port behind it");
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (number < 1 || number > 65_535) throw wrong(`has port ${number}, ports run from 1 to 65535`);
  return { host: decoded(host.replace(/^\[|\]$/g, ""), "host") || "localhost", port: number };
}

/** Each option once, its value decoded; an unknown one is told by its name alone, for its value may be a secret. */
function optionsOf(query: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const pair of query.split("&").filter((each) => each !== "")) {
    const [name = "", ...rest] = pair.split("=");
    if (!OPTIONS.includes(name))
      throw wrong(`has an unknown option ${/^[\w-]{1,40}$/.test(name) ? name : ""}, known are ${OPTIONS.join(", ")}`);
    if (options.has(name)) throw wrong(`has the option ${name} twice`);
    options.set(name, decoded(rest.join("="), name));
  }
  return options;
}

function schemaOf(name: string): string {
  if (name === "" || Buffer.byteLength(name) > SCHEMA_BYTES_MAX || name.includes("\0") || name.startsWith("pg_"))
    throw wrong(`names a schema that cannot be: 1 to ${SCHEMA_BYTES_MAX} bytes, not starting with pg_`);
  return name;
}

function sslModeOf(name: string): SslMode {
  const mode = SSL_MODES.find((each) => each === name);
  if (mode === undefined) throw wrong(`has an unknown sslmode, known are ${SSL_MODES.join(", ")}`);
  return mode;
}

function shownUrl(user: string, hosts: string, database: string, query: string): string {
  const who = user === "" ? "" : `${user}@`;
  return `postgres://${who}${hosts}${database === "" ? "" : `/${database}`}${query === "" ? "" : `?${query}`}`;
}

function hostsOf(hosts: string, socket: string | undefined): Host[] {
  return socket === undefined ? hosts.split(",").map(hostOf) : [{ host: socket, port: hostOf(hosts).port }];
}

type Pieces = {
  readonly authority: string;
  readonly hosts: string;
  readonly database: string;
  readonly query: string;
};

function piecesOf(url: string): Pieces {
  const parts = URL_PARTS.exec(url.trim());
  if (parts === null) throw wrong("has another form");
  const [, authority = "", hosts = "", database = "", query = ""] = parts;
  if ([hosts, database, query].some((part) => part.includes("@")))
    throw wrong("has an @ behind the host (in a password, write @ : / ? # as %40 %3A %2F %3F %23)");
  return { authority, hosts, database, query };
}

/** Takes a URL apart; store.url tells what is wrong with it. */
export function parsePostgresUrl(url: string): Target {
  const { authority, hosts, database, query } = piecesOf(url);
  const [user = "", ...password] = authority.split(":");
  const options = optionsOf(query);
  return {
    hosts: hostsOf(hosts, options.get("host")),
    user: decoded(user, "user") || null,
    password: password.length === 0 ? null : decoded(password.join(":"), "password"),
    database: decoded(database, "database") || null,
    schema: schemaOf(options.get("schema") ?? DEFAULT_SCHEMA),
    sslMode: sslModeOf(options.get("sslmode") ?? "disable"),
    sslRootCert: options.get("sslrootcert") ?? null,
    shown: shownUrl(user, hosts, database, query),
  };
}
