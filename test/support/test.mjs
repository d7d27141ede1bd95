// `npm test`: every check and every suite, from a bare clone. Runs on Node 20. The last line is the total.
import { ensureChromium } from "./setUp/chromium.mjs";
import { ensureCodeServer } from "./setUp/codeServer.mjs";
import { ensureDependencies } from "./setUp/dependencies.mjs";
import { runWithProjectNode } from "./setUp/projectNode.mjs";
import { runMain } from "./setUp/steps.mjs";

await runMain(async () => {
  // First, since it is the one that may need the person's help.
  const chromium = await ensureChromium();
  await ensureDependencies();
  await ensureCodeServer();
  return runWithProjectNode("test/support/realVscode/runSuites.ts", process.argv.slice(2), {
    CHROMIUM_PATH: chromium,
  });
});
