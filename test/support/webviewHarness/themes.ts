import { readFileSync } from "node:fs";
import path from "node:path";

export type ThemeName = "dark" | "light" | "highContrast" | "highContrastLight";
export const themeNames: readonly ThemeName[] = ["dark", "light", "highContrast", "highContrastLight"];

/** Colours and fonts as VS Code 1.139 hands them to a webview, and the class it gives the body. */
export const themes = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "themes.json"), "utf8"),
) as Readonly<
  Record<ThemeName, { readonly className: string; readonly variables: Readonly<Record<string, string>> }>
>;
