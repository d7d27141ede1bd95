import type { TextContext } from "./conversation.ts";

/** The lines behind a path, e.g. `:10-24` or `:10`; empty when it is the whole file. */
export function linesText({ startLine, endLine }: TextContext): string {
  if (startLine === undefined) return "";
  return endLine === undefined || endLine === startLine ? `:${startLine}` : `:${startLine}-${endLine}`;
}
