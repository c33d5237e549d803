// A call that cannot be understood: nothing was tried. One line, exit 2.

export class UsageError extends Error {
  override name = "UsageError";
  /** The command it was said to, such as `task create`; empty before one was found. */
  readonly command: string;

  constructor(message: string, command = "") {
    super(message);
    this.command = command;
  }
}
