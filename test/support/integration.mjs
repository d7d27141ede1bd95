// `npm run test:integration`: the integration tests inside code-server's extension host. Runs on Node 20.
import { ensureChromium } from "./setUp/chromium.mjs";
import { ensureCodeServer } from "./setUp/codeServer.mjs";
import { ensureDependencies } from "./setUp/dependencies.mjs";
import { runWithProjectNode } from "./setUp/projectNode.mjs";
import { runMain } from "./setUp/steps.mjs";

await runMain(async () => {
  await ensureDependencies();
  await ensureCodeServer();
  await ensureChromium();
  return runWithProjectNode("test/support/realVscode/integration.ts", process.argv.slice(2));
});
