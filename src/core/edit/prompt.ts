import type { ChatMessage } from "../api/types.ts";
import { type Rules, withRules } from "./rules.ts";
import { type EditTarget, isBlank } from "./target.ts";

export interface EditRequest {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly target: EditTarget;
  /** What to do, in the person's words or ready-made. */
  readonly instruction: string;
  /** Of the workspace, for all its code. */
  readonly rules?: readonly Rules[];
}

export interface EditPrompt {
  readonly messages: readonly ChatMessage[];
  /** Name of the tag around the selection. */
  readonly tag: string;
}

/** How much of the surroundings goes along, in characters. */
export const contextBudget = { before: 12_000, after: 6_000 };

/** The messages of one edit. */
export function editPrompt({ path, target, instruction, rules = [] }: EditRequest): EditPrompt {
  const before = lastLines(target.before, contextBudget.before);
  const after = firstLines(target.after, contextBudget.after);
  const shown = [...before, ...target.lines, ...after];
  const tag = freeTag([...shown, instruction]);
  const fence = "`".repeat(longestFence(shown) + 1);
  const file = [
    ...(before.length < target.before.length ? ["[earlier lines left out]"] : []),
    ...before,
    `<${tag}>`,
    ...target.lines,
    `</${tag}>`,
    ...after,
    ...(after.length < target.after.length ? ["[later lines left out]"] : []),
  ];
  const user = [
    `File: ${path}`,
    `Language: ${target.languageId}`,
    "",
    `<file>`,
    ...file,
    `</file>`,
    "",
    `Instruction: ${instruction}`,
    "",
    ...(target.lines.every(isBlank) ? ["There is no code yet where the tags stand: write it anew."] : []),
    `Give only the code that replaces what is between <${tag}> and </${tag}>, in one fenced block that opens and closes with ${fence}`,
  ].join("\n");
  return {
    tag,
    messages: [
      { role: "system", content: withRules(systemPrompt, rules) },
      { role: "user", content: user },
    ],
  };
}

const systemPrompt = [
  "You edit code inside a file. You are given the file, or the part of it around a selection, and an instruction.",
  "Answer with the complete replacement for the selected lines in one fenced code block, and nothing else: no explanation before or after it.",
  "Write every line out: never stand in for code with comments such as “rest unchanged”.",
  "Do not repeat code from outside the selection, and leave out the tags that mark it.",
  "Keep the indentation, the style of the file and the natural language of its comments. Change only what the instruction asks for.",
].join("\n");

/** `selection`, or that with the first number that makes it a word the text does not contain as a tag. */
function freeTag(texts: readonly string[]): string {
  const isTaken = (tag: string): boolean =>
    texts.some((text) => text.includes(`<${tag}>`) || text.includes(`</${tag}>`));
  let tag = "selection";
  for (let n = 2; isTaken(tag); n++) tag = `selection-${n}`;
  return tag;
}

/** The longest run of backticks that starts a line, and 2 at least. */
function longestFence(lines: readonly string[]): number {
  return lines.reduce((most, line) => Math.max(most, /^\s*(`+)/.exec(line)?.[1]?.length ?? 0), 2);
}

function lastLines(lines: readonly string[], budget: number): readonly string[] {
  return lines.slice(lines.length - firstLines(lines.toReversed(), budget).length);
}

/** Whole lines from the start that fit, line breaks counted. */
function firstLines(lines: readonly string[], budget: number): readonly string[] {
  let left = budget;
  const end = lines.findIndex((line) => (left -= line.length + 1) < 0);
  return end === -1 ? lines : lines.slice(0, end);
}
