import assert from "node:assert/strict";
import { createRequire } from "node:module";
import fc from "fast-check";
import { MarkdownStream } from "../../../../src/core/markdown/markdownStream.ts";
import type { Block } from "../../../../src/core/markdown/nodes.ts";
import { createParser } from "../../../../src/core/markdown/parser.ts";
import { markdownText } from "./markdownText.ts";

const spec: unknown = createRequire(import.meta.url)("commonmark-spec");
const examples = (spec as { tests: { number: number; markdown: string }[] }).tests.map((example) => ({
  number: example.number,
  markdown: example.markdown.replaceAll("→", "\t"),
}));
const parser = createParser();

function stream(pieces: readonly string[]): Block[] {
  const document = new MarkdownStream(parser);
  for (const piece of pieces) {
    document.append(piece);
    document.blocks();
  }
  document.end();
  return document.blocks();
}

/** `text` cut at offsets given as fractions of its length. */
function cut(text: string, fractions: readonly number[]): string[] {
  const offsets = [...new Set(fractions.map((f) => Math.floor(f * text.length)))].sort((a, b) => a - b);
  return [0, ...offsets].map((at, i) => text.slice(at, offsets[i] ?? text.length));
}

describe("MarkdownStream", () => {
  it("gives the same document for every CommonMark example, whole or in single characters", () => {
    assert.equal(examples.length, 652);
    for (const { number, markdown } of examples) {
      assert.deepEqual(stream(markdown.split("")), stream([markdown]), `example ${number}`);
    }
  });

  it("gives the same document for examples one after another, in small pieces", () => {
    const text = examples.map(({ markdown }) => markdown).join("\n");
    const pieces = text.match(/[\s\S]{1,7}/g) ?? [];
    assert.deepEqual(stream(pieces), stream([text]));
  });

  it("gives the same document however random markdown is cut", () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(markdownText, cuts, (text, fractions) => {
        assert.deepEqual(stream(cut(text, fractions)), stream([text]));
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 1500) },
    );
  });

  const awkward = [
    '[b]: /url\n"title\ngoes on"\n\n[b]\n',
    "# a|b\n|---|---|\n| 1 | 2 |\n",
    "``` a|b\n|---|---|\n| 1 | 2 |\n",
    "- x\n- a | b\n--|--\n",
    "10. a\n   1. b\n   2. c\n- d\n",
    "- # a\n\n- # b\n- c\n",
    "> a\nlazy\n> b\n\n> c\n",
    "a\r\nb\r\n\r\n```\r\nc\r\n```\r\n",
  ];
  for (const text of awkward) {
    it(`gives the same document for ${JSON.stringify(text)} cut anywhere`, () => {
      const whole = stream([text]);
      assert.deepEqual(stream(text.split("")), whole);
      for (let at = 1; at < text.length; at++) {
        assert.deepEqual(stream([text.slice(0, at), text.slice(at)]), whole, `cut at ${at}`);
      }
    });
  }

  it("keeps finished blocks the same objects", () => {
    const document = new MarkdownStream(parser);
    document.append("# One\n\nTwo\n\n```js\nthree\n```\n\nFour is open");
    const [heading, paragraph, code] = document.blocks();
    document.append(" and goes on\n\n- five");
    const later = document.blocks();
    assert.equal(later[0], heading);
    assert.equal(later[1], paragraph);
    assert.equal(later[2], code);
    assert.equal(later.length, 5);
  });

  it("keeps finished items and rows the same objects", () => {
    const document = new MarkdownStream(parser);
    document.append("- one\n- two\n- thr");
    const before = document.blocks()[0];
    document.append("ee\n- four");
    const after = document.blocks()[0];
    assert.ok(before?.type === "list" && after?.type === "list");
    assert.equal(after.items.length, 4);
    assert.equal(after.items[0], before.items[0]);
    const table = new MarkdownStream(parser);
    table.append("| a |\n|---|\n| 1 |\n| 2 |\n| 3");
    const rows = table.blocks()[0];
    table.append(" |\n| 4 |\n");
    const more = table.blocks()[0];
    assert.ok(rows?.type === "table" && more?.type === "table");
    assert.equal(more.rows.length, 4);
    assert.equal(more.rows[1], rows.rows[1]);
  });

  it("resolves links whose definition arrives later", () => {
    const document = new MarkdownStream(parser);
    document.append("See [one].\n\n- [one]\n- two\n- three\n\n");
    assert.deepEqual(document.blocks()[0], {
      type: "paragraph",
      inlines: [{ type: "text", text: "See [one]." }],
    });
    document.append("[one]: https://example.com\n\nEnd\n");
    const [paragraph, list] = document.blocks();
    const link = {
      type: "link",
      href: "https://example.com",
      children: [{ type: "text", text: "one" }],
    };
    assert.ok(paragraph?.type === "paragraph" && list?.type === "list");
    assert.deepEqual(paragraph.inlines[1], link);
    assert.deepEqual(list.items[0]?.blocks, [{ type: "paragraph", inlines: [link] }]);
  });

  it("does not take text after the end", () => {
    const document = new MarkdownStream(parser);
    document.append("a");
    document.end();
    assert.throws(() => document.append("b"));
  });
});
