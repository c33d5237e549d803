// A step as its digests are made of: the call in one form, its shape, its class, and the result in one form.

import { argumentsOf, callShape, callText, commandLine } from "./call-text.ts";
import { classify, isShell } from "./classify.ts";
import type { Classified } from "./classify.ts";
import { normalised, NORMALISER_VERSION } from "./normaliser.ts";

export type ReadCall = Classified & { readonly text: string; readonly shape: string };

/** @param call what was asked of the tool: its arguments as JSON, or the line for a shell. */
export function readCall(tool: string, call: string): ReadCall {
  const members = argumentsOf(call);
  const text = callText(tool, call, members, isShell(tool));
  return { ...classify(tool, commandLine(call, members)), text: versioned(text), shape: versioned(callShape(text)) };
}

/** The result as it is compared. */
export function resultText(result: string): string {
  return versioned(normalised(result));
}

/** Texts of two versions are never equal. */
function versioned(text: string): string {
  return `${NORMALISER_VERSION} ${text}`;
}
