import type { LocateProblem } from "../../../../src/core/edit/locateCode.ts";

/** A block of code from a chat, and what applying it to a file must do. */
export interface CodeBlockExample {
  readonly name: string;
  /** `│` marks the line of the cursor. */
  readonly file: string;
  readonly languageId?: string;
  readonly tabs?: boolean;
  readonly code: string;
  readonly language?: string;
  /** The file afterwards, or why not; `offers` is what a person may have reviewed all the same. */
  readonly becomes: string | { readonly problem: LocateProblem; readonly offers?: string };
}

const cart = `import { round } from "./round";

/** What one wants to buy. */
export class Cart {
  constructor() {
    this.items = [];
  }

  add(item) {
    this.items.push(item);
  }

  total() {
    let sum = 0;
    for (const item of this.items) {
      sum = sum + item.price;
    }
    return sum;
  }
}

export function subtotal(items) {
  return items.length;
}

export const double = (n) => {
  return n * 2;
};
`;
const oldTotal = `  total() {
    let sum = 0;
    for (const item of this.items) {
      sum = sum + item.price;
    }
    return sum;
  }
`;
const newTotal = `  total() {
    return this.items.reduce((sum, item) => sum + item.price, 0);
  }
`;
const withTotal = cart.replace(oldTotal, newTotal);
const python = `import math


class Circle:
    def __init__(self, r):
        self.r = r

    def area(self):
        return math.pi * self.r * self.r

    def name(self):
        return "circle"


def main():
    print(Circle(2).area())
`;
const go = `package cart

import "fmt"

func (c *Cart) Total() int {
\treturn 0
}

func (b *Box) Total() int {
\treturn 1
}

func Show() {
\tfmt.Println("x")
}
`;
const pythonArea = python.replace("return math.pi * self.r * self.r", "return math.pi * self.r**2");

