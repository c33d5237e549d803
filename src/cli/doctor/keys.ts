// The human key: is it there, is it the right one, and who else can read it.

import { statSync } from "node:fs";
import { userInfo } from "node:os";
import { isOpenToOthers, keyDigest, readSecret } from "../../kernel/index.ts";
import type { Place } from "../../kernel/index.ts";
import { fine, note, problem } from "./check.ts";
import type { Check } from "./check.ts";

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "?"}`;
  }
}

function readable(path: string, secret: string, humanKey: string | null, agent: string): readonly Check[] {
  const about = "human key";
  const matches = humanKey === null || keyDigest(secret) === humanKey;
  const modes = isOpenToOthers(path)
    ? problem(about, `${path} is open to other users: chmod 600 it`)
    : fine(about, `${path}, mode 0600`);
  const whose = matches
    ? []
    : [problem(about, `${path} is not the key this workspace was made with: nobody is the human here`)];
  const user = userName();
  const plainly =
    agent === ""
      ? note(
          "keys",
          `agents that run as ${user} can read the human key: the log is tamper-evident, not tamper-proof. run agents as another user to make it so`,
        )
      : note(
          "keys",
          `this process is agent ${agent} and can read the human key (same user, ${user}): the log is tamper-evident, not tamper-proof`,
        );
  return [modes, ...whose, plainly];
}

/** What there is to say of the human key; `humanKey` is the digest that the log names, null before there is one. */
export function keyChecks(place: Place, humanKey: string | null, agent: string): readonly Check[] {
  const secret = readSecret(place.keyPath);
  if (secret !== null && secret !== "") return readable(place.keyPath, secret, humanKey, agent);
  if (agent !== "") return [fine("keys", `agent ${agent} cannot read the human key`)];
  let there = false;
  try {
    there = statSync(place.keyPath, { throwIfNoEntry: false }) !== undefined;
  } catch {
    there = true;
  }
  const found = there ? `${place.keyPath} cannot be read or is empty` : `${place.keyPath} is not there`;
  // The log names the key by its digest: another one means nobody, for good.
  const way = humanKey === null ? "exec-kernel init makes one" : "put this workspace's own key back, from a copy of it";
  return [problem("human key", `${found}: nobody is the human here. ${way}`)];
}
