// The import table: which folder of src may use which, and the rules on every import. ARCHITECTURE.md explains the
// table; the checks here hold it. A pure function over texts, so that planted faults can prove that it sees them.

import { posix } from "node:path";
import { readModule } from "./read-imports.ts";
import type { Import, Module } from "./read-imports.ts";

type Allowance = {
  readonly folders: readonly string[] | "all";
  /** Of these folders only types: what runs is handed in by the composition root. */
  readonly typesOf?: readonly string[];
  readonly packages: readonly string[] | "all";
};

// "node" in packages stands for every node:* module.
const TABLE: Readonly<Record<string, Allowance>> = {
  core: { folders: [], packages: [] },
  standalone: { folders: ["core"], packages: [] },
  config: { folders: ["core"], packages: ["node", "yaml", "zod/mini"] },
  system: { folders: [], packages: ["node"] },
  store: { folders: ["core", "system"], packages: ["node", "pg"] },
  kernel: { folders: ["core", "text", "system"], typesOf: ["store"], packages: ["node", "uuidv7", "zod/mini"] },
  text: { folders: [], packages: ["node"] },
  formats: { folders: [], packages: ["node", "zod/mini"] },
  steps: { folders: ["core", "text"], packages: ["node"] },
  audit: { folders: ["core", "formats", "config", "text", "steps", "system"], packages: ["node"] },
  paperclip: { folders: ["core", "standalone"], typesOf: ["kernel"], packages: ["node"] },
  thread: { folders: ["core", "kernel", "store", "system"], packages: ["node", "uuidv7"] },
  cli: { folders: "all", packages: "all" },
  "index.ts": { folders: ["standalone", "config"], packages: [] },
};

// Loaded by name by a tool that asks for a default export.
const DEFAULT_EXPORT_ALLOWED = ["scripts/test-reporter.ts"];

/** Paths from the root of the repository to the texts of its TypeScript files. */
export type Sources = ReadonlyMap<string, string>;

/** Every breach of the import rules, each as one line "path:line what is wrong"; empty when all is well. */
export function importFaults(sources: Sources): string[] {
  const modules = new Map([...sources].map(([path, text]) => [path, readModule(path, text)]));
  const faults = [...modules].flatMap(([path, module]) => [
    ...exportFaults(path, module),
    ...module.imports.flatMap((one) =>
      [faultOf(path, one, sources)].filter((fault) => fault !== null).map((fault) => `${path}:${one.line} ${fault}`),
    ),
  ]);
  return [...faults, ...cycleFaults(modules)];
}

function exportFaults(path: string, module: Module): string[] {
  const defaults = DEFAULT_EXPORT_ALLOWED.includes(path) ? [] : module.defaultExports;
  return [
    ...defaults.map((line) => `${path}:${line} default export: give it a name`),
    ...module.starExports.map((line) => `${path}:${line} export *: list the names`),
  ];
}

function faultOf(from: string, { to, typeOnly }: Import, sources: Sources): string | null {
  if (to === "(computed)") return !from.startsWith("src/") ? null : "imports a computed name: no table can hold that";
  if (!to.startsWith(".")) return packageFault(from, to);
  const target = posix.join(posix.dirname(from), to);
  if (from.startsWith("src/") && isBundle(to)) return null;
  if (!to.endsWith(".ts")) return `imports ${to}: relative imports end in .ts`;
  if (!sources.has(target)) return `imports ${to}: there is no such file`;
  if (!from.startsWith("src/")) return null;
  return folderFault(from, target, typeOnly) ?? doorFault(from, target);
}

function packageFault(from: string, to: string): string | null {
  if (!from.startsWith("src/")) return null;
  const allowed = TABLE[folderOf(from)]?.packages ?? [];
  const name = to.startsWith("node:") ? "node" : to;
  return allowed === "all" || allowed.includes(name) ? null : `imports ${to}: ${folderOf(from)} may not`;
}

function folderFault(from: string, target: string, typeOnly: boolean): string | null {
  if (!target.startsWith("src/")) return `imports ${target}: src is closed`;
  const [own, other] = [folderOf(from), folderOf(target)];
  const allowance = TABLE[own];
  if (allowance === undefined) return `is in ${own}, which has no row in the import table`;
  if (own === other || allowance.folders === "all" || allowance.folders.includes(other)) return null;
  if (allowance.typesOf?.includes(other) !== true) return `imports ${target}: ${own} may not use ${other}`;
  return typeOnly ? null : `imports ${target}: ${own} may use only types of ${other} (import type)`;
}

// From another folder of src there is one door; inside its own folder a file may import any other.
function doorFault(from: string, target: string): string | null {
  const own = folderOf(target);
  if (own === folderOf(from) || target === `src/${own}/index.ts`) return null;
  return `imports ${target}: enter src/${own} by its index.ts`;
}

// The one import that bundling resolves: the hot half of the bin calls for the full one.
function isBundle(to: string): boolean {
  return to === "./full.cjs";
}

function folderOf(path: string): string {
  return path.split("/")[1] ?? "";
}

function cycleFaults(modules: ReadonlyMap<string, Module>): string[] {
  const faults: string[] = [];
  const state = new Map<string, "open" | "closed">();
  const walk = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === "open")
      faults.push(`${path}:1 cycle: ${[...trail.slice(trail.indexOf(path)), path].join(" -> ")}`);
    if (state.has(path)) return;
    state.set(path, "open");
    for (const { to } of modules.get(path)?.imports ?? []) {
      const target = posix.join(posix.dirname(path), to);
      if (to.startsWith(".") && modules.has(target)) walk(target, [...trail, path]);
    }
    state.set(path, "closed");
  };
  for (const path of modules.keys()) walk(path, []);
  return faults;
}
