import assert from "node:assert/strict";
import { testFileFor } from "../../../../src/core/edit/testFile.ts";
import { detectFramework } from "../../../../src/core/edit/testFramework.ts";
import { testsPrompt } from "../../../../src/core/edit/testsPrompt.ts";

describe("the project's test framework", () => {
  const cases: readonly [
    name: string,
    language: string,
    text: string,
    example: string,
    expected: string | undefined,
  ][] = [
    ["Vitest", "typescript", '{"devDependencies":{"vitest":"3","jest":"1"}}', "", "Vitest"],
    ["Jest", "javascript", '{"devDependencies":{"ts-jest":"1"}}', "", "Jest"],
    ["Mocha, by its script", "typescript", '{"scripts":{"test":"mocha test"}}', "", "Mocha"],
    ["node:test, by its script", "javascript", '{"scripts":{"test":"node --test"}}', "", "node:test"],
    ["AVA", "javascript", '{"devDependencies":{"ava":"6"}}', "", "AVA"],
    ["Playwright", "typescript", '{"devDependencies":{"@playwright/test":"1"}}', "", "Playwright Test"],
    [
      "what an existing test imports",
      "typescript",
      '{"devDependencies":{"jest":"1"}}',
      'import { it } from "vitest";',
      "Vitest",
    ],
    ["nothing said", "javascript", "{}", "", "node:test"],
    ["pytest", "python", "", "", "pytest"],
    ["unittest, where the tests use it", "python", "", "import unittest", "unittest"],
    ["Go", "go", "", "", "Go's testing package"],
    ["RSpec", "ruby", "", "", "RSpec"],
    ["JUnit", "java", "", "", "JUnit 5"],
    ["an unknown language", "brainfuck", "", "", undefined],
  ];
  for (const [name, language, packageJson, example, expected] of cases) {
    it(name, () =>
      assert.equal(detectFramework(language, { packageJson, example, manifests: [] })?.name, expected),
    );
  }
});

describe("the file for tests", () => {
  const cases: readonly [
    name: string,
    source: string,
    files: readonly string[],
    path: string,
    exists: boolean,
  ][] = [
    ["beside it", "src/cart.ts", ["src/cart.ts", "src/cart.test.ts"], "src/cart.test.ts", true],
    ["in the mirrored tree", "src/a/cart.ts", ["test/unit/a/cart.test.ts"], "test/unit/a/cart.test.ts", true],
    ["in __tests__", "src/cart.ts", ["src/__tests__/cart.ts"], "src/__tests__/cart.ts", true],
    ["the nearest of several", "b/x.ts", ["a/x.test.ts", "b/x.test.ts"], "b/x.test.ts", true],
    ["named as others are", "src/cart.ts", ["src/order.ts", "src/order.spec.ts"], "src/cart.spec.ts", false],
    [
      "in a tree as others are",
      "src/a/cart.ts",
      ["src/b/order.ts", "test/b/order.test.ts"],
      "test/a/cart.test.ts",
      false,
    ],
    [
      "in a deeper tree as others are",
      "src/core/cart.ts",
      ["src/core/order.ts", "test/unit/core/order.test.ts"],
      "test/unit/core/cart.test.ts",
      false,
    ],
    [
      "in __tests__ as others are",
      "src/a/cart.ts",
      ["src/b/__tests__/order.test.ts"],
      "src/a/__tests__/cart.test.ts",
      false,
    ],
    ["after Python's custom", "shop/cart.py", [], "shop/test_cart.py", false],
    [
      "in Python's tests folder",
      "shop/cart.py",
      ["shop/order.py", "tests/test_order.py"],
      "tests/test_cart.py",
      false,
    ],
    ["after Go's custom", "cart/cart.go", ["cart/cart.go"], "cart/cart_test.go", false],
    ["itself, when it is a test", "src/cart.test.ts", [], "src/cart.test.ts", true],
    ["not one of another language", "src/cart.ts", ["tools/test_cart.py"], "", false],
  ];
  const patterns: Readonly<Record<string, string>> = { ts: "*.test.$", py: "test_*.$", go: "*_test.$" };
  for (const [name, source, files, path, exists] of cases) {
    it(name, () => {
      const found = testFileFor(source, files, patterns[source.split(".").at(-1) ?? ""] ?? "");
      if (path !== "") assert.deepEqual(found, { path, exists });
      else assert.equal(found.exists, false);
    });
  }
});

describe("prompt for tests", () => {
  const request = {
    path: "src/cart.ts",
    languageId: "typescript",
    code: ["function total() {}"],
    file: ["const rate = 1;", "function total() {}"],
    testPath: "src/cart.test.ts",
    tests: [""],
    framework: "Vitest",
  };
  const text = (more: object = {}): string => {
    const content = testsPrompt({ ...request, ...more }).messages.at(-1)?.content;
    assert.ok(typeof content === "string");
    return content;
  };

  it("reads so", () =>
    assert.equal(
      text(),
      `Write tests with Vitest for the code at the end.
They go into the new file src/cart.test.ts.

The file that the code is from:
From \`src/cart.ts\`:
\`\`\`typescript
const rate = 1;
function total() {}
\`\`\`

The code to test:
From \`src/cart.ts\`:
\`\`\`typescript
function total() {}
\`\`\``,
    ));
  it("tells the rules of the workspace", () => {
    const rules = [{ path: "AGENTS.md", text: "Use node:assert." }];
    const content = testsPrompt({ ...request, rules }).messages[0]?.content;
    assert.ok(typeof content === "string");
    assert.match(content, /^You write tests[\s\S]*From `AGENTS.md`:\n\nUse node:assert\.$/);
  });
  it("hands over the tests there are, to be kept", () => {
    assert.match(
      text({ tests: ["it();"] }),
      /keep every test it has[\s\S]*From `src\/cart.test.ts`:\n```typescript\nit\(\);/,
    );
  });
  it("shows another test when there is none yet", () => {
    assert.match(
      text({ example: { path: "a.test.ts", text: "like me" } }),
      /for its style:\nFrom `a.test.ts`:[\s\S]*like me/,
    );
  });
});
