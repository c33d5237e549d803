// Who acts. Kind and id come from a credential, never from the body of a command.

export type ActorKind = "human" | "agent" | "system" | "harness";

export const ACTOR_KINDS: readonly ActorKind[] = ["human", "agent", "system", "harness"];

/** An actor as its credential names it; `proven` is false where the name was only claimed (an environment variable). */
export type Actor = {
  readonly kind: ActorKind;
  readonly id: string;
  readonly proven: boolean;
};

/** The one spelling of an actor in rows and keys, such as `agent:a-1`. */
export function actorName(kind: ActorKind, id: string): string {
  if (kind !== lastKind || id !== lastId) {
    lastName = `${kind}:${id}`;
    lastKind = kind;
    lastId = id;
  }
  return lastName;
}

/** One decision asks for one name again and again, and a fresh text has to be hashed before a row is found by it. */
let lastKind: ActorKind | null = null;
let lastId = "";
let lastName = "";
