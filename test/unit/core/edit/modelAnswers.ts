import type { FitProblem } from "../../../../src/core/edit/fitAnswer.ts";
import type { EditFailure } from "../../../../src/core/edit/session.ts";

/** A model's answer to “make this an arrow function with a guard”, say, and what must become of it. */
export interface ModelAnswer {
  readonly name: string;
  /** The document; `⟦` and `⟧` mark the selected lines. */
  readonly document: string;
  readonly languageId?: string;
  readonly tabs?: boolean;
  readonly answer: string;
  /** The document afterwards, or the problem, or the kind of failure. */
  readonly becomes:
    | string
    | { readonly problem: FitProblem; readonly offers?: string }
    | { readonly failure: EditFailure["type"] };
}

const js = `const rate = 0.2;

⟦function total(items) {
  let sum = 0;
  for (const item of items) {
    sum = sum + item.price;
  }
  return sum;
}⟧

module.exports = { total };
`;
const jsAfter = `const rate = 0.2;

function total(items) {
  return items.reduce((sum, item) => sum + item.price, 0);
}

module.exports = { total };
`;
const code = `function total(items) {
  return items.reduce((sum, item) => sum + item.price, 0);
}`;

const method = `class Cart {
    constructor() {
        this.items = [];
    }

⟦    count() {
        let n = 0;
        for (const item of this.items) {
            n += item.quantity;
        }
        return n;
    }⟧
}
`;
const methodAfter = `class Cart {
    constructor() {
        this.items = [];
    }

    count() {
        return this.items.reduce((n, item) => n + item.quantity, 0);
    }
}
`;

const wholeClass = `⟦class Cart {
  constructor() {
    this.items = [];
  }

  count() {
    let n = 0;
    for (const item of this.items) n++;
    return n;
  }
}⟧
`;
const twoFunctions = `⟦function first(a) {
  return a;
}

function second(a) {
  return a + a;
}⟧
`;

const python = `import math

class Circle:
    def __init__(self, r):
        self.r = r

⟦    def area(self):
        result = math.pi * self.r * self.r
        return result⟧

    def name(self):
        return "circle"
`;
const pythonAfter = python
  .replace(
    "        result = math.pi * self.r * self.r\n        return result⟧",
    "        return math.pi * self.r**2",
  )
  .replace("⟦", "");

const go = `package main

⟦func sum(xs []int) int {
\ttotal := 0
\tfor i := 0; i < len(xs); i++ {
\t\ttotal += xs[i]
\t}
\treturn total
}⟧

func main() {}
`;
const goAfter = `package main

func sum(xs []int) int {
\ttotal := 0
\tfor _, x := range xs {
\t\ttotal += x
\t}
\treturn total
}

func main() {}
`;

const markdown = `# Title

⟦Install it:

\`\`\`sh
npm i
\`\`\`⟧

End.
`;

const fenced = (text: string, info = "js", fence = "```"): string => `${fence}${info}\n${text}\n${fence}`;
const crlf = (text: string): string => text.replaceAll("\n", "\r\n");

