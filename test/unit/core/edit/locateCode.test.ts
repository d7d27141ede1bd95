import assert from "node:assert/strict";
import fc from "fast-check";
import type { CodePlace } from "../../../../src/core/edit/codePlace.ts";
import { locateCode, type Located } from "../../../../src/core/edit/locateCode.ts";
import { definitionsIn } from "../../../../src/core/edit/outline.ts";
import { replaceLines, type Replacement } from "../../../../src/core/edit/replacements.ts";
import { codeBlocks, type CodeBlockExample } from "./codeBlocks.ts";

const placeOf = ({ file, languageId = "javascript", tabs = false }: CodeBlockExample): CodePlace => {
  const lines = file.split("\n");
  const cursor = lines.findIndex((line) => line.includes("│"));
  return {
    lines: lines.map((line) => line.replace("│", "")),
    indent: { tabs, size: languageId === "python" || tabs ? 4 : 2 },
    languageId,
    cursor: cursor === -1 ? undefined : cursor,
  };
};
const applied = (place: CodePlace, replacement: Replacement): string =>
  replaceLines(place.lines, replacement).join("\n");
const judge = (place: CodePlace, located: Located): CodeBlockExample["becomes"] => {
  if (located.ok) return applied(place, located.replacement);
  const { problem, candidate } = located;
  return candidate === undefined ? { problem } : { problem, offers: applied(place, candidate) };
};

describe("where a block of code from a chat belongs", () => {
  it("is tried with many", () => assert.ok(codeBlocks.length >= 40, String(codeBlocks.length)));
  for (const example of codeBlocks) {
    it(example.name, () => {
      const place = placeOf(example);
      const located = locateCode(example.code, example.language ?? "", place);
      assert.deepEqual(judge(place, located), example.becomes);
    });
  }
});

const body = fc.array(fc.constantFrom("work();", "let a = 1;", "if (a) {\n    b();\n  }", "return a;"), {
  maxLength: 4,
});
const fn = (name: string, lines: readonly string[]): string =>
  `function ${name}() {\n${lines.map((line) => `  ${line}\n`).join("")}}`;
const name = fc.constantFrom("alpha", "beta", "gamma", "delta", "epsilon");
const file = fc
  .uniqueArray(fc.tuple(name, body), { minLength: 1, maxLength: 5, selector: ([key]) => key })
  .map((functions) => ({
    functions,
    text: `${functions.map(([key, lines]) => fn(key, lines)).join("\n\n")}\n`,
  }));
const anyLine = fc.oneof(
  fc.constantFrom(
    "",
    "}",
    "  }",
    "{",
    "function alpha() {",
    "  work();",
    "// ... existing code ...",
    "import x from 'x';",
  ),
  fc.string({ maxLength: 10 }).map((text) => text.replace(/[\r\n]/g, "")),
);
const place = (text: string, cursor?: number): CodePlace => ({
  lines: text.split("\n"),
  indent: { tabs: false, size: 2 },
  languageId: "javascript",
  cursor,
});

describe("putting a block of code where it belongs, at random", () => {
  it("changes the function of its name and no other line", () =>
    fc.assert(
      fc.property(file, fc.nat(), body, ({ functions, text }, at, lines) => {
        const [key, old] = functions[at % functions.length]!;
        const located = locateCode(fn(key, lines), "js", place(text));
        assert.ok(located.ok);
        assert.equal(
          applied(place(text), located.replacement),
          text.replace(fn(key, old), () => fn(key, lines)),
        );
      }),
      { numRuns: 2000 },
    ));

  it("finds the same place among gaps", () =>
    fc.assert(
      fc.property(file, fc.nat(), body, ({ functions, text }, at, lines) => {
        const [key, old] = functions[at % functions.length]!;
        const gap = "// ... existing code ...";
        const located = locateCode(`${gap}\n\n${fn(key, lines)}\n\n${gap}`, "js", place(text));
        assert.ok(located.ok);
        assert.equal(
          applied(place(text), located.replacement),
          text.replace(fn(key, old), () => fn(key, lines)),
        );
      }),
      { numRuns: 2000 },
    ));

  it("never takes a function away, puts one in twice or leaves a gap's mark, whatever the block is", () =>
    fc.assert(
      fc.property(
        file,
        fc.array(anyLine, { maxLength: 10 }),
        fc.option(fc.nat({ max: 20 })),
        (given, block, at) => {
          const cursor = at === null ? undefined : at % given.text.split("\n").length;
          const located = locateCode(block.join("\n"), "js", place(given.text, cursor));
          if (!located.ok) return;
          const after = replaceLines(given.text.split("\n"), located.replacement);
          const names = definitionsIn(after).map((definition) => definition.name);
          for (const [key] of given.functions) {
            assert.equal(names.filter((each) => each === key).length, 1, `${key} in\n${after.join("\n")}`);
          }
          assert.ok(!after.some((line) => line.includes("... existing code")));
        },
      ),
      { numRuns: 4000 },
    ));

  it("gives lines inside the file", () =>
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1 }),
        fc.array(anyLine, { maxLength: 10 }),
        (lines, block) => {
          const located = locateCode(block.join("\n"), "js", place(lines.join("\n"), 0));
          const replacement = located.ok ? located.replacement : located.candidate;
          if (replacement === undefined) return;
          const { first, last } = replacement;
          assert.ok(
            first >= 0 && first <= last && last < lines.length,
            `${first}–${last} of ${lines.length}`,
          );
          assert.ok(replacement.lines.every((line) => !/[\r\n]/.test(line)));
        },
      ),
      { numRuns: 4000 },
    ));
});
