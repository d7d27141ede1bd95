import * as modes from "@codemirror/legacy-modes/mode/clike";
import type { CodeLanguage } from "../codeLanguage.ts";
import { ModeLanguage } from "../modeLanguage.ts";

export function cpp(): CodeLanguage {
  return new ModeLanguage(modes.cpp);
}

export function csharp(): CodeLanguage {
  return new ModeLanguage(modes.csharp);
}

export function dart(): CodeLanguage {
  return new ModeLanguage(modes.dart);
}

export function java(): CodeLanguage {
  return new ModeLanguage(modes.java);
}

export function kotlin(): CodeLanguage {
  return new ModeLanguage(modes.kotlin);
}

export function objectiveC(): CodeLanguage {
  return new ModeLanguage(modes.objectiveC);
}

export function scala(): CodeLanguage {
  return new ModeLanguage(modes.scala);
}
