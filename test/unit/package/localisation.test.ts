import assert from "node:assert/strict";
import german from "../../../l10n/bundle.l10n.de.json" with { type: "json" };
import english from "../../../l10n/bundle.l10n.json" with { type: "json" };
import manifest from "../../../package.json" with { type: "json" };
import germanManifest from "../../../package.nls.de.json" with { type: "json" };
import englishManifest from "../../../package.nls.json" with { type: "json" };
import { sourceStrings } from "../../support/l10n/sourceStrings.ts";

const parsingLimitMs = 120_000;

type Texts = Readonly<Record<string, string>>;

/** Texts that are the same in both languages. */
const alike: ReadonlySet<string> = new Set(
  "Chat Code JSON Markdown Minimal Standard Terminal Valar Version Text Budget".split(" "),
);

describe("localisation", () => {
  it("has every text of the sources in the bundle: npm run l10n", async () => {
    assert.deepEqual(await sourceStrings(), english);
  }).timeout(parsingLimitMs);

  it("has every title, name and description of package.json in package.nls.json", () => {
    assert.deepEqual(
      shownTexts(manifest).filter((text) => !/^%[\w.]+%$/.test(text) && text !== "Valar"),
      [],
    );
  });

  it("puts a default, which may be “keiner”, behind a colon", () => {
    for (const [text, translated] of Object.entries<string>(german)) {
      const value = /\b[Tt]he default.*?,? (\{\d\}),? is used\.$/.exec(text)?.[1];
      if (value !== undefined) assert.ok(translated.endsWith(`: ${value}.`), translated);
    }
  });

  it("hints at the effort of the model's own choice in no more letters than in English: the menu is narrow", () => {
    const text = "as the model sees fit";
    assert.ok(german[text].length <= text.length);
  });

  for (const [name, texts, translation] of [
    ["bundle.l10n", english, german],
    ["package.nls", englishManifest, germanManifest],
  ] as const satisfies readonly (readonly [string, Texts, Texts])[]) {
    describe(`${name}.de.json`, () => {
      const pairs = Object.entries<string>(texts).map(
        ([key, text]) => [text, (translation as Texts)[key] ?? ""] as const,
      );

      it("translates every text, and nothing else", () => {
        assert.deepEqual(Object.keys(translation).toSorted(), Object.keys(texts).toSorted());
        const same = pairs.filter(
          ([text, translated]) => text === translated && /\p{L}{2}/u.test(words(text)),
        );
        assert.deepEqual(
          same.filter(
            ([text]) =>
              !words(text)
                .split(/\P{L}+/u)
                .every((word) => word === "" || alike.has(word)),
          ),
          [],
        );
      });

      it("keeps every placeholder, code, command link, icon and Markdown mark", () => {
        for (const [text, translated] of pairs) assert.deepEqual(marks(translated), marks(text), text);
      });

      it("ends each text as it is in English, without stray spaces", () => {
        for (const [text, translated] of pairs) {
          assert.equal(translated, translated.trim());
          assert.equal(ending(translated), ending(text), translated);
          assert.doesNotMatch(translated, / {2}|[“"]\p{L}[^„]*”|'/u, translated);
        }
      });
    });
  }
});

/** Without what is never translated. */
function words(text: string): string {
  return text.replaceAll(/\{\d+\}|`[^`]*`/g, "").trim();
}

function marks(text: string): readonly string[] {
  const found = text.match(/\{\d+\}|\{\{\w+\}\}|`[^`]*`|\$\([\w~-]+\)|\]\([^)]*\)|\*\*|^\/\w+ /g) ?? [];
  return found.toSorted();
}

function ending(text: string): string {
  return /(\.|…|\?|:)”?$/.exec(text)?.[1] ?? "";
}

/** Every text below that VS Code shows. */
function shownTexts(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) => {
    if (!shownFields.has(name)) return shownTexts(value);
    return (Array.isArray(value) ? value : [value]).flatMap((text: unknown) =>
      typeof text === "string" ? [text] : shownTexts(text),
    );
  });
}

const shownFields: ReadonlySet<string> = new Set([
  ...["title", "shortTitle", "category", "label", "displayName", "fullName", "contextualTitle", "contents"],
  ...["markdownDescription", "markdownEnumDescriptions", "enumItemLabels", "enumDescriptions"],
  ...["patternErrorMessage", "deprecationMessage", "markdownDeprecationMessage", "sampleRequest"],
  "userDescription",
]);
