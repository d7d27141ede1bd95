import { powerShell as mode } from "@codemirror/legacy-modes/mode/powershell";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function powershell(): CodeLanguage {
  return new ModeLanguage(mode);
}
