// The words of a text, the same in every store: what a search finds depends on these lines alone and never on the
// tokeniser of a database. A change of them needs a migration that indexes every searchable row anew.
//
// A word is a run of letters, digits and marks, whatever its case, width or accents: "Café", "CAFE" and "ｃａｆｅ" are one
// word. Scripts that put no space between words (Chinese, Japanese) have one word a character. All else parts words.

const ACCENT = /[\u0300-\u036f]/g;
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+/gu;

/** Upper case first: it makes "ß" two letters. A sigma at a word's end is no letter of its own. */
function fold(text: string): string {
  return text.normalize("NFKD").replace(ACCENT, "").toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

/** The words of a plain text, folded, in order, as often as they stand there. */
export function wordsOf(text: string): string[] {
  return fold(text).match(WORD) ?? [];
}

/** The different words of a query, in the order of their first place. */
export function wordsOfQuery(query: string): string[] {
  return [...new Set(wordsOf(query))];
}

/** The words of a row: of every string in its JSON, names of fields left out; of the whole text where it is no JSON. */
export function wordsOfRow(bytes: string): string[] {
  return stringsOf(parsed(bytes)).flatMap(wordsOf);
}

function parsed(bytes: string): unknown {
  try {
    return JSON.parse(bytes);
  } catch {
    return bytes;
  }
}

/** A list instead of recursion: however deep the JSON is, the stack is not. */
function stringsOf(root: unknown): string[] {
  const strings: string[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "string") strings.push(value);
    else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) open.push(part);
  }
  return strings;
}
