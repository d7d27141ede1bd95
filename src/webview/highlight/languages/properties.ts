import { properties as mode } from "@codemirror/legacy-modes/mode/properties";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function properties(): CodeLanguage {
  return new ModeLanguage(mode);
}
