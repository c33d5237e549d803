// Foreign text inside a message: shortened, on one line, with nothing that could move a terminal's cursor or the
// reading direction.

const SHOWN_CHARACTERS_MAX = 40;
// Control, format, private, unassigned and lone surrogates; line and paragraph separators.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The text with every unprintable character written as `\u{...}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** At most 40 characters of the text, printable, in double quotes. */
export function quoted(text: string): string {
  const start = [...text.slice(0, 2 * SHOWN_CHARACTERS_MAX + 2)];
  const short =
    start.length > SHOWN_CHARACTERS_MAX ? `${start.slice(0, SHOWN_CHARACTERS_MAX).join("")}...` : start.join("");
  return `"${printable(short.replaceAll("\\", "\\\\").replaceAll('"', '\\"'))}"`;
}

/** A key as it stands in a message: bare where it is plain, quoted where it is not. */
export function shownKey(key: string): string {
  return /^[A-Za-z0-9_-]{1,60}$/.test(key) ? key : quoted(key);
}
