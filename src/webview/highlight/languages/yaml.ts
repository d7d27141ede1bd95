import { parser } from "@lezer/yaml";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function yaml(): CodeLanguage {
  return new TreeLanguage(() => parser);
}
