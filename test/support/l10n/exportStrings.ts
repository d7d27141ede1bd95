// Writes l10n/bundle.l10n.json, from which translators start: npm run l10n
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../setUp/paths.mjs";
import { sourceStrings } from "./sourceStrings.ts";

const strings = await sourceStrings();
await writeFile(path.join(root, "l10n/bundle.l10n.json"), `${JSON.stringify(strings, undefined, 2)}\n`);
console.log(`${String(Object.keys(strings).length)} texts`);
