import { perl as mode } from "@codemirror/legacy-modes/mode/perl";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function perl(): CodeLanguage {
  return new ModeLanguage(mode);
}
