import { dockerFile as mode } from "@codemirror/legacy-modes/mode/dockerfile";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function dockerfile(): CodeLanguage {
  return new ModeLanguage(mode);
}
