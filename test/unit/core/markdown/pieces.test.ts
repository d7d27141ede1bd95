import assert from "node:assert/strict";
import { completeInline } from "../../../../src/core/markdown/completeInline.ts";
import { splitInvisible } from "../../../../src/core/markdown/invisible.ts";
import { linkTarget } from "../../../../src/core/markdown/linkTarget.ts";
import { MarkdownStream } from "../../../../src/core/markdown/markdownStream.ts";
import { createParser } from "../../../../src/core/markdown/parser.ts";

describe("completeInline", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["plain text", "plain text"],
    ["some **bo", "some **bo**"],
    ["some **bold and *ital", "some **bold and *ital***"],
    ["some **bold*", "some **bold**"],
    ["some **bold**", "some **bold**"],
    ["some **", "some"],
    ["some *", "some"],
    ["2 * 3", "2 * 3"],
    ["a snake_case", "a snake_case"],
    ["`cod", "`cod`"],
    ["`code` and ``mo`", "`code` and ``mo``"],
    ["ends `", "ends"],
    ["~~gon", "~~gon~~"],
    ["see [the do", "see the do"],
    ["see [the docs](https://exa", "see the docs"],
    ["see [**bold** do", "see **bold** do"],
    ["see [**bold do", "see **bold do**"],
    ["see ![alt te", "see alt te"],
    ["see [docs](https://x.example) now", "see [docs](https://x.example) now"],
    ["the value a[0", "the value a[0"],
    ["not \\*open", "not \\*open"],
    ["**a `b", "**a `b`**"],
  ];
  for (const [written, shown] of cases) {
    it(JSON.stringify(written), () => assert.equal(completeInline(written), shown));
  }
});

describe("splitInvisible", () => {
  it("finds bidi controls, zero-width characters, tags and lone surrogates", () => {
    assert.deepEqual(splitInvisible("a\u202eb"), ["a", 0x202e, "b"]);
    assert.deepEqual(splitInvisible("\u200b\u{e0041}\ufeff"), [0x200b, 0xe0041, 0xfeff]);
    assert.deepEqual(splitInvisible("x\ud800y"), ["x", 0xd800, "y"]);
    assert.deepEqual(splitInvisible("a\u200db"), ["a", 0x200d, "b"]);
    assert.deepEqual(splitInvisible("x\ufe0f\u200c"), ["x", 0xfe0f, 0x200c]);
    assert.deepEqual(splitInvisible("👩\u200d\u200dx"), ["👩\u200d", 0x200d, "x"]);
  });
  it("leaves ordinary text and emoji alone", () => {
    for (const text of ["", "plain\ttext\n", "日本語 é", "👩‍💻 👍🏽 ❤️ 🏳️‍🌈 1️⃣", "می‌شود", "क्‍ष"]) {
      assert.deepEqual(splitInvisible(text), text === "" ? [] : [text]);
    }
  });
});

describe("linkTarget", () => {
  it("opens https only, without user info", () => {
    assert.equal(linkTarget("https://a.example/x", "x").href, "https://a.example/x");
    for (const href of [
      "http://a.example",
      "javascript:alert(1)",
      "command:workbench.action.quit",
      "vscode://x",
      "data:text/html,x",
      "file:///etc/passwd",
      "src/a.ts",
      "https://user@a.example",
      "//a.example",
    ]) {
      assert.equal(linkTarget(href, "x").href, undefined, href);
    }
  });
  it("shows the address where the label hides or contradicts it", () => {
    assert.equal(linkTarget("https://a.example/", "the docs").reveal, false);
    assert.equal(linkTarget("https://a.example/x", "a.example/x").reveal, false);
    assert.equal(linkTarget("https://evil.example/", "bank.example").reveal, true);
    assert.equal(linkTarget("https://evil.example/", "https://bank.example/login").reveal, true);
    assert.equal(linkTarget("http://a.example", "docs").reveal, true);
    for (const label of [
      "Sign in at https://bank.example/login now",
      "go to bank.example today",
      "www.bank.example",
      "ｂａｎｋ．ｅｘａｍｐｌｅ",
      "https://bank。example/",
      "https:⁄⁄bank.example",
      "https://bank.example@x",
      "bank.example:443",
      "evil.example or bank.example",
    ]) {
      assert.equal(linkTarget("https://evil.example/x", label).reveal, true, label);
    }
    for (const label of [
      "evil.example/x",
      "https://evil.example/x, here",
      "Node.js docs",
      "edit config.json",
      "e.g. this",
    ]) {
      assert.equal(linkTarget("https://evil.example/x", label).reveal, false, label);
    }
    const foreign = linkTarget("https://аррӏе.com/", "apple");
    assert.equal(foreign.reveal, true);
    assert.equal(foreign.shown, "https://xn--80ak6aa92e.com/");
    assert.ok(linkTarget(`data:x,${"y".repeat(5000)}`, "").shown.length < 310);
  });
});

describe("what is shown of half-written blocks", () => {
  const parser = createParser();
  const shown = (text: string): string => {
    const stream = new MarkdownStream(parser);
    stream.append(text);
    return stream
      .blocks()
      .map(({ type }) => type)
      .join(" ");
  };
  const cases: readonly (readonly [string, string])[] = [
    ["Text\n-", "paragraph"],
    ["Text\n- ", "paragraph"],
    ["Text\n- a", "paragraph list"],
    ["Text\n=", "paragraph"],
    ["Text\n\n#", "paragraph"],
    ["Text\n\n``", "paragraph"],
    ["Text\n\n```ty", "paragraph"],
    ["```ts\nlet a\n``", "code"],
    ["1", ""],
    ["1. a", "list"],
    ["| a | b", "table"],
    ["| a | b |\n|--", "table"],
    ["| a | b |\n| c", "paragraph"],
    ["Text\n\n| a", "paragraph table"],
  ];
  for (const [written, types] of cases) {
    it(JSON.stringify(written), () => assert.equal(shown(written), types));
  }

  it("keeps a closing fence out of the code", () => {
    const stream = new MarkdownStream(parser);
    stream.append("```\na\n``");
    assert.deepEqual(stream.blocks(), [
      { type: "code", language: "", path: undefined, lines: ["a"], state: "growing" },
    ]);
  });
});
