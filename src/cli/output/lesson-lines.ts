// Lessons as people and agents read them. Their words are other agents': each is kept to one printable line, and named
// as a lesson, so that none of them passes for the kernel's own.

import { said } from "../../core/index.ts";
import type { LessonRow } from "../../core/index.ts";
import { readable } from "../args/words.ts";
import type { Paint } from "./paint.ts";
import { ago } from "./text.ts";

const WORDS_MAX = 200;
const LABEL_WIDTH = 12;

function short(text: string): string {
  const signs = [...readable(text)];
  return signs.length > WORDS_MAX ? `${signs.slice(0, WORDS_MAX).join("")}...` : signs.join("");
}

/** One line, for whoever just claimed work like it. */
export function lessonLine({ task, outcome, what, blocker, workaround }: LessonRow): string {
  const parts = [`lesson of ${task}, ${outcome}: ${short(what)}`];
  if (blocker !== null) parts.push(`blocker: ${short(blocker)}`);
  if (workaround !== null) parts.push(`workaround: ${short(workaround)}`);
  return parts.join("; ");
}

/** A few lines, for a list. */
export function lessonBlock(lesson: LessonRow, now: number, paint: Paint): readonly string[] {
  const { task, outcome, at, actor, title, what, blocker, workaround } = lesson;
  const part = (label: string, text: string | null): readonly string[] =>
    text === null ? [] : [`  ${paint("dim", label.padEnd(LABEL_WIDTH))}${short(text)}`];
  return [
    `${paint("bold", task)}  ${outcome}  ${ago(at, now)}  ${said(actor)}  ${short(title)}`,
    ...part("learnt", what === title ? null : what),
    ...part("blocker", blocker),
    ...part("workaround", workaround),
  ];
}
