import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../setUp/paths.mjs";
import { pseudoText } from "../ownWords.ts";

/** The name that VS Code's own pseudo-localisation goes by. */
export const pseudoLanguage = "qps-ploc";

/** A copy of the installed extensions, in `folder`, with every text of Valar in the pseudo language. */
export async function withPseudoLanguage(extensionsFolder: string, folder: string): Promise<string> {
  const copy = path.join(folder, "extensions");
  await cp(extensionsFolder, copy, { recursive: true });
  const name = (await readdir(copy)).find((entry) => entry.startsWith("valar-vscode.valar-"));
  if (name === undefined) throw new Error(`Valar is not installed in ${extensionsFolder}`);
  for (const file of ["package.nls", "l10n/bundle.l10n"]) {
    const texts = JSON.parse(await readFile(path.join(root, `${file}.json`), "utf8")) as object;
    const marked = Object.entries(texts).map(([key, text]) => [key, pseudoText(String(text))] as const);
    const target = path.join(copy, name, `${file}.${pseudoLanguage}.json`);
    await writeFile(target, JSON.stringify(Object.fromEntries(marked)));
  }
  return copy;
}
