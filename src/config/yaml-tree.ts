// YAML text to a tree with places. Every fault of the text itself is found here: syntax, duplicate keys, unknown tags
// and aliases, and documents that would grow when their aliases and merge keys are followed.

import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Document, Scalar as YamlScalar, YAMLError, YAMLMap, YAMLSeq } from "yaml";
import type { Fault, Place } from "./problem.ts";
import { shownKey, printable } from "./quote.ts";
import type { Entry, Scalar, Tree } from "./tree.ts";

const NESTING_MAX = 64;
/** Entries that all merge keys of a document may copy together, each merged mapping counted as one more. */
const MERGED_MAX = 10_000;
const MESSAGE_CHARACTERS_MAX = 200;
/** Past the first few, faults of syntax only echo the ones before. */
const SYNTAX_FAULTS_MAX = 20;

type Reading = {
  readonly lines: LineCounter;
  readonly faults: Fault[];
  /** Anchored parts by name; null while the part is still being read. */
  readonly anchors: Map<string, Tree | null>;
  merged: number;
};

/** The tree of a YAML text (null when it holds nothing), or what is wrong with the text. */
export function readYaml(text: string): { readonly tree: Tree | null; readonly faults: readonly Fault[] } {
  const lines = new LineCounter();
  // INVARIANT: uniqueKeys stays off (it compares every pair of keys: hours for a long file); own check below.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "error",
    schema: "core",
    resolveKnownTags: false,
    uniqueKeys: false,
  });
  const syntax = syntaxFaults(document, lines);
  if (syntax.length > 0) return { tree: null, faults: syntax };
  if (document.contents === null) return { tree: null, faults: [] };
  const reading: Reading = { lines, faults: [], anchors: new Map(), merged: 0 };
  const tree = readNode(document.contents, reading, 0);
  return { tree, faults: reading.faults };
}

function syntaxFaults(document: Document, lines: LineCounter): readonly Fault[] {
  const faults: readonly YAMLError[] = [...document.errors, ...document.warnings];
  return faults.slice(0, SYNTAX_FAULTS_MAX).map((fault) => ({
    ...placeAt(lines, fault.pos[0]),
    severity: "error",
    message: `bad yaml: ${yamlMessage(fault)}`,
  }));
}

function yamlMessage(error: YAMLError): string {
  if (error.code === "MULTIPLE_DOCS") return "a second document begins here; one file holds one document";
  if (error.code === "RESOURCE_EXHAUSTION") return "nested too deep";
  const line = printable((error.message.split("\n")[0] ?? "").slice(0, MESSAGE_CHARACTERS_MAX));
  return line.charAt(0).toLowerCase() + line.slice(1);
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function placeOf(node: unknown, reading: Reading): Place {
  return placeAt(reading.lines, isNode(node) ? (node.range?.[0] ?? 0) : 0);
}

function fault(reading: Reading, place: Place, message: string): void {
  reading.faults.push({ line: place.line, column: place.column, message, severity: "error" });
}

function nothing(place: Place): Scalar {
  return { kind: "scalar", type: "nothing", text: "", place };
}

function readNode(node: unknown, reading: Reading, depth: number): Tree {
  const place = placeOf(node, reading);
  if (isAlias(node)) return readAlias(node.source, place, reading);
  if (depth > NESTING_MAX) {
    fault(reading, place, `bad yaml: nested more than ${NESTING_MAX} deep`);
    return nothing(place);
  }
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  if (anchor !== undefined) reading.anchors.set(anchor, null);
  const tree = readPart(node, place, reading, depth);
  if (anchor !== undefined) reading.anchors.set(anchor, tree);
  return tree;
}

function readPart(node: unknown, place: Place, reading: Reading, depth: number): Tree {
  if (isScalar(node)) return readScalar(node, place);
  if (isMap(node)) return { kind: "mapping", entries: readMap(node, reading, depth), place };
  if (isSeq(node)) return { kind: "list", items: readItems(node, reading, depth), place };
  return nothing(place);
}

/** The part as it was anchored, with the place of the alias: that is where the reader put it. */
function readAlias(name: string, place: Place, reading: Reading): Tree {
  const target = reading.anchors.get(name);
  if (target !== undefined && target !== null) return { ...target, place };
  fault(
    reading,
    place,
    `bad yaml: alias *${shownKey(name)} ${target === null ? "stands inside itself" : "has no anchor before it"}`,
  );
  return nothing(place);
}

function readScalar(node: YamlScalar, place: Place): Scalar {
  const { value } = node;
  const source = node.source ?? String(value);
  if (typeof value === "string") return { kind: "scalar", type: "text", text: value, place };
  if (typeof value === "number" || typeof value === "bigint")
    return { kind: "scalar", type: "number", text: source, place };
  if (typeof value === "boolean") return { kind: "scalar", type: "boolean", text: source, place };
  return { kind: "scalar", type: value === null ? "nothing" : "other", text: source, place };
}

function readItems(node: YAMLSeq, reading: Reading, depth: number): readonly Tree[] {
  return node.items.map((item) => readNode(isPair(item) ? item.value : item, reading, depth + 1));
}

function readMap(node: YAMLMap, reading: Reading, depth: number): readonly Entry[] {
  const entries = new Map<string, Entry>();
  const merges: Tree[] = [];
  for (const pair of node.items) {
    const place = placeOf(pair.key, reading);
    const value = readNode(pair.value, reading, depth + 1);
    if (isMergeKey(pair.key)) merges.push(value);
    else addEntry(entries, { key: readKey(pair.key, place, reading, depth), place, value }, reading);
  }
  for (const source of merges) merge(entries, source, reading);
  return [...entries.values()];
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === "PLAIN" && key.source === "<<";
}

function readKey(node: unknown, place: Place, reading: Reading, depth: number): string {
  const key = readNode(node, reading, depth + 1);
  if (key.kind === "scalar") return key.text;
  fault(reading, place, "bad yaml: a key must be a name");
  return "";
}

function addEntry(entries: Map<string, Entry>, entry: Entry, reading: Reading): void {
  const first = entries.get(entry.key);
  if (first === undefined) entries.set(entry.key, entry);
  else fault(reading, entry.place, `duplicate key ${shownKey(entry.key)} (first on line ${first.place.line})`);
}

/** Copies what a merge key names; the mapping's own entries win, then earlier sources. */
function merge(entries: Map<string, Entry>, source: Tree, reading: Reading): void {
  const sources: readonly Tree[] = source.kind === "list" ? source.items : [source];
  for (const item of sources) {
    if (item.kind !== "mapping")
      return fault(reading, item.place, "bad yaml: << takes a mapping or a list of mappings");
    for (const entry of [null, ...item.entries]) {
      // Empty mappings cost a turn too (null): a list of a million of them, merged a million times, must end.
      if (mergedTooMany(reading, source.place)) return;
      if (entry !== null && !entries.has(entry.key)) entries.set(entry.key, entry);
    }
  }
}

function mergedTooMany(reading: Reading, place: Place): boolean {
  reading.merged += 1;
  if (reading.merged === MERGED_MAX + 1)
    fault(reading, place, `bad yaml: merge keys copy more than ${MERGED_MAX} entries`);
  return reading.merged > MERGED_MAX;
}
