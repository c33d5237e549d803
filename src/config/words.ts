// What a key takes and what was found there instead, in words.

import { decimalRange } from "./decimal.ts";
import { quoted } from "./quote.ts";
import type { Scalar, Tree } from "./tree.ts";
import type { TablePart, ValueSpec } from "./value-spec.ts";

/** What a key takes. */
function expectation(spec: ValueSpec): string {
  switch (spec.type) {
    case "number":
      return decimalRange(spec.places, spec.max, spec.min);
    case "limit":
      return `${decimalRange(spec.places, spec.max, spec.min)}${spec.removable ? ", none" : ""} or { soft, hard }`;
    case "url":
      return "an http:// or https:// address";
    case "names":
      return `a list of ${spec.what}`;
    case "agent":
      return "an agent's name or none";
    case "kinds":
      return "a list of agent, human, system";
    case "mode":
      return spec.fixed ? "enforce: this rule holds the rows together and cannot be observed" : "enforce or observe";
    case "table":
      return TABLE_WORDS[spec.part];
    case "ignored":
      return "anything";
  }
}

const TABLE_WORDS: { readonly [P in TablePart]: string } = {
  names: "a list of names of states",
  states: "a state or a list of states",
  state: "a state",
  "state or none": "a state or none",
  edges: "moves under the state they leave, or a list of { from, to }",
  guards: "guards under the state that demands them",
};

/** A part of the tree, such as `the text "six"`. */
export function described(tree: Tree): string {
  if (tree.kind !== "scalar") return `a ${tree.kind}`;
  if (tree.type === "nothing") return "nothing";
  if (tree.type === "text") return `the text ${quoted(tree.text)}`;
  return /^[A-Za-z0-9.+:_-]{1,40}$/.test(tree.text) ? tree.text : quoted(tree.text);
}

/** The problem of a value that its key does not take. */
export function unexpected(path: string, spec: ValueSpec, tree: Tree): string {
  const hint = tree.kind === "scalar" && (spec.type === "number" || spec.type === "limit") ? numberHint(tree) : "";
  return `${path}: expected ${expectation(spec)}, found ${described(tree)}${hint}`;
}

/** 010, 1e3, 0x10, 1_000 and "5" are numbers to their writer, but not the same ones to every reader of YAML. */
function numberHint(scalar: Scalar): string {
  const start = scalar.text.slice(0, 40);
  if (scalar.type === "number" && /^[-+]?0[0-9xob]|[eE_:]/.test(start))
    return "; write plain digits, without leading zeros";
  if (scalar.type === "text" && /^\+?[0-9][0-9_.]*$/.test(start))
    return "; write plain digits, without quotes or underscores";
  return "";
}
