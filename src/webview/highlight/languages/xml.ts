import { parser } from "@lezer/xml";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function xml(): CodeLanguage {
  return new TreeLanguage(() => parser);
}