export const modelAnswers: readonly ModelAnswer[] = [
  { name: "fenced", document: js, answer: fenced(code), becomes: jsAfter },
  { name: "fenced, final newline", document: js, answer: `${fenced(code)}\n`, becomes: jsAfter },
  {
    name: "fenced, blank lines around the fence",
    document: js,
    answer: `\n\n${fenced(code)}\n\n\n`,
    becomes: jsAfter,
  },
  {
    name: "fenced, blank lines inside the fence",
    document: js,
    answer: fenced(`\n${code}\n\n`),
    becomes: jsAfter,
  },
  { name: "fenced without a language", document: js, answer: fenced(code, ""), becomes: jsAfter },
  {
    name: "fenced with a language and a title",
    document: js,
    answer: fenced(code, "javascript title=a.js"),
    becomes: jsAfter,
  },
  { name: "fenced with tildes", document: js, answer: fenced(code, "js", "~~~"), becomes: jsAfter },
  { name: "fenced with five backticks", document: js, answer: fenced(code, "js", "`````"), becomes: jsAfter },
  { name: "fenced, the closing fence longer", document: js, answer: `${fenced(code)}\`\``, becomes: jsAfter },
  {
    name: "the fence indented",
    document: js,
    answer: `  \`\`\`js\n${code.replace(/^/gm, "  ")}\n  \`\`\``,
    becomes: jsAfter,
  },
  { name: "CRLF answer, LF document", document: js, answer: crlf(fenced(code)), becomes: jsAfter },
  {
    name: "CRLF answer, CRLF document",
    document: crlf(js),
    answer: crlf(fenced(code)),
    becomes: crlf(jsAfter),
  },
  { name: "LF answer, CRLF document", document: crlf(js), answer: fenced(code), becomes: crlf(jsAfter) },
  { name: "CR answer", document: js, answer: fenced(code).replaceAll("\n", "\r"), becomes: jsAfter },
  {
    name: "mixed line breaks",
    document: js,
    answer: fenced(code).replace("\n", "\r\n").replace(";\n", ";\r"),
    becomes: jsAfter,
  },
  { name: "BOM in front of the code", document: js, answer: fenced(`\uFEFF${code}`), becomes: jsAfter },
  {
    name: "trailing spaces on every line",
    document: js,
    answer: fenced(code.replace(/$/gm, "  ")),
    becomes: jsAfter,
  },
  {
    name: "the selection's tags around the code",
    document: js,
    answer: fenced(`<selection>\n${code}\n</selection>`),
    becomes: jsAfter,
  },
  {
    name: "only one of the tags",
    document: js,
    answer: fenced(`<selection>\n${code}`),
    becomes: { problem: "tag" },
  },
  {
    name: "one method of the selected class, and nothing said of the others",
    document: wholeClass,
    answer: fenced(`count() {\n  return this.items.length;\n}`),
    becomes: {
      problem: "fragment",
      offers: "count() {\n  return this.items.length;\n}\n",
    },
  },
  {
    name: "one of the two selected functions",
    document: twoFunctions,
    answer: fenced(`function second(a) {\n  return a * 2;\n}`),
    becomes: { problem: "fragment", offers: "function second(a) {\n  return a * 2;\n}\n" },
  },
  {
    name: "two functions made one that has another name",
    document: twoFunctions,
    answer: fenced(`function both(a) {\n  return a * 3;\n}`),
    becomes: "function both(a) {\n  return a * 3;\n}\n",
  },
  { name: "whole file", document: js, answer: fenced(jsAfter), becomes: jsAfter },
  {
    name: "whole file without its last line break",
    document: js,
    answer: fenced(jsAfter.trim()),
    becomes: jsAfter,
  },
  {
    name: "whole file, something else changed in it too",
    document: js,
    answer: fenced(jsAfter.replace("{ total }", "{ total, rate }")),
    becomes: { problem: "outside" },
  },
  {
    name: "the line after the selection repeated",
    document: js,
    answer: fenced(`${code}\n\nmodule.exports = { total };`),
    becomes: { problem: "outside", offers: jsAfter },
  },
  {
    name: "the line before the selection repeated",
    document: js,
    answer: fenced(`const rate = 0.2;\n\n${code}`),
    becomes: { problem: "outside", offers: jsAfter },
  },
  {
    name: "another part of a long file given back whole",
    document: `import fs from "node:fs";\nimport path from "node:path";\nexport const a = 1;\n⟦const b = 2;⟧\nexport const c = 3;\n`,
    answer: fenced(`import fs from "node:fs";\nimport path from "node:path";\nexport const other = 1;`),
    becomes: { problem: "outside" },
  },
  {
    name: "prose before",
    document: js,
    answer: `Here is the refactored code:\n\n${fenced(code)}`,
    becomes: { problem: "textAround", offers: jsAfter },
  },
  {
    name: "prose after",
    document: js,
    answer: `${fenced(code)}\n\nI replaced the loop with \`reduce\`.`,
    becomes: { problem: "textAround", offers: jsAfter },
  },
  {
    name: "thinking aloud before",
    document: js,
    answer: `<think>\nA reduce would do.\n</think>\n${fenced(code)}`,
    becomes: { problem: "textAround", offers: jsAfter },
  },
  {
    name: "two blocks, before and after",
    document: js,
    answer: `Before:\n${fenced("let sum = 0;")}\nAfter:\n${fenced(code)}`,
    becomes: { problem: "severalBlocks" },
  },
  {
    name: "two blocks and nothing else",
    document: js,
    answer: `${fenced("a")}\n${fenced("b")}`,
    becomes: { problem: "severalBlocks" },
  },
  {
    name: "code without a fence",
    document: js,
    answer: code,
    becomes: { problem: "noCodeBlock", offers: jsAfter },
  },
  {
    name: "prose only",
    document: js,
    answer: "I cannot see a way to simplify this function any further.",
    becomes: { problem: "noCodeBlock" },
  },
  {
    name: "prose with code words",
    document: js,
    answer: "Use `reduce` in `total`.\nIt returns the sum.",
    becomes: { problem: "noCodeBlock" },
  },
  {
    name: "JSON instead",
    document: js,
    answer: JSON.stringify({ code }),
    becomes: { problem: "noCodeBlock" },
  },
  { name: "empty", document: js, answer: "", becomes: { problem: "empty" } },
  { name: "white space only", document: js, answer: " \n\n\t\n", becomes: { problem: "empty" } },
  {
    name: "an empty block: the code goes",
    document: js,
    answer: "```js\n```",
    becomes: "const rate = 0.2;\n\n\n\nmodule.exports = { total };\n",
  },
  {
    name: "the code as it was",
    document: js,
    answer: fenced(js.slice(js.indexOf("⟦") + 1, js.indexOf("⟧"))),
    becomes: { failure: "unchanged" },
  },
  {
    name: "cut off inside the fence",
    document: js,
    answer: `\`\`\`js\n${code}`,
    becomes: { problem: "cutOff" },
  },
  {
    name: "cut off in mid-line",
    document: js,
    answer: "```js\nfunction total(items) {\n  return it",
    becomes: { problem: "cutOff" },
  },
  {
    name: "cut off in the closing fence",
    document: js,
    answer: `\`\`\`js\n${code}\n\`\``,
    becomes: { problem: "cutOff" },
  },
  { name: "only the opening fence", document: js, answer: "```js", becomes: { problem: "cutOff" } },
  {
    name: "“existing code” placeholder",
    document: js,
    answer: fenced("function total(items) {\n  // ... existing code ...\n  return sum;\n}"),
    becomes: { problem: "elided" },
  },
  {
    name: "“rest unchanged” placeholder",
    document: js,
    answer: fenced("function total(items) {\n  // rest of the function remains unchanged\n}"),
    becomes: { problem: "elided" },
  },
  {
    name: "dots as a placeholder",
    document: js,
    answer: fenced("function total(items) {\n  ...\n}"),
    becomes: { problem: "elided" },
  },
  {
    name: "a genuine comment with dots",
    document: js,
    answer: fenced(code.replace("  return", "  // adds 1, 2, ...\n  return")),
    becomes: jsAfter.replace("  return", "  // adds 1, 2, ...\n  return"),
  },
  {
    name: "a unified diff",
    document: js,
    answer: fenced("@@ -3,7 +3,3 @@\n-  let sum = 0;\n+  return 0;", "diff"),
    becomes: { problem: "patch" },
  },
  {
    name: "search and replace markers",
    document: js,
    answer: fenced("<<<<<<< SEARCH\n  let sum = 0;\n=======\n  let sum = 1;\n>>>>>>> REPLACE"),
    becomes: { problem: "patch" },
  },
  {
    name: "method, as indented",
    document: method,
    answer: fenced(
      "    count() {\n        return this.items.reduce((n, item) => n + item.quantity, 0);\n    }",
    ),
    becomes: methodAfter,
  },
  {
    name: "method, dedented",
    document: method,
    answer: fenced("count() {\n    return this.items.reduce((n, item) => n + item.quantity, 0);\n}"),
    becomes: methodAfter,
  },
  {
    name: "method, first line at column 0",
    document: method,
    answer: fenced("count() {\n        return this.items.reduce((n, item) => n + item.quantity, 0);\n    }"),
    becomes: methodAfter,
  },
  {
    name: "method, too far to the right",
    document: method,
    answer: fenced(
      "        count() {\n            return this.items.reduce((n, item) => n + item.quantity, 0);\n        }",
    ),
    becomes: methodAfter,
  },
  {
    name: "method, with tabs",
    document: method,
    answer: fenced("\tcount() {\n\t\treturn this.items.reduce((n, item) => n + item.quantity, 0);\n\t}"),
    becomes: methodAfter,
  },
  {
    name: "method, with tabs and dedented",
    document: method,
    answer: fenced("count() {\n\treturn this.items.reduce((n, item) => n + item.quantity, 0);\n}"),
    becomes: methodAfter,
  },
  {
    name: "method, two columns a level",
    document: method,
    answer: fenced(
      "  count() {\n    let n = 0;\n    for (const { quantity } of this.items) {\n      n += quantity;\n    }\n    return n;\n  }",
    ),
    becomes: method
      .replace("const item of", "const { quantity } of")
      .replace("item.quantity", "quantity")
      .replace(/[⟦⟧]/g, ""),
  },
  {
    name: "Python method, dedented",
    document: python,
    languageId: "python",
    answer: fenced("def area(self):\n    return math.pi * self.r**2", "python"),
    becomes: pythonAfter,
  },
  {
    name: "Python method, first line at column 0",
    document: python,
    languageId: "python",
    answer: fenced("def area(self):\n        return math.pi * self.r**2", "python"),
    becomes: pythonAfter,
  },
  {
    name: "Python ellipsis is code",
    document: python,
    languageId: "python",
    answer: fenced("    def area(self):\n        ...", "python"),
    becomes: pythonAfter.replace("return math.pi * self.r**2", "..."),
  },
  {
    name: "Python placeholder comment",
    document: python,
    languageId: "python",
    answer: fenced(
      "    def area(self):\n        # ... rest of the method ...\n        return result",
      "python",
    ),
    becomes: { problem: "elided" },
  },
  {
    name: "Go, spaces for tabs",
    document: go,
    languageId: "go",
    tabs: true,
    answer: fenced(
      "func sum(xs []int) int {\n    total := 0\n    for _, x := range xs {\n        total += x\n    }\n    return total\n}",
      "go",
    ),
    becomes: goAfter,
  },
  {
    name: "Go, two spaces for tabs",
    document: go,
    languageId: "go",
    tabs: true,
    answer: fenced(
      "func sum(xs []int) int {\n  total := 0\n  for _, x := range xs {\n    total += x\n  }\n  return total\n}",
      "go",
    ),
    becomes: goAfter,
  },
  {
    name: "Go, tabs",
    document: go,
    languageId: "go",
    tabs: true,
    answer: fenced(
      "func sum(xs []int) int {\n\ttotal := 0\n\tfor _, x := range xs {\n\t\ttotal += x\n\t}\n\treturn total\n}",
      "go",
    ),
    becomes: goAfter,
  },
  {
    name: "Markdown with a nested fence that names its language",
    document: markdown,
    languageId: "markdown",
    answer: fenced("Install it:\n\n```sh\nnpm install\n```", "markdown"),
    becomes: markdown.replace("npm i\n", "npm install\n").replace(/[⟦⟧]/g, ""),
  },
  {
    name: "Markdown with a longer outer fence and a bare inner one",
    document: markdown,
    languageId: "markdown",
    answer: fenced("Install it:\n\n```\nnpm install\n```", "markdown", "````"),
    becomes: markdown.replace("npm i\n", "npm install\n").replace("```sh", "```").replace(/[⟦⟧]/g, ""),
  },
  {
    name: "Markdown with a bare fence that could close either",
    document: markdown,
    languageId: "markdown",
    answer: fenced("Install it:\n\n```\nnpm install\n```", "markdown"),
    becomes: { problem: "severalBlocks" },
  },
  {
    name: "no final newline stays so",
    document: "const a = 1;\n⟦const b = 2;⟧",
    answer: fenced("const b = 3;\n"),
    becomes: "const a = 1;\nconst b = 3;",
  },
  {
    name: "a file of one line",
    document: "⟦let a = 1⟧",
    answer: fenced("const a = 1;"),
    becomes: "const a = 1;",
  },
  { name: "an empty file", document: "⟦⟧", answer: fenced(code), becomes: `${code}\n` },
  {
    name: "a line that resembles the one before the selection",
    document: "test('adds', () => {});\n⟦test('adds', () => {});\nold();⟧\n",
    answer: fenced("test('adds', () => {});\nnew1();"),
    becomes: "test('adds', () => {});\ntest('adds', () => {});\nnew1();\n",
  },
  {
    name: "a line whose tab is meant, among spaces",
    document: "⟦text = `\n  all:\n\tcc a.c\n  end`;\nlet n = 1;⟧\n",
    answer: fenced("text = `\n  all:\n\tcc a.c\n  end`;\nlet n = 2;"),
    becomes: "text = `\n  all:\n\tcc a.c\n  end`;\nlet n = 2;\n",
  },
  {
    name: "blank lines that differ in their spaces",
    document: "⟦if (a) {\n    b();\n\n    c();\n    \n    d();\n}⟧\n",
    answer: fenced("if (a) {\n    b();\n\n    c();\n\n    e();\n\n    f();\n}"),
    becomes: "if (a) {\n    b();\n\n    c();\n    \n    e();\n\n    f();\n}\n",
  },
  {
    name: "lines that differ in their end only",
    document: "⟦a();\na();  \nb();⟧\n",
    answer: fenced("a();\na();\nc();"),
    becomes: "a();\na();  \nc();\n",
  },
  {
    name: "a line that is moved keeps the spaces at its end",
    document: "⟦a();  \nb();\nc();⟧\n",
    answer: fenced("b();\nc();\na();"),
    becomes: "b();\nc();\na();  \n",
  },
];
