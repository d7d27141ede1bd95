import assert from "node:assert/strict";
import { codeColours, customRules, parseTheme } from "../../../../src/core/theme/codeColours.ts";

const rule = (scope: unknown, foreground: unknown) => ({ scope, settings: { foreground } });

describe("a theme's colours for code", () => {
  it("are taken from scopes as a text, with commas, and as a list", () => {
    const rules = [
      rule("comment", "#111"),
      rule("constant.numeric, constant.language", "#222222"),
      rule(["entity.name.function", "entity.name.type"], "#33333380"),
    ];
    assert.deepEqual(codeColours(rules), {
      comment: "#111",
      number: "#222222",
      atom: "#222222",
      type: "#33333380",
      function: "#33333380",
    });
  });

  it("are those of the longest scope, and of the last of several as long", () => {
    const rules = [
      rule("constant.numeric", "#111111"),
      rule("constant", "#222222"),
      rule("string", "#333333"),
      rule("string", "#444444"),
    ];
    assert.deepEqual(codeColours(rules), { number: "#111111", atom: "#222222", string: "#444444" });
  });

  it("take no part of a name for a scope, nor a scope that stands within others", () => {
    assert.deepEqual(codeColours([rule("comm", "#111111"), rule("source.css comment", "#222222")]), {});
  });

  it("are colours and nothing else", () => {
    const values = ["red", "#12", "#1234", "#12345g", "url(#111)", "#111111;", "", null, 1];
    for (const value of values) assert.deepEqual(codeColours([rule("comment", value)]), {}, String(value));
    assert.deepEqual(codeColours([null, 1, "a", [], {}, { settings: null }, rule(null, "#111")]), {});
  });

  it("keep what an earlier rule gave where a later one has a style alone", () => {
    const rules = [
      rule("markup.heading", "#111111"),
      { scope: "markup.heading", settings: { fontStyle: "bold" } },
    ];
    assert.deepEqual(codeColours(rules), { heading: "#111111" });
  });

  it("give way to the person's own, most of all to those for this theme", () => {
    const setting = {
      comments: "#aaaaaa",
      numbers: { foreground: "#bbbbbb", fontStyle: "italic" },
      textMateRules: [rule("string", "#cccccc")],
      "[Mine][Other]": { strings: "#dddddd", textMateRules: [rule("constant.language", "#eeeeee")] },
      "[Third]": { comments: "#ffffff" },
    };
    const rules = [rule(["comment", "constant", "string"], "#111111")];
    assert.deepEqual(codeColours([...rules, ...customRules(setting, "Mine")]), {
      comment: "#aaaaaa",
      string: "#dddddd",
      number: "#bbbbbb",
      atom: "#eeeeee",
    });
    assert.deepEqual(customRules(undefined, "Mine"), []);
  });

  it("are read from JSON with comments and commas too many", () => {
    const text = `{ // a theme
      /* "tokenColors": [] */
      "name": "a // b, /* c */ \\" ,]",
      "tokenColors": [1, 2, /* last */ ],
    }`;
    assert.deepEqual(parseTheme(text), { name: 'a // b, /* c */ " ,]', tokenColors: [1, 2] });
    assert.equal(parseTheme("<plist>"), undefined);
  });
});
