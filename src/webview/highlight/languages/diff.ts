import { diff as mode } from "@codemirror/legacy-modes/mode/diff";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function diff(): CodeLanguage {
  return new ModeLanguage(mode);
}
