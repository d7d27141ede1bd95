import { renameWish, sentence } from "./instructionRules.ts";
import type { EditResult } from "./editTypeScript.ts";
import { commentStyle, definitionIn } from "./languages.ts";
import type { CodeBlock } from "./prompt.ts";

/** Does what the instruction asks to code of any language, line by line. */
export function editLines(block: CodeBlock, instruction: string): EditResult {
  const { language } = block;
  const rename = renameWish(instruction);
  const documents = /\b(doc(umentation)? ?(comments?|strings?)?|document|comments?)\b/i.test(instruction);
  const notes = new Set<string>();
  const result: string[] = [];
  for (const [i, raw] of block.code.split("\n").entries()) {
    let line = raw;
    if (rename)
      line = change(line, renamed(line, ...rename), notes, `\`${rename[0]}\` is now called \`${rename[1]}\``);
    else if (/\bupper[- ]?case\b/i.test(instruction)) {
      line = change(line, upperCased(line), notes, "strings are in capitals");
    } else if (!documents) line = tidied(line, language, notes);
    const name = documents ? definitionIn(raw, language)?.name : undefined;
    const comment = name === undefined ? undefined : docComment(name, line, language);
    const previous = block.code.split("\n")[i - 1] ?? "";
    if (comment && !/^\s*(#|\/\/|\*|\/\*|"""|--)/.test(previous)) {
      notes.add("comments were added");
      result.push(...(comment.after ? [line, comment.text] : [comment.text, line]));
    } else result.push(line);
  }
  return { code: result.join("\n"), notes: [...notes] };
}

function change(line: string, changed: string, notes: Set<string>, note: string): string {
  if (changed !== line) notes.add(note);
  return changed;
}

function renamed(line: string, from: string, to: string): string {
  return line.replaceAll(new RegExp(`(?<![\\w$])${from.replaceAll("$", "\\$")}(?![\\w$])`, "g"), () => to);
}

function upperCased(line: string): string {
  return line.replaceAll(/"[^"]*"|'[^']*'/g, (text) =>
    text.replaceAll(/\\.|[^\\]/g, (part) => (part.length > 1 ? part : part.toUpperCase())),
  );
}

function tidied(line: string, language: string, notes: Set<string>): string {
  let text = change(
    line,
    line.replace(/^(\s*)([A-Za-z_][\w.]*) = \2 ([-+*/]) ([\w.]+|\d+)(;?\s*)$/, "$1$2 $3= $4$5"),
    notes,
    "`a = a + b` became `a += b`",
  );
  if (language === "python" || language === "py") {
    text = change(
      text,
      text.replaceAll(/ == None\b/g, " is None").replaceAll(/ != None\b/g, " is not None"),
      notes,
      "`None` is compared with `is`",
    );
    text = change(
      text,
      text.replaceAll(/"([^"{}\\]*)" \+ str\(([\w.]+)\)(?: \+ "([^"{}\\]*)")?/g, 'f"$1{$2}$3"'),
      notes,
      "string concatenation became f-strings",
    );
  }
  const carriage = text.endsWith("\r") ? "\r" : "";
  return change(text, text.trimEnd() + carriage, notes, "trailing blanks are gone");
}

function docComment(
  name: string,
  line: string,
  language: string,
): { text: string; after: boolean } | undefined {
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const carriage = line.endsWith("\r") ? "\r" : "";
  const said = sentence(name, "function");
  if (language === "python" || language === "py") {
    return { text: `${indent}    """${said}"""${carriage}`, after: true };
  }
  const style = commentStyle(language);
  return style && { text: `${indent}${style.open}${said}${style.close}${carriage}`, after: false };
}
