// `npm run test:desktop`: the integration tests in a desktop VS Code, which is downloaded, or taken from
// VSCODE_EXECUTABLE_PATH. Runs on Node 20. Option after `--`: --grep PATTERN.
import { ensureDependencies } from "./setUp/dependencies.mjs";
import { runWithProjectNode } from "./setUp/projectNode.mjs";
import { runMain } from "./setUp/steps.mjs";

await runMain(async () => {
  await ensureDependencies();
  return runWithProjectNode("test/support/realVscode/desktop.ts", process.argv.slice(2));
});
