import { getL10nJson, type l10nJsonFormat } from "@vscode/l10n-dev";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../setUp/paths.mjs";

/** The texts of the sources, as `l10n/bundle.l10n.json` holds them: what `vscode.l10n.t` is called with, sorted. */
export async function sourceStrings(): Promise<l10nJsonFormat> {
  const folder = path.join(root, "src");
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const sources = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
  // The tool parses every file it is given, which takes its time.
  const scripts = sources
    .filter((contents) => contents.includes("l10n"))
    .map((contents) => ({ contents, extension: ".ts" }));
  const strings = Object.entries(await getL10nJson(scripts));
  return Object.fromEntries(strings.sort(([a], [b]) => (a < b ? -1 : 1)));
}
