import { parser } from "@lezer/javascript";
import type { CodeLanguage } from "../codeLanguage.ts";
import { TreeLanguage } from "../treeLanguage.ts";

export function javascript(): CodeLanguage {
  return dialect("jsx");
}

export function typescript(): CodeLanguage {
  return dialect("ts");
}

export function tsx(): CodeLanguage {
  return dialect("ts jsx");
}

function dialect(name: string): CodeLanguage {
  const configured = parser.configure({ dialect: name });
  return new TreeLanguage(() => configured);
}
