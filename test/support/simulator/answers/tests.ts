import { outlineOf } from "./outline.ts";
import type { CodeBlock } from "./prompt.ts";
import { scriptExtension } from "./typescriptModule.ts";

/** A test file for the functions of the code: one test each. */
export async function testsFor(block: CodeBlock): Promise<string> {
  const names = (await outlineOf(block))
    .filter((item) => item.kind === "function" || item.kind === "method")
    .map((item) => item.name.split(".").at(-1) ?? item.name);
  if (scriptExtension(block.language, block.path) === undefined) {
    return names.map((name) => `def test_${name}():\n    assert ${name} is not None`).join("\n\n\n");
  }
  const file = (block.path ?? "./code").replace(/^.*\//, "./").replace(/\.\w+$/, "");
  const tests = names.map(
    (name) => `  it("${name} is there", () => {\n    assert.equal(typeof ${name}, "function");\n  });`,
  );
  return [
    'import assert from "node:assert/strict";',
    'import { describe, it } from "node:test";',
    `import { ${names.join(", ")} } from "${file}";`,
    "",
    `describe("${file.slice(2)}", () => {`,
    tests.join("\n\n"),
    "});",
  ].join("\n");
}
