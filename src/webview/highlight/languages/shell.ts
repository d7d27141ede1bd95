import { shell as mode } from "@codemirror/legacy-modes/mode/shell";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function shell(): CodeLanguage {
  return new ModeLanguage(mode);
}
