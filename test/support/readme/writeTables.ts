// Writes the tables of commands and settings in README.md anew: npm run readme
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../setUp/paths.mjs";
import { withTables } from "./tables.ts";

const file = path.join(root, "README.md");
await writeFile(file, withTables(await readFile(file, "utf8")));
