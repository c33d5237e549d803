// Admission: what a task that an agent makes must say for itself. A pure check of texts: it tells a word that means
// something from one that only fills the field. Whether the words are true, no check can know.

/** Why a new task should exist: who uses its outcome, what hurts, what it is worth, how one sees that it worked. */
export type Admission = {
  readonly consumer: string;
  readonly painPoint: string;
  readonly expectedValue: string;
  readonly validationPath: string;
  readonly originCategory?: string | null | undefined;
  readonly originEvidence?: string | null | undefined;
};

export type AdmissionField = keyof Admission;

/** The first field that is not real text, and what is wrong with it, as words that follow the field's name. */
export type AdmissionProblem = { readonly field: AdmissionField; readonly problem: string };

export const ADMISSION_FIELDS = ["consumer", "painPoint", "expectedValue", "validationPath"] as const;

const GIVEN_FIELDS = ["originCategory", "originEvidence"] as const;

const PLACEHOLDERS: ReadonlySet<string> = new Set(
  `n/a na none null nil undefined nothing empty blank unknown tbd tba tbc todo fixme wip pending later soon placeholder
  test testing tests asdf qwerty foo bar baz foobar dummy sample example text string value field lorem ipsum abc xxx yes no ok
  whatever anything something stuff misc various other any all any one not/applicable not/available not/sure
  to/be/determined to/be/defined to/be/done to/do lorem/ipsum i/dont/know dont/know see/above see/title same/as/above as/above`
    .split(/\s+/)
    .map(plainOf),
);

/** Without blanks and signs, in lower case: "N/A.", "n a" and "<NA>" are one word. Ranges, not Unicode's classes, whose
 * tables differ from machine to machine. */
function plainOf(text: string): string {
  return text
    .replace(/[\s!-/:-@[-`{-~\u2010-\u2026\u200b-\u200d\u3000-\u3002]+/g, "")
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function textProblem(value: unknown): string | null {
  if (value === undefined || value === null) return "is missing";
  if (typeof value !== "string") return `is not a text but ${typeof value}`;
  if (value.trim() === "") return "is empty";
  const plain = plainOf(value);
  // One sign, or the same sign again and again: "-", "...", "x", "aaaa".
  if (plain === "" || /^(.)\1*$/u.test(plain)) return "is a placeholder";
  return PLACEHOLDERS.has(plain) ? "is a placeholder" : null;
}

/** What keeps this admission from being one, or null; of several problems the first, in the order of the fields. */
export function admissionProblem(admission: Partial<Admission> | null | undefined): AdmissionProblem | null {
  const given = admission ?? {};
  for (const field of ADMISSION_FIELDS) {
    const problem = textProblem(given[field]);
    if (problem !== null) return { field, problem };
  }
  for (const field of GIVEN_FIELDS) {
    const value = given[field];
    const problem = value === undefined || value === null ? null : textProblem(value);
    if (problem !== null) return { field, problem };
  }
  const distinct = new Set(ADMISSION_FIELDS.map((field) => plainOf(given[field] ?? "")));
  return distinct.size === 1 ? { field: "painPoint", problem: "says the same as every other field" } : null;
}
