import assert from "node:assert/strict";
import { ESLint } from "eslint";
import path from "node:path";
import tseslint from "typescript-eslint";
import { root } from "../../support/setUp/paths.mjs";

const lintLimitMs = 60_000;

/** What the table of architecture forbids: a file, the import in it, and the rule that must refuse it. */
const refused: readonly (readonly [file: string, module: string, rule: string])[] = [
  ["src/core/api/types.ts", "vscode", "no-restricted-imports"],
  ["src/core/api/types.ts", "node:fs", "no-restricted-imports"],
  ["src/core/api/types.ts", "../../host/contributions.ts", "import-x/no-restricted-paths"],
  ["src/core/api/types.ts", "../../protocol/chat.ts", "import-x/no-restricted-paths"],
  ["src/core/api/types.ts", "../chat/conversation.ts", "import-x/no-restricted-paths"],
  ["src/core/chat/conversation.ts", "../edit/anchor.ts", "import-x/no-restricted-paths"],
  ["src/core/edit/anchor.ts", "../chat/conversation.ts", "import-x/no-restricted-paths"],
  ["src/core/util/disposable.ts", "../api/types.ts", "import-x/no-restricted-paths"],
  ["src/protocol/chat.ts", "../host/contributions.ts", "import-x/no-restricted-paths"],
  ["src/protocol/chat.ts", "vscode", "no-restricted-imports"],
  ["src/webview/main.ts", "../host/contributions.ts", "import-x/no-restricted-paths"],
  ["src/webview/main.ts", "vscode", "no-restricted-imports"],
  ["src/webview/main.ts", "node:path", "no-restricted-imports"],
  ["src/host/contributions.ts", "../webview/main.ts", "import-x/no-restricted-paths"],
  ["src/host/contributions.ts", "../extension.ts", "import-x/no-restricted-paths"],
  ["src/host/contributions.ts", "node:fs", "no-restricted-imports"],
  ["src/extension.ts", "./core/api/types.ts", "import-x/no-restricted-paths"],
  ["src/extension.ts", "./webview/main.ts", "import-x/no-restricted-paths"],
  ["src/extension.ts", "./host/node/nodeHistoryFiles.ts", "import-x/no-restricted-paths"],
  ["src/extension.ts", "./extension.node.ts", "import-x/no-restricted-paths"],
  ["src/extension.node.ts", "./core/api/types.ts", "import-x/no-restricted-paths"],
  ["src/extension.web.ts", "./host/node/nodeHistoryFiles.ts", "import-x/no-restricted-paths"],
  ["src/extension.web.ts", "node:fs", "no-restricted-imports"],
  ["src/host/web/storageFolder.ts", "../../extension.web.ts", "import-x/no-restricted-paths"],
  ["src/host/web/storageFolder.ts", "node:fs", "no-restricted-imports"],
  ["src/host/web/storageFolder.ts", "../node/nodeHistoryFiles.ts", "import-x/no-restricted-paths"],
];

const allowed: readonly (readonly [file: string, module: string])[] = [
  ["src/core/chat/conversation.ts", "../api/types.ts"],
  ["src/core/api/types.ts", "../util/disposable.ts"],
  ["src/protocol/chat.ts", "../core/api/types.ts"],
  ["src/host/contributions.ts", "vscode"],
  ["src/host/contributions.ts", "../core/api/types.ts"],
  ["src/host/contributions.ts", "../protocol/chat.ts"],
  ["src/host/node/example.ts", "node:fs"],
  ["src/webview/main.ts", "../protocol/chat.ts"],
  ["src/extension.ts", "./host/contributions.ts"],
  ["src/extension.node.ts", "./extension.ts"],
  ["src/extension.node.ts", "./host/node/nodeHistoryFiles.ts"],
];

describe("the lint rules", function () {
  this.timeout(lintLimitMs);

  // Without the type-aware rules, which these do not need and which take seconds to start.
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: [
      { files: ["**/*.ts"], ...tseslint.configs.disableTypeChecked },
      { files: ["**/*.ts"], languageOptions: { parserOptions: { projectService: false } } },
    ],
  });

  async function rulesBroken(file: string, code: string): Promise<(string | null)[]> {
    const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
    assert.ok(result);
    return result.messages.map(({ ruleId, message }) => ruleId ?? message);
  }

  for (const [file, module, rule] of refused) {
    it(`refuse ${module} in ${file}`, async () => {
      assert.ok((await rulesBroken(file, `import "${module}";\n`)).includes(rule));
      assert.ok(
        (await rulesBroken(file, `import type { Some } from "${module}";\nexport type { Some };\n`)).includes(
          rule,
        ),
      );
    });
  }

  for (const [file, module] of allowed) {
    it(`allow ${module} in ${file}`, async () => {
      const broken = await rulesBroken(file, `import "${module}";\n`);
      assert.deepEqual(
        broken.filter((rule) => rule === null || /restricted|Parsing/.test(rule)),
        [],
      );
    });
  }

  it("refuse default exports, console and any in the product", async () => {
    assert.ok(
      (await rulesBroken("src/core/api/types.ts", "export default 1;\n")).includes(
        "import-x/no-default-export",
      ),
    );
    assert.ok((await rulesBroken("src/core/api/types.ts", 'console.log("x");\n')).includes("no-console"));
    const any = await rulesBroken("src/core/api/types.ts", "export let x: any;\n");
    assert.ok(any.includes("@typescript-eslint/no-explicit-any"));
  });
});
