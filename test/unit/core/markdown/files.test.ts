import assert from "node:assert/strict";
import { fileOfCode } from "../../../../src/core/markdown/fileOfCode.ts";
import { filePlace, linkedFile, splitFilePlaces } from "../../../../src/core/markdown/filePlace.ts";
import { MarkdownStream } from "../../../../src/core/markdown/markdownStream.ts";
import { createParser } from "../../../../src/core/markdown/parser.ts";

const parser = createParser();

/** The file of the code block that ends `text`. */
function fileOf(text: string): string | undefined {
  const stream = new MarkdownStream(parser);
  stream.append(text);
  stream.end();
  const blocks = stream.blocks();
  const code = blocks.at(-1);
  assert.ok(code?.type === "code");
  return fileOfCode(code, blocks.at(-2));
}

describe("names of files", () => {
  it("are found where code is nothing else", () => {
    assert.deepEqual(filePlace("src/a.ts:12"), { path: "src/a.ts", line: 12 });
    assert.deepEqual(filePlace("src/a.ts:12:3"), { path: "src/a.ts", line: 12 });
    assert.deepEqual(filePlace("../b-c/d.test.py:4-9"), { path: "../b-c/d.test.py", line: 4 });
    assert.deepEqual(filePlace("package.json"), { path: "package.json", line: undefined });
    for (const text of [
      "",
      "a b.ts",
      "console.log",
      "items.length",
      "Node.js",
      "example.com/a.html",
      "https://a.example/b.ts",
      "//evil.example/a.ts",
      "javascript:a.ts",
      "a.ts\u202e",
      "src/a.ts:x",
    ]) {
      assert.equal(filePlace(text), undefined, text);
    }
  });

  it("are found in prose with a folder or a line only", () => {
    const found = (text: string): string[] =>
      splitFilePlaces(text).flatMap((piece) => (typeof piece === "string" ? [] : [piece.text]));
    assert.deepEqual(found("See src/a.ts:3, (lib/b.py) and main.go:7."), [
      "src/a.ts:3",
      "lib/b.py",
      "main.go:7",
    ]);
    assert.deepEqual(found("Use Node.js and a.ts, https://a.example/src/b.ts"), []);
    assert.deepEqual(found("example.com/src/a.ts and //host/a.ts and src/a.tsx2 and src/a.ts/b"), []);
  });

  it("are found in what a link leads to, and in no address", () => {
    assert.deepEqual(linkedFile("src/a.ts"), { path: "src/a.ts", line: undefined });
    assert.deepEqual(linkedFile("./src/a.ts#L12-L20"), { path: "./src/a.ts", line: 12 });
    assert.deepEqual(linkedFile("/src/a.ts#L7"), { path: "/src/a.ts", line: 7 });
    for (const href of [
      "https://a.example/b.ts",
      "//evil.example/a.ts",
      "example.com/a.ts#L3",
      "file:///a.ts",
      "command:a.ts",
      "src/a.ts?x=1",
      "src/a.ts#top",
      "#L3",
    ]) {
      assert.equal(linkedFile(href), undefined, href);
    }
  });

  it("are never made links within links", () => {
    const stream = new MarkdownStream(parser);
    stream.append("[src/a.ts:3 and `src/b.ts`](https://a.example) src/c.ts:1");
    stream.end();
    const text = JSON.stringify(stream.blocks());
    assert.doesNotMatch(text, /"path":"src\/[ab]\.ts"/);
    assert.match(text, /"path":"src\/c\.ts","line":1/);
  });

  it("tell what a code block is for", () => {
    const code = "\nlet a;\n```\n";
    assert.equal(fileOf("```ts src/a.ts" + code), "src/a.ts");
    assert.equal(fileOf('```ts title="src/a b.ts" {1,3}' + code), undefined);
    assert.equal(fileOf('```ts {1,3} title="src/a.ts"' + code), "src/a.ts");
    assert.equal(fileOf("```ts:src/a.ts" + code), "src/a.ts");
    assert.equal(fileOf("```src/a.ts" + code), "src/a.ts");
    assert.equal(fileOf("**src/a.ts**\n\n```ts" + code), "src/a.ts");
    assert.equal(fileOf("### 1. `a.ts`\n```ts" + code), "a.ts");
    assert.equal(fileOf("Some text.\nNow change `src/a.ts`:\n```ts" + code), "src/a.ts");
    assert.equal(fileOf("See `src/a.ts` for more.\n\n```ts" + code), undefined);
    assert.equal(fileOf("Move it from `src/a.ts` to `src/b.ts`:\n\n```ts" + code), undefined);
    assert.equal(fileOf("```ts\n// src/a.ts\nlet a;\n```\n"), "src/a.ts");
    assert.equal(fileOf("```py\n# see a.py\n```\n"), undefined);
  });

  it("do not make a cut block look closed", () => {
    const state = (text: string, isEnded: boolean): unknown => {
      const stream = new MarkdownStream(parser);
      stream.append(text);
      if (isEnded) stream.end();
      const block = stream.blocks().at(-1);
      return block?.type === "code" ? block.state : undefined;
    };
    assert.equal(state("```ts\na\n", false), "growing");
    assert.equal(state("```ts\na\n", true), "cut");
    assert.equal(state("```ts\na\n```\n", false), "closed");
    assert.equal(state("```ts\na\n```", true), "closed");
  });
});
