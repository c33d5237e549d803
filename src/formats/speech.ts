// A model's message is a step of its own only when no call was made in it, and that is known only when it has ended: the
// words are held until then. Several agents may speak in one file, each holds its own words.

import type { Emit } from "./step-lines.ts";

/** Words of a model, with the facts of their first line. */
export type Words = {
  readonly line: number;
  readonly history: string;
  readonly agent: string;
  readonly id: string | null;
  readonly atMs: number | null;
  readonly text: string;
};

/**
 * `begin`: a message of the agent goes on, or begins and ends the one before it (told by key).
 * `say`: adds words to it; `called`: a call was made in it; `end`: it has ended; `endAll`: every agent's has.
 */
export type Speech = {
  readonly begin: (agent: string, key: string) => void;
  readonly say: (words: Words) => void;
  readonly called: (agent: string) => void;
  readonly end: (agent: string) => void;
  readonly endAll: () => void;
};

const AGENTS_MAX = 256;

type Message = { readonly key: string; words: Words | null; hasCall: boolean };

function giveOut(emit: Emit, message: Message): void {
  if (message.words === null || message.hasCall) return;
  const { line, history, agent, id, atMs, text } = message.words;
  const kind = "message";
  const facts = { form: "step", line, history, agent, kind, id, atMs, endedAtMs: null } as const;
  emit({ ...facts, tool: "", call: text, result: null, failed: false });
}

/** Makes a speech holder that gives messages without a call to `emit`. */
export function speechOf(emit: Emit): Speech {
  const messages = new Map<string, Message>();

  const end = (agent: string): void => {
    const message = messages.get(agent);
    if (message === undefined) return;
    messages.delete(agent);
    giveOut(emit, message);
  };
  const begin = (agent: string, key: string): void => {
    if (messages.get(agent)?.key === key) return;
    end(agent);
    for (const oldest of messages.keys()) {
      if (messages.size < AGENTS_MAX) break;
      end(oldest);
    }
    messages.set(agent, { key, words: null, hasCall: false });
  };
  const say = (words: Words): void => {
    const message = messages.get(words.agent);
    if (message === undefined || message.hasCall || words.text.trim() === "") return;
    const { words: before } = message;
    message.words = before === null ? words : { ...before, text: `${before.text}\n${words.text}` };
  };
  const called = (agent: string): void => {
    const message = messages.get(agent);
    if (message === undefined) return;
    message.hasCall = true;
    message.words = null;
  };
  const endAll = (): void => {
    for (const agent of [...messages.keys()]) end(agent);
  };
  return { begin, say, called, end, endAll };
}
