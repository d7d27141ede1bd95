import { build } from "esbuild";
import { rm } from "node:fs/promises";
import path from "node:path";
import { run } from "../setUp/npm.mjs";
import { root } from "../setUp/paths.mjs";
import { SetUpError } from "../setUp/steps.mjs";

/**
 * Builds the extension into dist/ and each integration test, with the entry point, into out/integration/, as
 * CommonJS: that is what VS Code loads. Gives the entry point.
 */
export async function buildIntegrationTests(): Promise<string> {
  const { code, output } = await run(process.execPath, [path.join(root, "esbuild.mjs")], { cwd: root });
  if (code !== 0) throw new SetUpError(`Building the extension failed:\n${output}`);
  const outdir = path.join(root, "out/integration");
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["test/integration/index.ts", "test/integration/**/*.test.ts"],
    outdir,
    outbase: "test/integration",
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode", "mocha"],
    define: { "import.meta.dirname": "__dirname" },
    sourcemap: "inline",
    logLevel: "warning",
  });
  return path.join(outdir, "index.cjs");
}
