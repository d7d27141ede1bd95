import { filePlace } from "./filePlace.ts";
import type { CodeBlock } from "./nodes.ts";

/** A code block whose fence bears `info`, e.g. `ts src/a.ts`, `ts title="src/a.ts"` or `ts:src/a.ts`. */
export function codeBlock(info: string, lines: readonly string[], state: CodeBlock["state"]): CodeBlock {
  const [, word = "", rest = ""] = /^\s*(\S*)\s*(.*)$/s.exec(info) ?? [];
  const colon = word.indexOf(":");
  const [language, behind] = colon > 0 ? [word.slice(0, colon), word.slice(colon + 1)] : [word, ""];
  const named = /(?:^|\s)(?:title|file|filename|path)=(?:"([^"]*)"|'([^']*)'|(\S+))/i.exec(rest);
  const candidates = [behind, named?.[1] ?? named?.[2] ?? named?.[3] ?? "", rest.trim(), word];
  const path = candidates.map((text) => filePlace(text)?.path).find((found) => found !== undefined);
  return { type: "code", language: path === word ? extension(word) : language, path, lines, state };
}

/** Lines of a code block's text, which ends in a line end unless it is empty. */
export function codeLines(content: string): string[] {
  if (content === "") return [];
  return (content.endsWith("\n") ? content.slice(0, -1) : content).split("\n");
}

function extension(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
