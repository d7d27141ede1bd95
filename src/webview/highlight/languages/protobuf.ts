import { protobuf as mode } from "@codemirror/legacy-modes/mode/protobuf";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function protobuf(): CodeLanguage {
  return new ModeLanguage(mode);
}
