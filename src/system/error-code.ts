// How the operating system, Node and PostgreSQL name what went wrong.

/** The error's code, such as `EEXIST` or `57P01`; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
