import assert from "node:assert/strict";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { closedFence } from "../../../../src/core/util/closedFence.ts";

describe("a closed fence", () => {
  const markdownIt = new MarkdownIt();
  const lines = ["```", "````", "~~~", "```ts", "  ```", "``` `a`", "text", "", "    ```", "```  ", "~~~~ x"];

  it("leaves text alone that ends outside of one", () => {
    for (const text of ["", "text", "```ts\na\n```", "~~~\n```\n~~~\n", "``` `a` ```"]) {
      assert.equal(closedFence(text), text);
    }
  });

  it("lets what follows be text of its own, whatever fences stand before it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 12 }), (parts) => {
        const text = parts.join("\n");
        const html = markdownIt.render(`${closedFence(text)}\n\n_after it_`);
        assert.ok(html.endsWith("<p><em>after it</em></p>\n"), html);
      }),
      { numRuns: 2000 },
    );
  });

  it("is as far in as its beginning, so that it belongs to the same item of a list", () => {
    const html = markdownIt.render(`${closedFence("- a\n  ```ts\n  b")}\n\nafter it`);
    assert.ok(html.endsWith("</ul>\n<p>after it</p>\n"), html);
  });
});
