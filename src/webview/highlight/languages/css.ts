import { parser } from "@lezer/css";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function css(): CodeLanguage {
  return new TreeLanguage(() => parser);
}
