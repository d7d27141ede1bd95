import { lua as mode } from "@codemirror/legacy-modes/mode/lua";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function lua(): CodeLanguage {
  return new ModeLanguage(mode);
}
