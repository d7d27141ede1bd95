import { haskell as mode } from "@codemirror/legacy-modes/mode/haskell";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function haskell(): CodeLanguage {
  return new ModeLanguage(mode);
}
