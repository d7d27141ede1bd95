import { standardSQL as mode } from "@codemirror/legacy-modes/mode/sql";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function sql(): CodeLanguage {
  return new ModeLanguage(mode);
}
