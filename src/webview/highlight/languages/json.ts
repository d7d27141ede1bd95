import { parser } from "@lezer/json";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function json(): CodeLanguage {
  return new TreeLanguage(() => parser);
}
