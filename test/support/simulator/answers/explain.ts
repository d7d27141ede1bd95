import { fenced } from "./edit.ts";
import { count, outlineOf, type OutlineItem } from "./outline.ts";
import type { CodeBlock, Prompt } from "./prompt.ts";

/** An outline of the code that was sent, in prose, a table and steps. */
export async function explain(prompt: Prompt, block: CodeBlock): Promise<string> {
  const items = await outlineOf(block);
  const lines = block.code.split("\n").length - (block.code.endsWith("\n") ? 1 : 0);
  const name = block.path ?? "this code";
  const language = block.language === "" ? "" : `${block.language} `;
  const parts = [
    `## What \`${name}\` does`,
    `These ${count(lines, "line", "lines")} of ${language}code ${summary(items)}.`,
  ];
  if (items.length === 0) {
    parts.push("### Line by line", lineByLine(block));
  } else {
    parts.push("### Outline", table(items), "### Step by step", items.map(step).join("\n"));
  }
  const [first] = items;
  if (first) {
    parts.push("### Where to start reading", `It begins at line ${first.line}:`, opening(block, first));
  }
  const advice = adviceFor(block.code);
  if (advice.length > 0) {
    parts.push("### Worth knowing", advice.map((line) => `> ${line}`).join("\n>\n"));
  }
  if (prompt.blocks.length > 1) {
    parts.push(`You attached ${prompt.blocks.length} pieces of code; this is about the last one.`);
  }
  return parts.join("\n\n");
}

function summary(items: readonly OutlineItem[]): string {
  if (items.length === 0) return "define nothing by name; they run from top to bottom";
  const kinds = new Map<string, number>();
  for (const { kind } of items) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const parts = [...kinds].map(([kind, number]) => {
    const plural = kind.endsWith("s") ? `${kind}es` : `${kind}s`;
    return `**${count(number, kind, plural)}**`;
  });
  const last = parts.pop() ?? "";
  return `define ${parts.length > 0 ? `${parts.join(", ")} and ${last}` : last}`;
}

function table(items: readonly OutlineItem[]): string {
  const rows = items.map((item) => {
    const parameters = item.parameters.map((name) => `\`${cell(name)}\``).join(", ");
    return `| \`${cell(item.name)}\` | ${item.kind} | ${item.line} | ${item.lineCount} | ${parameters || "–"} |`;
  });
  return ["| Name | Kind | Line | Lines | Parameters |", "| --- | --- | ---: | ---: | --- |", ...rows].join(
    "\n",
  );
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}

function step(item: OutlineItem, index: number): string {
  const takes =
    item.parameters.length === 0
      ? ""
      : ` takes ${item.parameters.map((name) => `\`${name}\``).join(", ")} and`;
  const head = `${index + 1}. **\`${item.name}\`** is ${/^[aeiou]/.test(item.kind) ? "an" : "a"} ${item.kind}; it${takes} spans ${count(item.lineCount, "line", "lines")}.`;
  return [head, ...item.facts.map((fact) => `   - ${fact}`)].join("\n");
}

function lineByLine(block: CodeBlock): string {
  return block.code
    .split("\n")
    .map((line, i) => ({ line: line.trim(), number: block.startLine + i }))
    .filter(({ line }) => line !== "")
    .slice(0, 12)
    .map(({ line, number }) => `- Line ${number}: \`${line.replaceAll("`", "'")}\``)
    .join("\n");
}

function opening(block: CodeBlock, item: OutlineItem): string {
  const start = item.line - block.startLine;
  const lines = block.code.split("\n").slice(start, start + Math.min(6, item.lineCount));
  return fenced(lines.join("\n").replaceAll("\r", ""), block.language);
}

function adviceFor(code: string): string[] {
  const advice: string[] = [];
  if (/\bvar\s+\w/.test(code))
    advice.push("`var` is visible in the whole function; `const` or `let` say more.");
  if (/[^=!]==[^=]/.test(code)) advice.push("`==` converts its operands before it compares; `===` does not.");
  if (/\bTODO\b|\bFIXME\b/.test(code)) advice.push("There are notes of unfinished work in it.");
  if (/catch\s*(\([^)]*\))?\s*\{\s*\}/.test(code)) advice.push("An empty `catch` hides every error.");
  return advice;
}
