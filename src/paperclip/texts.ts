// Texts that other people wrote, made fit for a place that takes less than they may hold. The same text always becomes
// the same one: a retry says what the first attempt said.

/** What is not seen: it joins and splits words, and turns the direction of a line. */
const UNSEEN = /\p{Cf}/gu;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;

const MARK = "…";

const TITLE_BYTES_MAX = 1_000;
const REASON_BYTES_MAX = 1_000;

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** The text, or its beginning with a mark where it is larger than `max` by this measure; no code point is torn. */
export function cut(text: string, max: number, sizeOf: (text: string) => number = bytesOf): string {
  if (sizeOf(text) <= max) return text;
  let left = max - sizeOf(MARK);
  let end = 0;
  for (const point of text) {
    left -= sizeOf(point);
    if (left < 0) break;
    end += point.length;
  }
  return `${text.slice(0, end).trimEnd()}${MARK}`;
}

/** One line of what is seen: no control characters, no line ends. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(UNSEEN, "").replace(BREAKS, " ").trim();
}

/** A board's title as the kernel takes one: a single line; empty where nothing of it is to be seen. */
export function titleLine(text: string): string {
  return cut(oneLine(text), TITLE_BYTES_MAX);
}

/** A comment as the kernel takes a reason: without control characters but line ends, and short. */
export function reasonText(text: string): string {
  return cut(text.toWellFormed().replace(CONTROL_BUT_LINES, "").trim(), REASON_BYTES_MAX);
}
