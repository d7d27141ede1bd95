import { GFM, parser } from "@lezer/markdown";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function markdown(): CodeLanguage {
  const configured = parser.configure(GFM);
  return new TreeLanguage(() => configured);
}
