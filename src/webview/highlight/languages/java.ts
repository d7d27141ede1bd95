import { parser } from "@lezer/java";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function java(): CodeLanguage {
  return new TreeLanguage(() => parser);
}
