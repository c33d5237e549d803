// Words shown and words guessed: foreign text made safe for one line, and the nearest known word to a misspelt one.

const SHOWN_CHARACTERS_MAX = 60;
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Foreign text for a message: one line, nothing that moves a cursor, at most 60 characters, in double quotes. */
export function quoted(text: string): string {
  const start = [...text.slice(0, 2 * SHOWN_CHARACTERS_MAX + 2)];
  const short =
    start.length > SHOWN_CHARACTERS_MAX ? `${start.slice(0, SHOWN_CHARACTERS_MAX).join("")}...` : start.join("");
  return `"${printable(short)}"`;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The text with every unprintable character written as its code point. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** Joiners and soft hyphens move nothing, and languages and emoji are written with them. */
const UNREADABLE = /(?![\u00ad\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/gu;

/** A title, a reason or another line that people wrote: printable, and still spelt as they spelt it. */
export function readable(text: string): string {
  return text.replace(UNREADABLE, escaped);
}

/** A text of several lines, each readable. */
export function readableLines(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(UNREADABLE, (sign) => (/[\n\t]/.test(sign) ? sign : escaped(sign)));
}

function isSwap(a: string, b: string, i: number, j: number): boolean {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
}

/** The cost of turning `a` into `b`: insert, delete, replace or swap two neighbours. */
function edits(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced);
      rows[i]?.push(isSwap(a, b, i, j) ? Math.min(least, at(i - 2, j - 2) + 1) : least);
    }
  }
  return at(a.length, b.length);
}

/** The known word that was most likely meant (at most 2 edits unless told, or a beginning of it), or null. */
export function nearest(word: string, known: readonly string[], editsMax = 2): string | null {
  if (word.length < 2 || word.length > 40) return null;
  let best: string | null = null;
  let bestEdits = Math.min(editsMax, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const cost = edits(word.toLowerCase(), candidate);
    if (cost < bestEdits) [best, bestEdits] = [candidate, cost];
  }
  return best ?? known.find((candidate) => candidate.startsWith(word.toLowerCase())) ?? null;
}

/** `, did you mean X?`, or else where to look. */
export function suggestion(word: string, known: readonly string[], see: string, prefix = ""): string {
  const found = nearest(word, known);
  return found === null ? `: see ${see}` : `, did you mean ${prefix}${found}?`;
}
