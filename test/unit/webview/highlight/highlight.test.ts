import assert from "node:assert/strict";
import fc from "fast-check";
import { BlockHighlight } from "../../../../src/webview/highlight/blockHighlight.ts";
import type { CodeLanguage, Mark } from "../../../../src/webview/highlight/codeLanguage.ts";
import { languageId } from "../../../../src/webview/highlight/languageId.ts";
import { loadLanguage } from "../../../../src/webview/highlight/loadLanguage.ts";

/** The lines with their marks as they are shown after `counts` lines, one after another, and the end. */
function shown(language: CodeLanguage, lines: readonly string[], counts: readonly number[]): string[] {
  const painted = lines.map((line) => line);
  const block = new BlockHighlight(
    (at, marks) => (painted[at] = marked(lines[at] ?? "", marks)),
    () => undefined,
  );
  block.start(language);
  let before = 0;
  for (const count of counts) {
    block.update(lines.slice(0, count), true, before);
    assert.ok(block.work(Infinity));
    before = count;
  }
  block.update(lines, false, before);
  assert.ok(block.work(Infinity));
  return painted;
}

function marked(line: string, marks: readonly Mark[]): string {
  let text = "";
  let end = 0;
  for (const { from, to, className } of marks) {
    text += `${line.slice(end, from)}<${className.replaceAll("tok-", "")}:${line.slice(from, to)}>`;
    end = to;
  }
  return text + line.slice(end);
}

const pieces = [
  "const a = `one",
  "two ${b + 1} three`;",
  "/* a comment",
  "goes on */ let x = 'y';",
  "function f(n: number) {",
  "}",
  "(a, b) =>",
  "",
  '"""doc',
  "# note",
  "<<EOF",
  "EOF",
  "<script>",
  "</script>",
  "<?php echo 1;",
  "key: [1, true]",
  "if x:",
];

describe("highlighting", () => {
  it("knows the names answers use, whatever their case, and no others", () => {
    assert.equal(languageId("ts"), "typescript");
    assert.equal(languageId("TypeScript"), "typescript");
    assert.equal(languageId("sh"), "shell");
    assert.equal(languageId("yml"), "yaml");
    assert.equal(languageId("c++"), "c");
    for (const name of ["", "mermaid", "text", "constructor", "__proto__", "toString"]) {
      assert.equal(languageId(name), undefined, name);
    }
  });

  it("is exact in strings and comments of several lines", async () => {
    const lines = ["const a = `one", "two ${b} three`;", "/* a", "b */ let c = 1;"];
    assert.deepEqual(shown(await loadLanguage("typescript"), lines, [1, 2, 3, 4]), [
      "<keyword:const> a = <string:`one>",
      "<string:two >${b}<string: three`>;",
      "<comment:/* a>",
      "<comment:b */> <keyword:let> c = <number:1>;",
    ]);
    const rust = ["/* a", "b */ let c = 1;", 'fn f() -> &str { "x" }'];
    assert.deepEqual(shown(await loadLanguage("rust"), rust, [1, 2, 3]), [
      "<comment:/* a>",
      "<comment:b */> <keyword:let> c = <number:1>;",
      '<keyword:fn> f() -> &<atom:str> { <string:"x"> }',
    ]);
    const go = ["x := `one", "two`", "func f() { return 1 }"];
    assert.deepEqual(shown(await loadLanguage("go"), go, [1, 2, 3]), [
      "x := <string:`one>",
      "<string:two`>",
      "<keyword:func> f() { <keyword:return> <number:1> }",
    ]);
    const python = ['x = """one', '# no comment"""', "# one"];
    assert.deepEqual(shown(await loadLanguage("python"), python, [1, 2, 3]), [
      'x = <string:"""one>',
      '<string:# no comment""">',
      "<comment:# one>",
    ]);
  });

  it("paints a line of a growing block once, when the next one has begun", async () => {
    const times: number[] = [];
    const block = new BlockHighlight(
      (at) => times.push(at),
      () => undefined,
    );
    block.start(await loadLanguage("typescript"));
    const lines = Array.from({ length: 200 }, (_, at) => `const value${at} = read("${at}"); // ${at}`);
    for (let count = 1; count <= lines.length; count++) {
      block.update(lines.slice(0, count), true, count - 1);
      block.work(Infinity);
      assert.equal(times.length, count - 1);
    }
    block.update(lines, false, lines.length);
    block.work(Infinity);
    assert.deepEqual(times, [...lines.keys()]);
  });

  it("gives way at its deadline and goes on from there", async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `let v${at} = [${at}, "x"];`);
    const painted = new Set<number>();
    const block = new BlockHighlight(
      (at) => painted.add(at),
      () => undefined,
    );
    block.start(await loadLanguage("typescript"));
    block.update(lines, false, 0);
    let slices = 1;
    while (!block.work(0)) slices++;
    assert.ok(slices > 10, String(slices));
    assert.equal(painted.size, lines.length);
  });

  const ids = [
    "typescript",
    "python",
    "html",
    "php",
    "yaml",
    "markdown",
    "shell",
    "ruby",
    "sql",
    "c",
  ] as const;
  for (const id of ids) {
    it(`ends the same however the lines came: ${id}`, async () => {
      const language = await loadLanguage(id);
      const code = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 30 });
      fc.assert(
        fc.property(code, fc.array(fc.nat(30), { maxLength: 8 }), (lines, cuts) => {
          const counts = cuts.map((cut) => Math.min(cut, lines.length)).sort((a, b) => a - b);
          assert.deepEqual(shown(language, lines, counts), shown(language, lines, []));
        }),
        { numRuns: 60 },
      );
    });
  }
});
