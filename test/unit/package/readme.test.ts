import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import manifest from "../../../package.json" with { type: "json" };
import nls from "../../../package.nls.json" with { type: "json" };

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
const texts = new Map<string, string>(Object.entries(nls));

/** The cells of the table under a heading, without its own heading row. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const section = readme.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  assert.ok(rows.length > 2, `no table under ${heading}`);
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

describe("README.md", () => {
  it("lists every command with its title, and no other", () => {
    const commands = manifest.contributes.commands.map(({ command, title }) => [
      `\`${command}\``,
      texts.get(title.slice(1, -1)),
    ]);
    const listed = tableUnder("Commands");
    assert.deepEqual(byFirst(listed), byFirst(commands));
  });

  it("lists every setting with its default, and no other", () => {
    const settings = Object.entries(manifest.contributes.configuration.properties).map(([name, setting]) => [
      `\`${name}\``,
      setting.default === "" ? "" : `\`${textOf(setting.default)}\``,
    ]);
    const listed = tableUnder("Settings");
    assert.deepEqual(
      listed.map(([name, usual]) => [name, usual]),
      settings,
    );
  });

  it("says what each setting means, with its range", () => {
    const listed = new Map(tableUnder("Settings").map(([name = "", , meaning = ""]) => [name, meaning]));
    for (const [name, setting] of Object.entries(manifest.contributes.configuration.properties)) {
      const meaning = listed.get(`\`${name}\``) ?? "";
      assert.ok(meaning.length >= 7, name);
      const choices = "enum" in setting ? setting.enum.filter((choice) => choice !== null) : [];
      for (const choice of choices) assert.ok(meaning.includes(`\`${choice}\``), `${name}: ${choice}`);
      if ("maxLength" in setting) assert.ok(meaning.includes(String(setting.maxLength)), name);
      if (name.startsWith("valar.timeouts.")) assert.match(meaning, /^Seconds /);
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
});

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function byFirst(rows: readonly (readonly (string | undefined)[])[]): readonly (readonly unknown[])[] {
  return rows.toSorted(([a = ""], [b = ""]) => a.localeCompare(b));
}
