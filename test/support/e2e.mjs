// `npm run test:e2e`: end-to-end tests of the built VSIX in a real VS Code. Runs on Node 20. Takes Mocha's options
// and files, such as: npm run test:e2e -- test/e2e/smoke.test.ts --grep palette
import { ensureChromium } from "./setUp/chromium.mjs";
import { ensureCodeServer } from "./setUp/codeServer.mjs";
import { ensureDependencies } from "./setUp/dependencies.mjs";
import { runWithProjectNode } from "./setUp/projectNode.mjs";
import { runMain } from "./setUp/steps.mjs";

const folder = "./test/support/realVscode";

await runMain(async () => {
  await ensureDependencies();
  await ensureCodeServer();
  await ensureChromium();
  const args = process.argv.slice(2);
  const files = args.some((arg) => arg.endsWith(".ts")) ? [] : ["test/e2e/**/*.test.ts"];
  const options = [
    ...["--no-config", "--timeout", "180000", "--reporter", `${folder}/countingReporter.mjs`],
    // A failed hook leaves servers behind: the run ends all the same, and ends them.
    ...["--exit", "--require", `${folder}/exitOnSignal.mjs`],
    ...["--require", `${folder}/buildFirst.ts`],
  ];
  return runWithProjectNode("node_modules/mocha/bin/mocha.js", [...options, ...files, ...args]);
});
