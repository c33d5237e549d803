// Foreign text on a terminal: one line, nothing that moves a cursor or turns the reading direction, cut to a width that
// counts wide characters as wide.

const SPACES = /[\s\p{Zl}\p{Zp}]+/gu;
/** Joiners, directions, byte order marks: they show nothing of their own. */
const INVISIBLE = /\p{Cf}/gu;
/** Control characters; and what no terminal knows a width for: private, unassigned, halves of pairs. */
const CONTROL = /\p{Cc}/gu;
const UNKNOWN = /[\p{Co}\p{Cn}\p{Cs}]/gu;

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** A no-break space; `harmless` leaves none in foreign text. */
const KEPT_SPACE = "\u00a0";
const NO_WIDTH = /\p{M}/u;

/** Marks that pile up on one letter cover the lines above it; no language needs more. */
const MARKS = /(\p{M}{3})\p{M}+/gu;

/** The text as one harmless line; control characters are written as their code point. */
export function harmless(text: string): string {
  return text
    .replace(SPACES, " ")
    .replace(CONTROL, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(INVISIBLE, "")
    .replace(UNKNOWN, "\ufffd")
    .replace(MARKS, "$1")
    .trim();
}

function characterWidth(character: string): number {
  if (character >= " " && character <= "~") return 1;
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Columns that the text takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** A line that is harmless already, cut to at most `widthMax` columns; what is missing shows as an ellipsis. */
export function cut(line: string, widthMax: number): string {
  if (widthOf(line) <= widthMax) return line;
  let kept = "";
  let width = 1;
  for (const character of line) {
    width += characterWidth(character);
    if (width > widthMax) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Foreign text made harmless and cut. */
export function fit(text: string, widthMax: number): string {
  return cut(harmless(text), widthMax);
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** The text as one word for `wrapped`: it is not broken inside. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", KEPT_SPACE);
}

/** Harmless text broken at spaces into lines of at most `width` columns; a longer word has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => one.replaceAll(KEPT_SPACE, " "));
}

/** Text wrapped beside a mark: the mark stands before the first line, blanks of its width before the others. */
export function hanging(mark: string, text: string, width: number): readonly string[] {
  const blank = " ".repeat(widthOf(mark));
  return wrapped(text, width - widthOf(mark)).map((line, index) => (index === 0 ? mark : blank) + line);
}
