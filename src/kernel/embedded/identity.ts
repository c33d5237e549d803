// Who acts, embedded: EXEC_KERNEL_AGENT names an agent (unproven); else the readable human key that `init` made means
// the human; else nobody. A human may act as an agent or as a harness, never the other way.

import { userInfo } from "node:os";
import type { Actor, ActorKind } from "../../core/index.ts";
import { sha256 } from "../digest.ts";
import { ID_BYTES_MAX, textProblem } from "../fields.ts";
import { readSecret } from "./secret.ts";

export type Identity = { readonly actor: Actor | null; readonly problem: string | null };

function named(kind: ActorKind, name: string, proven: boolean): Identity {
  const problem = name.trim() === "" ? "is empty" : textProblem(name, ID_BYTES_MAX, "name");
  if (problem !== null) return { actor: null, problem: `the ${kind}'s name ${problem}` };
  return { actor: { kind, id: name, proven }, problem: null };
}

const EMPTY = "EXEC_KERNEL_AGENT is set and empty: name the agent, or unset it to act as the human";

/** Whom a human acts as: an agent, or a harness that tells what it saw. */
function otherThanHuman(as: string): Identity {
  const [, kind, name = ""] = /^(agent|harness):(.*)$/s.exec(as) ?? [];
  if (kind === "agent" || kind === "harness") return named(kind, name, true);
  return { actor: null, problem: `--as ${as}: write --as agent:NAME or --as harness:NAME` };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "human";
  }
}

export function keyDigest(secret: string): string {
  return sha256(secret);
}

export type IdentityOptions = {
  readonly env: { readonly [name: string]: string | undefined };
  readonly keyPath: string;
  /** SHA-256 of the key that the workspace's log names; null before there is one. */
  readonly humanKey: string | null;
  /** From --as, such as `agent:a-1` or `harness:ci`. */
  readonly as?: string | undefined;
};

/** The actor of this process, or why there is none. */
export function identify(options: IdentityOptions): Identity {
  const { env, keyPath, humanKey, as } = options;
  const agent = env["EXEC_KERNEL_AGENT"];
  if (agent !== undefined) {
    // INVARIANT: a script whose variable came out empty never acts as the human.
    if (agent === "") return { actor: null, problem: EMPTY };
    if (as !== undefined && as !== `agent:${agent}`)
      return { actor: null, problem: `EXEC_KERNEL_AGENT is ${agent}: an agent acts only as itself, --as is a human's` };
    return named("agent", agent, false);
  }
  const secret = readSecret(keyPath);
  if (secret === null || secret === "") return { actor: null, problem: null };
  if (humanKey !== null && keyDigest(secret) !== humanKey)
    return { actor: null, problem: `the human key ${keyPath} is not the one this workspace was made with` };
  if (as === undefined) return { actor: { kind: "human", id: userName(), proven: true }, problem: null };
  return otherThanHuman(as);
}
