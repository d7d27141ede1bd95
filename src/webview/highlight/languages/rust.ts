import { parser } from "@lezer/rust";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function rust(): CodeLanguage {
  return new TreeLanguage(() => parser);
}
