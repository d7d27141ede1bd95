import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import manifest from "../../../package.json" with { type: "json" };
import { withTables } from "../../support/readme/tables.ts";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");

describe("README.md", () => {
  it("has the commands and settings of package.json: npm run readme", () => {
    assert.equal(readme, withTables(readme));
  });

  it("has a row for every command and every setting, with what it means", () => {
    for (const { command } of manifest.contributes.commands) {
      assert.match(readme, new RegExp(`^\\| [^|]{3,} \\| \`${command}\` \\|`, "m"));
    }
    for (const name of Object.keys(manifest.contributes.configuration.properties)) {
      assert.match(readme, new RegExp(`^\\| \`${name}\` \\| [^|]*\\| [^|]{7,}`, "m"));
    }
  });

  it("says what a setting may be", () => {
    for (const [name, setting] of Object.entries(manifest.contributes.configuration.properties)) {
      const row = readme.split("\n").find((line) => line.startsWith(`| \`${name}\` |`)) ?? "";
      const choices = "enum" in setting ? setting.enum.filter((choice) => choice !== null) : [];
      for (const choice of choices) assert.ok(row.includes(`\`${choice}\``), `${name}: ${choice}`);
      if ("maxLength" in setting) assert.ok(row.includes(String(setting.maxLength)), name);
    }
  });

  it("names no command or setting that there is not", () => {
    const known = new Set([
      ...manifest.contributes.commands.map(({ command }) => command),
      ...Object.keys(manifest.contributes.configuration.properties),
    ]);
    const named = readme.match(/\bvalar\.[a-z][\w.]*\w/g) ?? [];
    assert.deepEqual(
      named.filter((name) => !known.has(name)),
      [],
    );
  });

  it("shows pictures that are there, and says in words what they show", () => {
    const pictures = [...readme.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];
    assert.ok(pictures.length >= 2);
    for (const [, words = "", file = ""] of pictures) {
      assert.ok(words.length > 20, file);
      assert.ok(existsSync(new URL(`../../../${file}`, import.meta.url)), file);
    }
  });
});
