// What may stand at one key, as JSON Schema.

import { GUARDS } from "../core/index.ts";
import { TABLE_KINDS } from "./actor-kinds.ts";
import { NAMES_MAX } from "./names.ts";
import { EDGES_MAX, STATE_NAME, STATES_MAX, WHY_CHARACTERS_MAX } from "./table-words.ts";
import type { LimitSpec, NumberSpec, TablePart, ValueSpec } from "./value-spec.ts";

/** A JSON Schema, or a part of one. */
export type Schema = { readonly [keyword: string]: unknown };

/** Bounds in the file's unit: a float is exact enough for what an editor marks. */
function numberSchema({ places, min, max }: Omit<NumberSpec, "type">): Schema {
  const unit = 10 ** places;
  return { type: places === 0 ? "integer" : "number", minimum: min / unit, maximum: max / unit };
}

const NONE: Schema = { const: "none" };

function limitSchema({ removable, ...bounds }: LimitSpec): Schema {
  const number = numberSchema(bounds);
  const pair: Schema = {
    type: "object",
    properties: {
      soft: { anyOf: [number, NONE], description: "above it a grant warns" },
      hard: { ...number, description: "above it the rule refuses" },
    },
    additionalProperties: false,
    minProperties: 1,
  };
  return { anyOf: [number, pair, ...(removable ? [NONE] : [])] };
}

function listOf(items: Schema, max: number, min = 0): Schema {
  return { type: "array", items, minItems: min, maxItems: max, uniqueItems: true };
}

/** One item, or a list of them. */
function someOf(items: Schema, max: number, min = 0): Schema {
  return { anyOf: [items, listOf(items, max, min)] };
}

const NAME: Schema = { type: "string", minLength: 1, maxLength: 200 };
const STATE: Schema = { type: "string", pattern: STATE_NAME.source };
const KINDS: Schema = { enum: [...TABLE_KINDS] };

const EDGE_PARTS: { readonly [name: string]: Schema } = {
  to: STATE,
  by: { ...someOf(KINDS, TABLE_KINDS.length, 1), description: "who may; else agents and humans" },
  why: { type: "string", minLength: 1, maxLength: WHY_CHARACTERS_MAX, description: "what a grant says" },
};

function edgeSchema(parts: { readonly [name: string]: Schema }): Schema {
  const required = Object.keys(parts).filter((name) => name === "from" || name === "to");
  return { type: "object", properties: parts, required, additionalProperties: false };
}

const MOVE: Schema = { anyOf: [STATE, edgeSchema(EDGE_PARTS)] };

function byState(value: Schema): Schema {
  return { type: "object", propertyNames: STATE, additionalProperties: value };
}

const TABLE: { readonly [P in TablePart]: Schema } = {
  names: listOf(STATE, STATES_MAX, 1),
  states: someOf(STATE, STATES_MAX, 1),
  state: STATE,
  "state or none": STATE,
  edges: {
    anyOf: [
      byState({ anyOf: [MOVE, { type: "array", items: MOVE }] }),
      { type: "array", items: edgeSchema({ from: STATE, ...EDGE_PARTS }), maxItems: EDGES_MAX },
    ],
  },
  guards: byState({ anyOf: [{ enum: [...GUARDS, "none"] }, listOf({ enum: [...GUARDS] }, GUARDS.length)] }),
};

/** The schema of a value of this kind. */
export function valueSchema(spec: ValueSpec): Schema {
  switch (spec.type) {
    case "number":
      return numberSchema(spec);
    case "limit":
      return limitSchema(spec);
    case "url":
      return { type: "string", pattern: "^[hH][tT][tT][pP][sS]?://" };
    case "names":
      return listOf(NAME, NAMES_MAX);
    case "agent":
      return NAME;
    case "kinds":
      return listOf(KINDS, TABLE_KINDS.length);
    case "mode":
      return { enum: spec.fixed ? ["enforce"] : ["enforce", "observe"] };
    case "table":
      return TABLE[spec.part];
    case "ignored":
      return {};
  }
}
