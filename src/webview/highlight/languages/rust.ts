import { rust as mode } from "@codemirror/legacy-modes/mode/rust";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function rust(): CodeLanguage {
  return new ModeLanguage(mode);
}
