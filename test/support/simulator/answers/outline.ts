import { definitionIn } from "./languages.ts";
import { outlineTypeScript } from "./outlineTypeScript.ts";
import type { CodeBlock } from "./prompt.ts";
import { scriptExtension } from "./typescriptModule.ts";

export interface OutlineItem {
  readonly name: string;
  readonly kind: string;
  /** Line of its file, from 1. */
  readonly line: number;
  readonly lineCount: number;
  readonly parameters: readonly string[];
  /** What it does, in short facts: “loops”, “calls `f`”. */
  readonly facts: readonly string[];
}

/** What a piece of code defines, in its order. */
export async function outlineOf(block: CodeBlock): Promise<readonly OutlineItem[]> {
  const extension = scriptExtension(block.language, block.path);
  return extension === undefined ? outlineLines(block) : outlineTypeScript(block, extension);
}

/** By its lines: each definition reaches to the next one, or to where the indentation falls back. */
function outlineLines(block: CodeBlock): readonly OutlineItem[] {
  const lines = block.code.split("\n");
  const found = lines.flatMap((line, index) => {
    const definition = definitionIn(line, block.language);
    return definition ? [{ ...definition, index, indent: indentOf(line) }] : [];
  });
  return found.map((item, i) => {
    const limit = found.slice(i + 1).find((next) => next.indent <= item.indent)?.index ?? lines.length;
    const body = lines.slice(item.index, limit);
    while (body.length > 1 && body.at(-1)?.trim() === "") body.pop();
    const branches = body.filter((line) => /^\s*(\}?\s*else\s+)?(if|elif|case|when)\b/.test(line)).length;
    const loops = body.filter((line) => /^\s*(for|while|loop)\b/.test(line)).length;
    return {
      name: item.name,
      kind: item.kind,
      line: block.startLine + item.index,
      lineCount: body.length,
      parameters: item.parameters,
      facts: [
        ...(branches > 0 ? [count(branches, "branch", "branches")] : []),
        ...(loops > 0 ? [count(loops, "loop", "loops")] : []),
      ],
    };
  });
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
