import { addComments, addDocComments, renameRule, renameWish, upperCaseStrings } from "./instructionRules.ts";
import type { CodeBlock } from "./prompt.ts";
import { refactorRules } from "./refactorRules.ts";
import { Rewriter, type Rule } from "./rewriter.ts";
import { addTypes } from "./typeRule.ts";
import { loadTypeScript, parse, syntaxErrors } from "./typescriptModule.ts";

export interface EditResult {
  readonly code: string;
  /** What was done, one line of markdown each; empty when nothing was. */
  readonly notes: readonly string[];
}

/** Does what the instruction asks to TypeScript or JavaScript, and nothing when that would break its syntax. */
export async function editTypeScript(
  block: CodeBlock,
  extension: string,
  instruction: string,
  surroundings: string,
): Promise<EditResult> {
  const ts = await loadTypeScript();
  const source = parse(ts, block.code, extension);
  const rewriter = new Rewriter(ts, source, rulesFor(instruction, extension), surroundings);
  const code = rewriter.run();
  if (code !== block.code && syntaxErrors(ts, code, extension) > syntaxErrors(ts, block.code, extension)) {
    return { code: block.code, notes: [] };
  }
  const notes = rewriter.notes.map(([what, times]) => (times > 1 ? `${what} (${times}×)` : what));
  return { code, notes };
}

/** Rules for what the instruction names; a careful clean-up when it names nothing known. */
function rulesFor(instruction: string, extension: string): readonly Rule[] {
  const rename = renameWish(instruction);
  const rules: Rule[] = [];
  if (rename) rules.push(renameRule(...rename));
  if (/\b(upper[- ]?case|capitals?|capitali[sz]e)\b/i.test(instruction)) rules.push(upperCaseStrings);
  if (/\b(doc(umentation)? comments?|js ?docs?|ts ?docs?|document)\b/i.test(instruction)) {
    rules.push(addDocComments);
  } else if (
    /\b(add|write|with|insert|more)\b[^.]{0,30}\bcomments?\b|\bcomment (the|this|every|each)\b/i.test(
      instruction,
    )
  ) {
    rules.push(addComments);
  }
  if (
    /\btype annotations?\b|\b(add|give)\b[^.]{0,30}\btypes?\b/i.test(instruction) &&
    extension.startsWith("ts")
  ) {
    rules.push(addTypes);
  }
  return rules.length > 0 ? rules : refactorRules();
}
