import type { ChatRequest, RequestMessage } from "../chatRequest.ts";

export interface CodeBlock {
  readonly code: string;
  /** As the prompt names it, in lower case; empty when it does not. */
  readonly language: string;
  readonly path: string | undefined;
  /** Number of the first line in its file, from 1. */
  readonly startLine: number;
}

/** The last user message, taken apart. */
export interface Prompt {
  /** What the person wants: the message without code. */
  readonly instruction: string;
  /** The code to work on. */
  readonly code: CodeBlock | undefined;
  /** All code of the message, `code` included. */
  readonly blocks: readonly CodeBlock[];
  /** True when the answer has to be code and nothing else. */
  readonly codeOnly: boolean;
  /** The file around a delimited selection, without it. */
  readonly surroundings: string;
  readonly message: RequestMessage | undefined;
}

/** Finds instruction and code: a selection between tags on lines of their own, else the last fenced block. */
export function readPrompt(request: ChatRequest): Prompt {
  const message = request.messages.findLast((entry) => entry.role === "user");
  const text = message?.text ?? "";
  const system = systemText(request);
  const asksCodeOnly =
    /\b(only|nothing but)\b[^.\n]{0,60}\b(code|replacement|block)\b|complete replacement|no explanation/i;
  const selection = findSelection(text);
  if (selection) {
    return { ...selection, message, codeOnly: true, blocks: selection.code ? [selection.code] : [] };
  }
  const { blocks, rest } = splitFences(text);
  return {
    instruction: rest.replace(/^From `.*`(, lines? [\d–-]+)?:$/gm, "").trim(),
    code: blocks.at(-1),
    blocks,
    codeOnly: blocks.length > 0 && (asksCodeOnly.test(system) || asksCodeOnly.test(rest)),
    surroundings: "",
    message,
  };
}

/** All instructions of the system and the developer, joined. */
export function systemText(request: ChatRequest): string {
  return request.messages
    .filter((message) => message.role === "system" || message.role === "developer")
    .map((message) => message.text)
    .join("\n\n");
}

function findSelection(text: string): Pick<Prompt, "instruction" | "code" | "surroundings"> | undefined {
  const lines = text.split("\n");
  const open = lines.findIndex((line) => /^<selection[\w-]*[^>]*>\s*$/.test(line));
  const name = /^<(selection[\w-]*)/.exec(lines[open] ?? "")?.[1];
  if (name === undefined) return undefined;
  const close = lines.findLastIndex((line) => line.trimEnd() === `</${name}>`);
  if (close < open) return undefined;
  const outside = [...lines.slice(0, open), ...lines.slice(close + 1)].join("\n");
  const fileStart = lines.findIndex((line) => line === "<file>");
  const fileEnd = lines.findLastIndex((line) => line === "</file>");
  const inFile = fileStart >= 0 && fileStart < open && fileEnd > close;
  const named = /^Instruction:[ \t]*([\s\S]*?)(?:\n[ \t]*\n|$(?![\s\S]))/m.exec(
    lines.slice(close + 1).join("\n"),
  )?.[1];
  const fallback = outside.replace(/^(File|Language):.*$/gm, "").trim();
  return {
    instruction: (named ?? fallback).trim(),
    surroundings: inFile
      ? [...lines.slice(fileStart + 1, open), ...lines.slice(close + 1, fileEnd)].join("\n")
      : "",
    code: {
      code: lines.slice(open + 1, close).join("\n"),
      language: (/^Language:[ \t]*(\S+)/m.exec(text)?.[1] ?? "").toLowerCase(),
      path: /^File:[ \t]*(.+)$/m.exec(text)?.[1]?.trim(),
      startLine: inFile ? open - fileStart : 1,
    },
  };
}

/** Fenced blocks of a markdown text, and the text without them. An open fence reaches to the end. */
function splitFences(text: string): { blocks: CodeBlock[]; rest: string } {
  const blocks: CodeBlock[] = [];
  const rest: string[] = [];
  let open: { fence: string; language: string; lines: string[] } | undefined;
  for (const line of text.split("\n")) {
    const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line.trimEnd());
    const marks = fence?.[1] ?? "";
    if (open) {
      const closes = marks.startsWith(open.fence) && fence?.[2]?.trim() === "";
      if (!closes) open.lines.push(line);
      else {
        blocks.push(toBlock(open, rest));
        open = undefined;
      }
    } else if (marks) {
      open = { fence: marks, language: (fence?.[2] ?? "").trim(), lines: [] };
    } else rest.push(line);
  }
  if (open) blocks.push(toBlock(open, rest));
  return { blocks, rest: rest.join("\n") };
}

function toBlock(open: { language: string; lines: string[] }, before: readonly string[]): CodeBlock {
  const caption = before.findLast((line) => line.trim() !== "") ?? "";
  const [, path, first] = /^From `(.+?)`(?:, lines? (\d+))?/.exec(caption) ?? [];
  return {
    code: open.lines.join("\n"),
    language: (open.language.split(/[\s{]/)[0] ?? "").toLowerCase(),
    path,
    startLine: first === undefined ? 1 : Number(first),
  };
}
