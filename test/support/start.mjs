// `npm start`: opens a real VS Code with Valar in the browser, from a bare clone. Runs on Node 20.
// Options after `--`: --port N (or the environment variable PORT; default: a free one), --host ADDRESS (default
// 127.0.0.1; whoever reaches another address can use VS Code as you), --theme light|dark|highContrast.
import { ensureCodeServer } from "./setUp/codeServer.mjs";
import { ensureDependencies } from "./setUp/dependencies.mjs";
import { runWithProjectNode } from "./setUp/projectNode.mjs";
import { runMain } from "./setUp/steps.mjs";

await runMain(async () => {
  await ensureDependencies();
  await ensureCodeServer();
  return runWithProjectNode("test/support/realVscode/start.ts", process.argv.slice(2));
});
