import { r as mode } from "@codemirror/legacy-modes/mode/r";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function r(): CodeLanguage {
  return new ModeLanguage(mode);
}
