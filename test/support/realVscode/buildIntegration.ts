// Builds the extension and its integration tests: for the debugger, see .vscode/tasks.json.
import { runMain } from "../setUp/steps.mjs";
import { buildIntegrationTests } from "./integrationBundle.ts";

await runMain(async () => {
  console.log(await buildIntegrationTests());
  return 0;
});
