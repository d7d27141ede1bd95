import { parser } from "@lezer/python";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function python(): CodeLanguage {
  return new TreeLanguage(() => parser);
}
