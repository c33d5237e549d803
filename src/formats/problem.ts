// What every reader says about input that it cannot use. Bad input is a value among the rows, in file order, so that a
// reader never stops and never throws: the caller counts the problems and names their lines.

/** One unusable place: the file as it was named, its line (from 1; 0 means the file as a whole), and why. */
export type Problem = { readonly file: string; readonly line: number; readonly why: string };

/** A problem as it travels among rows; `form` tells it apart from them. */
export type ProblemItem = { readonly form: "problem"; readonly problem: Problem };

/** Wraps one problem for the stream of rows. */
export function problemAt(file: string, line: number, why: string): ProblemItem {
  return { form: "problem", problem: { file, line, why } };
}

const FAULTS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "no such file or folder"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EISDIR", "is a folder"],
  ["ENOTDIR", "a part of the path is not a folder"],
  ["ELOOP", "symbolic links form a loop"],
  ["ENAMETOOLONG", "the path is too long"],
  ["EMFILE", "too many open files"],
  ["ERR_INVALID_ARG_VALUE", "the path holds a NUL"],
]);

/** Says in words what the system answered; the code stays beside them for whoever looks it up. */
export function faultText(fault: unknown): string {
  if (!(fault instanceof Error)) return "unknown fault";
  const code = "code" in fault && typeof fault.code === "string" ? fault.code : null;
  if (code === null) return fault.message;
  const words = FAULTS.get(code);
  return words === undefined ? `${fault.message} (${code})` : `${words} (${code})`;
}
