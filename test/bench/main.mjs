/**
 * `npm run bench` runs every benchmark, `npm run bench decode …` the named ones. Each is a program of its own that
 * prints a table; times are for reading and never fail a run.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const all = ["activation", "decode", "decodeFuzz", "edit", "longConversation", "history", "paint", "render"];
const fileOf = (name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url));

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : all.filter((name) => existsSync(fileOf(name)));
let failed = false;
for (const name of names) {
  if (!existsSync(fileOf(name))) {
    console.error(
      `No benchmark “${name}”. There are: ${all.filter((each) => existsSync(fileOf(each))).join(", ")}`,
    );
    failed = true;
    continue;
  }
  console.log(`\n# ${name}\n`);
  failed = spawnSync(process.execPath, [fileOf(name)], { stdio: "inherit" }).status !== 0 || failed;
}
process.exitCode = failed ? 1 : 0;
