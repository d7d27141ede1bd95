/** One change of an edit, or the whole of it: what CodeLens hands to the commands. */
export interface ChangeRef {
  readonly edit: string;
  /** Place among the edit's changes, from 0. */
  readonly change?: number;
}

/** What a menu or a CodeLens handed in, if it is that. */
export function toChangeRef(argument: unknown): ChangeRef | undefined {
  if (typeof argument !== "object" || argument === null) return undefined;
  if (!("edit" in argument) || typeof argument.edit !== "string") return undefined;
  const change = "change" in argument && typeof argument.change === "number" ? argument.change : undefined;
  return { edit: argument.edit, ...(change !== undefined && { change }) };
}
