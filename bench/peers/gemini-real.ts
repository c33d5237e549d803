// The real loop detector of Gemini CLI, from npm: found, never required. The model that it asks after 30 turns is not
// asked: none is here.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Detector } from "../../test/support/loops/play.ts";

/** Where `--install-gemini` puts it. */
export const GEMINI_FOLDER: string = join(import.meta.dirname, "../../node_modules/.cache/gemini-cli-core");
export const GEMINI_VERSION = "0.61.0";

const PACKAGE = "@google/gemini-cli-core";
const SERVICE = join(GEMINI_FOLDER, "node_modules", PACKAGE, "dist/src/services/loopDetectionService.js");

type Service = {
  readonly reset: (prompt: string) => void;
  readonly addAndCheck: (event: unknown) => { readonly count: number };
};
type Module = { readonly LoopDetectionService: new (context: unknown) => Service };

function isModule(value: unknown): value is Module {
  return typeof value === "object" && value !== null && "LoopDetectionService" in value;
}

/** Installs it into a folder of its own, without running its scripts; returns what went wrong, or null. */
export function installGemini(): string | null {
  mkdirSync(GEMINI_FOLDER, { recursive: true });
  const flags = ["--prefix", GEMINI_FOLDER, "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"];
  const { status, error, stderr } = spawnSync("npm", ["install", ...flags, `${PACKAGE}@${GEMINI_VERSION}`], {
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (error !== undefined) return `npm cannot be started (${error.message})`;
  return status === 0 ? null : `npm install ${PACKAGE} failed: ${stderr.trim().split("\n").at(-1) ?? ""}`;
}

/** Nothing is told to anyone. */
const CONFIG = {
  getDisableLoopDetection: () => false,
  getTelemetryEnabled: () => false,
  getTelemetryLogPromptsEnabled: () => false,
  getUsageStatisticsEnabled: () => false,
  getDebugMode: () => false,
};

function detectorOver(service: Service): Detector {
  service.reset("bench");
  const asked = (event: unknown): string | null => (service.addAndCheck(event).count > 0 ? "loop" : null);
  return {
    before: ({ step }) => {
      if (step.kind === "message") return asked({ type: "content", value: step.call });
      if (step.kind === "tool") {
        const args: unknown = step.call.startsWith("{") ? JSON.parse(step.call) : step.call;
        return asked({ type: "tool_call_request", value: { name: step.tool, args } });
      }
      service.reset("bench");
      return null;
    },
    after: () => null,
  };
}

/** Makes the real detector; null where it is not installed. */
export async function realGemini(): Promise<(() => Detector) | null> {
  if (!existsSync(SERVICE)) return null;
  const found: unknown = await import(SERVICE);
  if (!isModule(found)) throw new Error(`${SERVICE} has no LoopDetectionService`);
  return () => detectorOver(new found.LoopDetectionService({ config: CONFIG }));
}
