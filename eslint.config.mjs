import eslint from "@eslint/js";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** The import table of the project: who may import whom. Everything else is refused. */
const zone = (target, from, message) => ({ target: `./src/${target}`, from, message });
const entries = ["./src/extension.ts", "./src/extension.node.ts", "./src/extension.web.ts"];
const importTable = [
  zone("core", ["./src/protocol", "./src/host", "./src/webview", ...entries], "core imports core only"),
  zone(
    "core/util",
    ["./src/core/api", "./src/core/chat", "./src/core/context", "./src/core/edit", "./src/core/markdown"],
    "util is the bottom layer",
  ),
  zone("core/api", ["./src/core/chat", "./src/core/edit", "./src/core/markdown"], "api imports util only"),
  zone("core/chat", ["./src/core/edit"], "chat and edit never import each other"),
  zone("core/edit", ["./src/core/chat"], "chat and edit never import each other"),
  zone(
    "core/markdown",
    ["./src/core/api", "./src/core/chat", "./src/core/edit"],
    "markdown imports util only",
  ),
  zone(
    "core/context",
    ["./src/core/api", "./src/core/chat", "./src/core/edit", "./src/core/markdown"],
    "context imports util only",
  ),
  zone(
    "core/money",
    ["./src/core/chat", "./src/core/context", "./src/core/edit", "./src/core/markdown"],
    "money imports api and util only",
  ),
  ...["api", "chat", "context", "edit", "markdown", "util"].map((folder) =>
    zone(`core/${folder}`, ["./src/core/money"], "no other part of core knows of money"),
  ),
  zone("protocol", ["./src/host", "./src/webview", ...entries], "protocol imports core only"),
  zone("host", ["./src/webview", ...entries], "host imports core and protocol"),
  zone("webview", ["./src/host", ...entries], "webview imports core and protocol"),
  zone("extension*.ts", ["./src/core", "./src/protocol", "./src/webview"], "entries import host only"),
  {
    target: ["./src/extension.ts", "./src/extension.web.ts"],
    from: ["./src/host/node", "./src/extension.node.ts"],
    message: "only extension.node.ts imports what needs Node",
  },
  {
    target: ["./src/host/*.ts", "./src/host/!(node)/**"],
    from: "./src/host/node",
    message: "only extension.node.ts imports what needs Node",
  },
  zone(
    "host/chat",
    ["./src/host/context", "./src/host/edit", "./src/host/lm", "./src/host/commands"],
    "host features are wired in services.ts",
  ),
  zone(
    "host/edit",
    ["./src/host/chat", "./src/host/context", "./src/host/lm", "./src/host/commands"],
    "host features are wired in services.ts",
  ),
  zone(
    "host/lm",
    ["./src/host/chat", "./src/host/context", "./src/host/edit", "./src/host/commands"],
    "host features are wired in services.ts",
  ),
  zone(
    "host/money",
    ["./src/host/chat", "./src/host/context", "./src/host/edit", "./src/host/lm", "./src/host/commands"],
    "host features are wired in services.ts",
  ),
  zone(
    "host/context",
    ["./src/host/chat", "./src/host/edit", "./src/host/lm", "./src/host/commands"],
    "host features are wired in services.ts",
  ),
];

const noModules = (...patterns) => ({
  "no-restricted-imports": ["error", { patterns: patterns.map(([regex, message]) => ({ regex, message })) }],
});
const vscodeModule = ["^vscode$", "only host and extension.ts see vscode"];
const nodeModules = [
  "^(node:|fs$|path$|os$|http$|https$|crypto$|child_process$|url$|util$|events$|stream$)",
  "Node is for src/host/node only",
];

export default tseslint.config(
  { ignores: ["node_modules", "dist", "out", ".valar-tools", ".vscode-test", "test/support/sample"] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((c) => ({ ...c, files: ["src/**/*.ts", "test/**/*.ts"] })),
  {
    files: ["src/**/*.ts", "test/**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-invalid-void-type": ["error", { allowInGenericTypeArguments: true }],
    },
  },
  {
    files: ["src/**/*.ts"],
    plugins: { "import-x": importX },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: importTable }],
      "import-x/no-default-export": "error",
      "import-x/no-cycle": "error",
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "VariableDeclarator[init.property.name='l10n'] Property[key.name='t']",
          message: "call l10n.t by its name: texts are collected for the translators from such calls alone",
        },
      ],
    },
  },
  {
    files: ["src/core/**/*.ts", "src/protocol/**/*.ts", "src/webview/**/*.ts"],
    rules: noModules(vscodeModule, nodeModules),
  },
  {
    files: ["src/host/**/*.ts", "src/extension.ts", "src/extension.web.ts"],
    ignores: ["src/host/node/**"],
    rules: noModules(nodeModules),
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        URL: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        fetch: "readonly",
      },
    },
  },
);
