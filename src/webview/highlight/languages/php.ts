import { parser } from "@lezer/php";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

/** Answers often leave out the opening tag. */
export function php(): CodeLanguage {
  const withoutTag = parser.configure({ top: "Program" });
  return new TreeLanguage((firstLine) => (firstLine.trimStart().startsWith("<") ? parser : withoutTag));
}
