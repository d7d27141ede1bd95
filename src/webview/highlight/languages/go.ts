import { parser } from "@lezer/go";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function go(): CodeLanguage {
  return new TreeLanguage(() => parser);
}
