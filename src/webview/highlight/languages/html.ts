import { parser as cssParser } from "@lezer/css";
import { configureNesting, parser } from "@lezer/html";
import { parser as scriptParser } from "@lezer/javascript";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function html(): CodeLanguage {
  const wrap = configureNesting([
    {
      tag: "script",
      attrs: ({ lang }) => lang === "ts",
      parser: scriptParser.configure({ dialect: "ts" }),
    },
    { tag: "script", parser: scriptParser },
    { tag: "style", parser: cssParser },
  ]);
  const configured = parser.configure({ wrap });
  return new TreeLanguage(() => configured);
}
