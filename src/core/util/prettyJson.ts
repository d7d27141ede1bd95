import { parseJson } from "./record.ts";

const indent = "  ";
/** Strings, brackets and separators, and between them numbers and words; spaces are in none. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * JSON with a line for each member, and otherwise as it was written: numbers keep their digits, and members their
 * order. Undefined for what is no JSON.
 */
export function prettyJson(text: string): string | undefined {
  if (parseJson(text) === undefined) return undefined;
  const parts: string[] = [];
  let depth = 0;
  let last = "";
  const newLine = (): void => void parts.push("\n", indent.repeat(depth));
  for (const [part] of text.matchAll(token)) {
    if (part === "}" || part === "]") {
      depth--;
      if (last !== "{" && last !== "[") newLine();
    } else if (last === "{" || last === "[" || last === ",") newLine();
    parts.push(part);
    if (part === "{" || part === "[") depth++;
    else if (part === ":") parts.push(" ");
    last = part;
  }
  return parts.join("");
}
