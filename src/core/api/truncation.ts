import type { FinishReason, Usage } from "./types.ts";

/**
 * Whether an answer stopped at the token limit. The server may call that `stop`, so the count decides, and a
 * text that ends inside an open code fence is taken for cut off as well.
 */
export function isTruncated(answer: {
  readonly reason: FinishReason | undefined;
  readonly usage: Usage | undefined;
  readonly tokenLimit: number | undefined;
  readonly content: string;
}): boolean {
  const { reason, usage, tokenLimit, content } = answer;
  if (reason === "length") return true;
  if (usage !== undefined && tokenLimit !== undefined && usage.completionTokens >= tokenLimit) return true;
  return endsInsideFence(content);
}

/**
 * Whether `text` ends inside a fenced code block. Fences inside lists and quotes count too, so any indentation is
 * taken. Source: CommonMark 0.31, section 4.5.
 */
export function endsInsideFence(text: string): boolean {
  let open: { readonly mark: string; readonly length: number } | undefined;
  for (const [, list, run = "", rest = ""] of text.matchAll(fenceLine)) {
    const mark = run.charAt(0);
    if (open === undefined) {
      if (mark === "~" || !rest.includes("`")) open = { mark, length: run.length };
    } else if (list === undefined && mark === open.mark && run.length >= open.length && rest.trim() === "") {
      open = undefined;
    }
  }
  return open !== undefined;
}

/** Indentation and quote marks, list markers (of an opening line only), the fence, the rest of the line. */
const fenceLine = /^[\t >]*((?:(?:[-*+]|\d{1,9}[.)])[\t ]+)+)?(`{3,}|~{3,})(.*)$/gm;
