/** A failure with a message for the person to read, and what they can do about it. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** What was kept, or how to mend it. */
  readonly hint: string;

  constructor(message: string, hint = "") {
    super(message);
    this.hint = hint;
  }
}
