import assert from "node:assert/strict";
import fc from "fast-check";
import { fuzzyScore, fuzzyWords } from "../../../../src/core/context/fuzzyScore.ts";
import { rank } from "../../../../src/core/context/rank.ts";

const paths = [
  "src/host/chat/chatSession.ts",
  "src/host/chat/chatView.ts",
  "src/core/chat/conversation.ts",
  "src/core/util/abort.ts",
  "test/unit/core/chat/conversation.test.ts",
  "README.md",
  "src/webview/styles/composer.css",
  "src/webview/composer.ts",
];
const find = (query: string): readonly string[] =>
  rank(
    query,
    paths.map((path) => ({ value: path, text: path, bonus: 0 })),
    50,
  );

describe("fuzzy search", () => {
  for (const [query, best] of [
    ["chatsession", "src/host/chat/chatSession.ts"],
    ["conv", "src/core/chat/conversation.ts"],
    ["conv test", "test/unit/core/chat/conversation.test.ts"],
    ["composer", "src/webview/composer.ts"],
    ["style comp", "src/webview/styles/composer.css"],
    ["UTIL\\abort", "src/core/util/abort.ts"],
    ["rdme", "README.md"],
  ] as const) {
    it(`puts ${best} first for “${query}”`, () => assert.equal(find(query)[0], best));
  }

  it("finds nothing that lacks a letter, and everything for no words", () => {
    assert.deepEqual(find("zebra"), []);
    assert.equal(find("  ").length, paths.length);
  });

  it("finds exactly the texts that hold each word's characters in order", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "C", "/", ".", "İ", "é"), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (query, target) => {
        const words = fuzzyWords(query);
        const pattern = (word: string) =>
          new RegExp(Array.from(word, (c) => c.replace(/[/.]/, "\\$&")).join(".*"), "s");
        const isFound = words.every((word) => pattern(word).test(target.toLowerCase()));
        assert.equal(fuzzyScore(words, target) !== undefined, isFound);
      }),
    );
  });

  it("prefers what is open among equals, and keeps the order of the rest", () => {
    const found = rank(
      "a",
      [
        { value: 1, text: "a.ts", bonus: 0 },
        { value: 2, text: "a.ts", bonus: 0 },
        { value: 3, text: "a.ts", bonus: 1 },
      ],
      2,
    );
    assert.deepEqual(found, [3, 1]);
  });
});
