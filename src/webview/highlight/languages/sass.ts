import { parser } from "@lezer/sass";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function scss(): CodeLanguage {
  return new TreeLanguage(() => parser);
}

export function sass(): CodeLanguage {
  const indented = parser.configure({ dialect: "indented" });
  return new TreeLanguage(() => indented);
}
