// sleep --api-url: before an agent rests on "no tasks", a look at whether Paperclip has some for it. It only reads and only
// notes: scripts get the same line and the same exit code, whatever Paperclip says or does not say.

import type { Call } from "../args/spec.ts";
import { printable } from "../args/words.ts";

const LOOK_MS = 3_000;
const SHOWN_MAX = 5;

/** Notes on stderr the issues that wait for the agent; nothing without PAPERCLIP_API_KEY, or with --quiet. */
export async function noteWaitingWork({ flags, globals, io }: Call, agentId: string): Promise<void> {
  if (globals.quiet || (io.env["PAPERCLIP_API_KEY"] ?? "") === "") return;
  const { PaperclipAdapter } = await import("../../paperclip/index.ts");
  try {
    const options = { apiUrl: flags.text("api-url"), agentId, env: io.env, timeoutMs: LOOK_MS, attemptsMax: 1 };
    const issues = await new PaperclipAdapter(options).assignedWork();
    if (issues.length === 0) return;
    const named = issues
      .slice(0, SHOWN_MAX)
      .map(({ id, status, title }) => `${id} ${typeof title === "string" ? title : ""} (${status})`);
    const more = issues.length > SHOWN_MAX ? `, and ${issues.length - SHOWN_MAX} more` : "";
    io.err.line(`note: Paperclip has work for ${printable(agentId)}: ${printable(named.join(", "))}${more}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown";
    io.err.line(`note: Paperclip was not asked for waiting work: ${printable(why)}`);
  }
}
