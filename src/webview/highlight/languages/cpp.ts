import { parser } from "@lezer/cpp";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function cpp(): CodeLanguage {
  return new TreeLanguage(() => parser);
}
