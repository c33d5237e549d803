// The JSON Schema of a configuration file, made from the table of keys: with it an editor completes keys, shows what each
// is for and marks what is wrong. Draft-07, the one that YAML language servers read whole. What only a whole file shows
// (soft above hard, a table that fails a proof) no schema says: `config check` does.

import { OWN_NAME_VALUE } from "./budget-keys.ts";
import { DIMENSION_NAME, reservedDimensions } from "./dimensions.ts";
import { SECTION_ABOUTS } from "./key-table.ts";
import { joinPath, keyAt, sectionAt, takesOwnNames } from "./keys.ts";
import { valueSchema } from "./value-schema.ts";
import type { Schema } from "./value-schema.ts";

/** The whole schema, fresh at each call. */
export function configSchema(): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "exec-kernel configuration",
    ...sectionSchema(""),
  };
}

/** A section may be empty: all of its keys may be commented out. */
function sectionSchema(path: string): Schema {
  const names = sectionAt(path) ?? [];
  const properties = Object.fromEntries(names.map((name) => [name, schemaAt(joinPath(path, name))]));
  const about = SECTION_ABOUTS.get(path);
  return {
    ...(about === undefined ? {} : { description: about }),
    type: ["object", "null"],
    properties,
    ...(takesOwnNames(path) ? ownNames(names) : { additionalProperties: false }),
  };
}

function schemaAt(path: string): Schema {
  if (sectionAt(path) !== undefined) return sectionSchema(path);
  const key = keyAt(path);
  return key === undefined ? {} : { description: key.about, ...valueSchema(key.value) };
}

/** Dimensions of the writer's own: any plain name but those that would limit nothing. */
function ownNames(known: readonly string[]): Schema {
  const reserved = reservedDimensions().filter((name) => !known.includes(name));
  return {
    propertyNames: { pattern: DIMENSION_NAME.source, not: { enum: reserved } },
    additionalProperties: {
      description: "an amount that steps report under this name",
      ...valueSchema(OWN_NAME_VALUE),
    },
  };
}
