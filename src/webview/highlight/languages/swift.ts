import { swift as mode } from "@codemirror/legacy-modes/mode/swift";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function swift(): CodeLanguage {
  return new ModeLanguage(mode);
}
