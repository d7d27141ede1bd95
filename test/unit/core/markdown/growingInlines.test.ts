import assert from "node:assert/strict";
import fc from "fast-check";
import { buildInlines } from "../../../../src/core/markdown/buildInlines.ts";
import { completeInline } from "../../../../src/core/markdown/completeInline.ts";
import { GrowingInlines } from "../../../../src/core/markdown/growingInlines.ts";
import { createParser } from "../../../../src/core/markdown/parser.ts";
import { longInline } from "./markdownText.ts";

const parser = createParser();
const references = { REF: { title: "", href: "https://r.example" } };

describe("GrowingInlines", () => {
  it("shows at each moment what the whole text gives", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 });
    fc.assert(
      fc.property(longInline, steps, (text, lengths) => {
        const growing = new GrowingInlines((content) => parser.inlines(content, references));
        for (let end = 0, step = 0; end < text.length; step++) {
          end += lengths[step % lengths.length] ?? 1;
          const content = text.slice(0, end).trim();
          const whole = buildInlines(parser.inlines(completeInline(content), references));
          assert.deepEqual(growing.show(content), whole);
        }
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 100) },
    );
  });

  it("reads what is finished once", () => {
    let count = 0;
    const growing = new GrowingInlines((content) => {
      count += content.length;
      return parser.inlines(content, references);
    });
    const text = "Words with *some* weight and a `span` of code, which goes on. ".repeat(500);
    for (let end = 50; end < text.length; end += 50) growing.show(text.slice(0, end).trim());
    assert.ok(count < 12 * text.length, `${String(count)} for ${String(text.length)} characters`);
  });

  it("begins anew with another text", () => {
    const growing = new GrowingInlines((content) => parser.inlines(content, references));
    growing.show("One text. ".repeat(60).trim());
    assert.deepEqual(growing.show("*Other*"), [
      { type: "emphasis", children: [{ type: "text", text: "Other" }] },
    ]);
  });
});
