import { getL10nJson, type l10nJsonFormat } from "@vscode/l10n-dev";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../setUp/paths.mjs";

/**
 * The texts of the sources, as `l10n/bundle.l10n.json` holds them, sorted: what `vscode.l10n.t` is called with, and
 * the phrases of `src/core`, which the host translates.
 */
export async function sourceStrings(): Promise<l10nJsonFormat> {
  const folder = path.join(root, "src");
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const sources = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
  // The tool parses every file it is given, which takes its time.
  const scripts = sources
    .map(asCalls)
    .filter((contents) => contents.includes("l10n"))
    .map((contents) => ({ contents, extension: ".ts" }));
  const strings = Object.entries(await getL10nJson(scripts));
  return Object.fromEntries(strings.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The tool knows VS Code's own function only. */
function asCalls(source: string): string {
  return source.includes("/phrase.ts")
    ? `import { l10n } from "vscode";\n${source.replaceAll(/\bphrase\(/g, "l10n.t(")}`
    : source;
}
