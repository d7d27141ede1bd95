import { ruby as mode } from "@codemirror/legacy-modes/mode/ruby";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function ruby(): CodeLanguage {
  return new ModeLanguage(mode);
}
