import { go as mode } from "@codemirror/legacy-modes/mode/go";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function go(): CodeLanguage {
  return new ModeLanguage(mode);
}