export const codeBlocks: readonly CodeBlockExample[] = [
  { name: "a method of the same name", file: cart, code: newTotal, becomes: withTotal },
  {
    name: "a method without its indentation",
    file: cart,
    code: newTotal.replace(/^ {2}/gm, ""),
    becomes: withTotal,
  },
  {
    name: "a function without its export",
    file: cart,
    code: "function subtotal(items) {\n  return items.filter(Boolean).length;\n}",
    becomes: cart.replace("return items.length", "return items.filter(Boolean).length"),
  },
  {
    name: "a function with other parameters",
    file: cart,
    code: "export function subtotal(items, limit) {\n  return Math.min(items.length, limit);\n}",
    becomes: cart.replace(
      "subtotal(items) {\n  return items.length",
      "subtotal(items, limit) {\n  return Math.min(items.length, limit)",
    ),
  },
  {
    name: "an arrow function",
    file: cart,
    code: "const double = (n) => n + n;",
    becomes: cart.replace("(n) => {\n  return n * 2;\n}", "(n) => n + n"),
  },
  {
    name: "a function with a comment it did not have",
    file: cart,
    code: "/** How many there are. */\nexport function subtotal(items) {\n  return items.length;\n}",
    becomes: cart.replace("export function sub", "/** How many there are. */\nexport function sub"),
  },
  {
    name: "a class with another comment above it",
    file: cart,
    code: `/** All that is bought. */\n${withTotal.slice(withTotal.indexOf("export class"), withTotal.indexOf("\n\nexport function"))}`,
    becomes: withTotal.replace("What one wants to buy", "All that is bought"),
  },
  {
    name: "two functions with another between them in the file",
    file: cart.replace("export const", "export function other() {}\n\nexport const"),
    code: "export function subtotal(items) {\n  return 1;\n}\n\nexport const double = (n) => {\n  return n << 1;\n};",
    becomes: cart
      .replace("export const", "export function other() {}\n\nexport const")
      .replace("items.length", "1")
      .replace("n * 2", "n << 1"),
  },
  {
    name: "a known function and a new one",
    file: cart,
    code: "export function subtotal(items) {\n  return count(items);\n}\n\nfunction count(items) {\n  return items.length;\n}",
    becomes: cart.replace(
      "return items.length;\n}",
      "return count(items);\n}\n\nfunction count(items) {\n  return items.length;\n}",
    ),
  },
  {
    name: "an import and a function",
    file: cart,
    code: 'import { sum } from "./sum";\n\nexport function subtotal(items) {\n  return sum(items);\n}',
    becomes: cart
      .replace('"./round";\n', '"./round";\nimport { sum } from "./sum";\n')
      .replace("items.length", "sum(items)"),
  },
  {
    name: "an import that says more",
    file: cart,
    code: 'import { floor, round } from "./round";\n\nexport function subtotal(items) {\n  return floor(items);\n}',
    becomes: cart.replace("{ round }", "{ floor, round }").replace("items.length", "floor(items)"),
  },
  { name: "the whole file", file: cart, code: withTotal, becomes: withTotal },
  {
    name: "the whole file with an import on top",
    file: cart,
    code: `import { sum } from "./sum";\n${withTotal}`,
    becomes: `import { sum } from "./sum";\n${withTotal}`,
  },
  {
    name: "the whole file with CRLF in the answer",
    file: cart,
    code: withTotal.replaceAll("\n", "\r\n"),
    becomes: withTotal,
  },
  {
    name: "the whole file with a function left out",
    file: cart,
    code: withTotal.slice(0, withTotal.indexOf("\n\nexport const")),
    becomes: withTotal,
  },
  {
    name: "a class with some of its methods, and no word about the others",
    file: cart,
    code: `export class Cart {\n${newTotal}}`,
    becomes: {
      problem: "deletes",
      offers: `${cart.slice(0, cart.indexOf("export class"))}export class Cart {\n${newTotal}}${cart.slice(cart.indexOf("\n\nexport function"))}`,
    },
  },
  {
    name: "a class with its other methods left out",
    file: cart,
    code: `export class Cart {\n  // ... existing code ...\n\n${newTotal}}`,
    becomes: withTotal,
  },
  {
    name: "a method between two gaps",
    file: cart,
    code: `export class Cart {\n  // ... existing code ...\n\n${newTotal}\n  // ... rest of the class ...\n}`,
    becomes: withTotal,
  },
  {
    name: "a method between two gaps at the top",
    file: cart,
    code: `// ... existing code ...\n\n${newTotal}\n// ... existing code ...`,
    becomes: withTotal,
  },
  {
    name: "a new method after a gap",
    file: cart,
    code: `export class Cart {\n  // ... existing code ...\n\n  clear() {\n    this.items = [];\n  }\n}`,
    becomes: cart.replace(
      "    return sum;\n  }\n}",
      "    return sum;\n  }\n\n  clear() {\n    this.items = [];\n  }\n}",
    ),
  },
  {
    name: "a new function after a gap at the top",
    file: cart,
    code: "// ... existing code ...\n\nexport function last() {\n  return 1;\n}",
    becomes: `${cart}\nexport function last() {\n  return 1;\n}\n`,
  },
  {
    name: "a new import and a gap",
    file: cart,
    code: `import { sum } from "./sum";\n// ... existing code ...\n\nexport function subtotal(items) {\n  return sum(items);\n}\n\n// ... existing code ...`,
    becomes: cart
      .replace('"./round";\n', '"./round";\nimport { sum } from "./sum";\n')
      .replace("items.length", "sum(items)"),
  },
  {
    name: "a gap inside a function, known on both sides",
    file: cart,
    code: "  total() {\n    let sum = 100;\n    // ... existing code ...\n    return sum;\n  }",
    becomes: { problem: "elided" },
  },
  {
    name: "a gap after a line that is new",
    file: cart,
    code: "const before = 1;\n// ... existing code ...\nconst after = 2;",
    becomes: { problem: "elided" },
  },
  {
    name: "a gap whose next part is found nowhere",
    file: cart,
    code: "export class Cart {\n  // ...\n  remove(item) {}\n  // ...\n}",
    becomes: { problem: "elided" },
  },
  {
    name: "lines from within a function",
    file: cart,
    code: "    for (const item of this.items) {\n      sum += item.price * item.quantity;\n    }\n    return sum;",
    becomes: cart.replace("sum = sum + item.price;", "sum += item.price * item.quantity;"),
  },
  {
    name: "lines from within a function, without their indentation",
    file: cart,
    code: "for (const item of this.items) {\n  sum += item.price;\n}",
    becomes: cart.replace("sum = sum + item.price;", "sum += item.price;"),
  },
  {
    name: "new code, at the cursor",
    file: cart.replace("export const", "│\nexport const"),
    code: "export function half(n) {\n  return n / 2;\n}",
    becomes: cart.replace("export const", "export function half(n) {\n  return n / 2;\n}\nexport const"),
  },
  {
    name: "a new method, at the cursor's depth",
    file: cart.replace("    this.items.push(item);\n  }\n", "    this.items.push(item);\n  }\n  │\n"),
    code: "clear() {\n  this.items = [];\n}",
    becomes: cart.replace(
      "    this.items.push(item);\n  }\n",
      "    this.items.push(item);\n  }\n  clear() {\n    this.items = [];\n  }\n",
    ),
  },
  {
    name: "new code, after the cursor's line",
    file: cart.replace("    this.items.push(item);", "│    this.items.push(item);"),
    code: "this.changed();",
    becomes: cart.replace("this.items.push(item);", "this.items.push(item);\n    this.changed();"),
  },
  { name: "new code and no cursor", file: cart, code: "const half = 0.5;", becomes: { problem: "noCursor" } },
  {
    name: "code the file has in part, and no end to it",
    file: `│${cart}`,
    code: "this.items.push(item);\nlet sum = 0;\nreturn items.length;",
    becomes: { problem: "unclear" },
  },
  {
    name: "usage of the file's own function",
    file: `│${cart}`,
    code: 'import { Cart } from "./cart";\n\nconst cart = new Cart();\ncart.add({ price: 1 });\nconsole.log(cart.total());',
    becomes: cart.replace(
      "\n\n/** What",
      '\nimport { Cart } from "./cart";\n\nconst cart = new Cart();\ncart.add({ price: 1 });\nconsole.log(cart.total());\n\n/** What',
    ),
  },
  { name: "nothing", file: cart, code: "\n  \n", becomes: { problem: "empty" } },
  {
    name: "a patch",
    file: cart,
    language: "diff",
    code: "-  return items.length;\n+  return 1;",
    becomes: { problem: "patch" },
  },
  { name: "a command", file: cart, language: "bash", code: "npm install", becomes: { problem: "shell" } },
  { name: "code for an empty file", file: "", code: "let a = 1;", becomes: "let a = 1;\n" },
  {
    name: "a Python method",
    file: python,
    languageId: "python",
    code: "def area(self):\n    return math.pi * self.r**2",
    becomes: pythonArea,
  },
  {
    name: "a Python class with gaps",
    file: python,
    languageId: "python",
    code: "class Circle:\n    # ... existing code ...\n\n    def area(self):\n        return math.pi * self.r**2\n\n    # ... existing code ...",
    becomes: pythonArea,
  },
  {
    name: "a Python class that begins with a method and a gap",
    file: python,
    languageId: "python",
    code: "class Circle:\n    def __init__(self, r=1):\n        self.r = r\n\n    # ... rest of the class ...",
    becomes: python.replace("self, r)", "self, r=1)"),
  },
  {
    name: "a Python class with one method alone",
    file: python,
    languageId: "python",
    code: "class Circle:\n    def area(self):\n        return 0",
    becomes: {
      problem: "deletes",
      offers: python.replace(
        /class Circle:[\s\S]*"circle"/,
        "class Circle:\n    def area(self):\n        return 0",
      ),
    },
  },
  {
    name: "a decorator for a Python function",
    file: python,
    languageId: "python",
    code: "@cached\ndef main():\n    print(Circle(3).area())",
    becomes: python.replace("def main", "@cached\ndef main").replace("(2)", "(3)"),
  },
  {
    name: "a Go method, told by its receiver",
    file: go,
    languageId: "go",
    tabs: true,
    code: "func (b *Box) Total() int {\n    return 2\n}",
    becomes: go.replace("return 1", "return 2"),
  },
  {
    name: "one of two functions of one name",
    file: "class A {\n  run() {\n    a();\n  }\n}\n\nclass B {\n  run() {\n    b();\n  }\n}\n",
    code: "run() {\n  c();\n}",
    becomes: { problem: "ambiguous" },
  },
  {
    name: "the one of two functions that the cursor is in",
    file: "class A {\n  run() {\n    a();\n  }\n}\n\nclass B {\n  run() {\n│    b();\n  }\n}\n",
    code: "run() {\n  c();\n}",
    becomes: "class A {\n  run() {\n    a();\n  }\n}\n\nclass B {\n  run() {\n    c();\n  }\n}\n",
  },
  {
    name: "a file that ends without a line break",
    file: "function a() {\n  return 1;\n}",
    code: "function a() {\n  return 2;\n}\n",
    becomes: "function a() {\n  return 2;\n}",
  },
  {
    name: "a change of one JSON value",
    file: '{\n  "name": "x",\n  "scripts": {\n    "build": "tsc"\n  }\n}\n',
    languageId: "json",
    code: '"scripts": {\n  "build": "tsc",\n  "test": "mocha"\n}',
    becomes: '{\n  "name": "x",\n  "scripts": {\n    "build": "tsc",\n    "test": "mocha"\n  }\n}\n',
  },
  {
    name: "lines of one function around another that the file has",
    file: "function alpha() {\n}\n\nfunction gamma() {\n  work();\n  if (a) {\n    b();\n  }\n}\n",
    code: "  work();\nfunction alpha() {\n!\n  }",
    becomes: { problem: "deletes", offers: "  work();\nfunction alpha() {\n!\n  }\n" },
  },
];
