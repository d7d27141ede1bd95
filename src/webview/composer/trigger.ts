/** A part of the text that asks for a list: an `@` mention, or a `/` command at the start. */
export interface Trigger {
  readonly type: "mention" | "command";
  /** Where the `@` or `/` stands. */
  readonly start: number;
  /** The caret: what follows it is the person's own. */
  readonly end: number;
  /** What is typed between the sign and the caret. */
  readonly query: string;
}

/** The trigger the caret stands in or right behind. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = /(?:^|[\s([{])([@/]\S*)$/.exec(text.slice(0, caret))?.[1];
  if (before === undefined) return undefined;
  const start = caret - before.length;
  const isMention = before.startsWith("@");
  if (!isMention && start > 0) return undefined;
  return {
    type: isMention ? "mention" : "command",
    start,
    end: caret,
    query: before.slice(1),
  };
}
