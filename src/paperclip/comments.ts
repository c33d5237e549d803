// Comments, each written once. The server knows no key for a comment of an agent, so what stood before is noted first:
// after a lost answer, what is new and has our words is ours.

import { sendSafely, writeOnce } from "./attempts.ts";
import { toldApart } from "./conflict.ts";
import type { Call, Http } from "./http.ts";
import { commentOf, commentsOf, textOf } from "./issue.ts";
import type { PaperclipComment } from "./issue.ts";
import type { Settings } from "./settings.ts";

export type Comments = {
  /** Ids of the newest comments: what stood before a write. */
  readonly standing: (issueId: string) => Promise<ReadonlySet<string>>;
  /** This agent's comment with these words that did not stand before; null where there is none. */
  readonly find: (issueId: string, body: string, before: ReadonlySet<string>) => Promise<PaperclipComment | null>;
  readonly write: (issueId: string, body: string, before: ReadonlySet<string>) => Promise<PaperclipComment>;
};

/**
 * True where the server may have kept these words so: written-out line ends are line ends to it, and where it is told to
 * hide the name of the user it runs as, all letters of that name but the first are asterisks.
 */
function isKeptAs(kept: string, said: string): boolean {
  const ours = said.replace(/\\r\\n|\\n|\\r/g, "\n").trim();
  const theirs = kept.trim();
  if (ours.length !== theirs.length) return false;
  for (let at = 0; at < ours.length; at += 1) if (theirs[at] !== ours[at] && theirs[at] !== "*") return false;
  return true;
}

export function commentsFor(http: Http, settings: Settings): Comments {
  const path = (issueId: string): string => `/api/issues/${encodeURIComponent(issueId)}/comments`;
  const newest = async (issueId: string): Promise<readonly PaperclipComment[]> => {
    const call: Call = { method: "GET", path: `${path(issueId)}?order=desc&limit=50` };
    return sendSafely(async () => commentsOf(await http(call), call), settings);
  };
  const find: Comments["find"] = async (issueId, body, before) => {
    const isOurs = (one: PaperclipComment): boolean =>
      !before.has(one.id) &&
      isKeptAs(textOf(one, "body"), body) &&
      [settings.agentId, ""].includes(textOf(one, "authorAgentId"));
    return (await newest(issueId)).find(isOurs) ?? null;
  };
  const write: Comments["write"] = (issueId, body, before) => {
    const call: Call = { method: "POST", path: path(issueId), body: { body } };
    const send = async (): Promise<PaperclipComment> => {
      try {
        return commentOf(await http(call), call);
      } catch (error) {
        throw toldApart(error, issueId, settings);
      }
    };
    return writeOnce({ send, find: () => find(issueId, body, before) }, settings);
  };
  return { standing: async (issueId) => new Set((await newest(issueId)).map(({ id }) => id)), find, write };
}
