// What an agent's new task states of itself, from a JSON or YAML file: who wants it, what hurts, what it is worth, how
// it is checked. Told by file, line and column; whether the words are real is the kernel's to judge.

import { isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { Node, Pair } from "yaml";
import type { AdmissionRequest } from "../../kernel/index.ts";
import { readText } from "./read-text.ts";
import { UsageError } from "./usage.ts";
import { printable, quoted, suggestion } from "./words.ts";

const FLAG = "--admission";
const BYTES_MAX = 65_536;

const REQUIRED = ["consumer", "painPoint", "expectedValue", "validationPath"] as const;
const OPTIONAL = ["originCategory", "originEvidence"] as const;

type Field = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

const FIELDS: readonly Field[] = [...REQUIRED, ...OPTIONAL];

type Reading = { readonly name: string; readonly lines: LineCounter };

function faultAt({ name, lines }: Reading, offset: number, problem: string): UsageError {
  const { line, col } = lines.linePos(offset);
  return new UsageError(`${FLAG} ${name}:${Math.max(1, line)}:${Math.max(1, col)}: ${problem}`);
}

function snake(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The field that a key names, as pain_point or painPoint. */
function fieldOf(key: string): Field | undefined {
  return FIELDS.find((field) => field === key || snake(field) === key);
}

function entryOf({ key, value }: Pair<unknown, unknown>, reading: Reading): readonly [Field, string] {
  const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
  const written = isScalar(key) ? String(key.value) : "";
  const field = fieldOf(written);
  if (field === undefined)
    throw faultAt(
      reading,
      offset,
      `unknown field ${quoted(written)}${suggestion(written, FIELDS.map(snake), FIELDS.map(snake).join(", "))}`,
    );
  const text = isScalar(value) ? value.value : undefined;
  if (typeof text !== "string") throw faultAt(reading, offset, `${written} is not a text: put it in quotes`);
  return [field, text];
}

function entriesOf(contents: Node | null, reading: Reading): ReadonlyMap<Field, string> {
  if (!isMap(contents))
    throw faultAt(reading, 0, `holds no fields: write ${REQUIRED.map(snake).join(", ")}, each with a text`);
  const found = new Map<Field, string>();
  for (const pair of contents.items) {
    const [field, text] = entryOf(pair, reading);
    if (found.has(field)) throw faultAt(reading, 0, `${snake(field)} is given twice`);
    found.set(field, text);
  }
  return found;
}

function admissionOf(found: ReadonlyMap<Field, string>, name: string): AdmissionRequest {
  const need = (field: (typeof REQUIRED)[number]): string => {
    const text = found.get(field);
    if (text === undefined) throw new UsageError(`${FLAG} ${name}: ${snake(field)} is missing`);
    return text;
  };
  return {
    consumer: need("consumer"),
    painPoint: need("painPoint"),
    expectedValue: need("expectedValue"),
    validationPath: need("validationPath"),
    originCategory: found.get("originCategory"),
    originEvidence: found.get("originEvidence"),
  };
}

/** The admission in a file (stdin for `-`); throws UsageError with the place of what is wrong. */
export function readAdmission(path: string): AdmissionRequest {
  const text = readText(FLAG, path, BYTES_MAX);
  const name = path === "-" ? "stdin" : printable(path);
  const lines = new LineCounter();
  const reading = { name, lines };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined)
    throw faultAt(reading, fault.pos[0], printable((fault.message.split("\n", 1)[0] ?? "").slice(0, 200)));
  return admissionOf(entriesOf(document.contents, reading), name);
}
