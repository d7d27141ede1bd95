import { editLines } from "./editLines.ts";
import { editTypeScript, type EditResult } from "./editTypeScript.ts";
import { commentStyle } from "./languages.ts";
import type { CodeBlock, Prompt } from "./prompt.ts";
import { testsFor } from "./tests.ts";
import { scriptExtension } from "./typescriptModule.ts";

/** The code, really changed as the instruction asks. */
export async function editCode(block: CodeBlock, prompt: Prompt): Promise<EditResult> {
  const { instruction, surroundings } = prompt;
  const extension = scriptExtension(block.language, block.path);
  const result =
    extension === undefined
      ? editLines(block, instruction)
      : await editTypeScript(block, extension, instruction, surroundings);
  return result.code === block.code ? withRemark(block, instruction, result) : result;
}

/** Code that needs no change gets a remark, so that the answer shows what was asked all the same. */
function withRemark(block: CodeBlock, instruction: string, result: EditResult): EditResult {
  const style = commentStyle(block.language);
  if (!style || block.code.trim() === "") return result;
  const first = block.code.split("\n").find((line) => line.trim() !== "") ?? "";
  const indent = /^[ \t]*/.exec(first)?.[0] ?? "";
  const carriage = block.code.includes("\r\n") ? "\r" : "";
  const asked = instruction.replaceAll(/\s+/g, " ").replaceAll("*/", "* /").slice(0, 80);
  const remark = `${indent}${style.open}Looked at for “${asked}”: nothing to change.${style.close}${carriage}`;
  return { code: `${remark}\n${block.code}`, notes: [] };
}

/** The answer to a request for code and nothing else. */
export async function codeOnlyAnswer(prompt: Prompt, style: "fenced" | "bare"): Promise<string> {
  const { code: block } = prompt;
  if (!block) return "";
  const asksTests = /\bwrite\b[^.]{0,40}\btests?\b|\bunit tests?\b/i.test(prompt.instruction);
  const code = asksTests ? await testFile(block, prompt) : (await editCode(block, prompt)).code;
  return style === "bare" ? code : fenced(code, block.language);
}

/** New tests, after those that the prompt wants kept. */
async function testFile(block: CodeBlock, { instruction, blocks }: Prompt): Promise<string> {
  const [first] = blocks;
  const kept = /\bkeep every test\b/i.test(instruction) && first !== block ? first?.code : undefined;
  const tests = await testsFor(block);
  return kept === undefined ? tests : `${kept.trimEnd()}\n\n${tests}`;
}

/** The answer in a conversation: what changed, in words, and the code. */
export async function explainedEdit(prompt: Prompt, block: CodeBlock): Promise<string> {
  const { code, notes } = await editCode(block, prompt);
  const where = block.path === undefined ? "this code" : `\`${block.path}\``;
  const list = notes.map((note) => `- ${note}`).join("\n");
  const intro =
    notes.length > 0
      ? `Here is ${where} with ${notes.length === 1 ? "one change" : `${notes.length} kinds of change`}:\n\n${list}`
      : `I looked through ${where} and found nothing that has to change.`;
  return `${intro}\n\n${fenced(code, block.language)}\n\nThe behaviour stays the same; run your tests once to be sure.`;
}

/** Code in a fence that none of its lines closes. */
export function fenced(code: string, language: string): string {
  const longest = (code.match(/^[ \t]*`{3,}/gm) ?? []).reduce(
    (most, run) => Math.max(most, run.trim().length),
    2,
  );
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}
