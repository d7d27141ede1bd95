import { toml as mode } from "@codemirror/legacy-modes/mode/toml";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function toml(): CodeLanguage {
  return new ModeLanguage(mode);
}
