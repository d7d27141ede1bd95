// A quick look at the extension in the real VS Code:
//
//   node test/support/shot.mjs [script.ts]
//
// Builds the extension as it is now, opens a window, runs the script's exported `run`, and saves pictures in
// out/screenshots. Without a script: the panel in a light, a dark and a high-contrast theme. A script looks like:
//
//   import type { Shot } from ".../test/support/realVscode/shot.ts";
//   export const options = { theme: "dark", env: { VALAR_API_KEY: "sk_test_valar_simulator" } };   // LaunchOptions
//   export async function run({ window, vscode }: Shot) {
//     const chat = await window.openChat();
//     await chat.getByRole("textbox", { name: "Message" }).fill("Hello");
//     await window.screenshot("hello");
//   }
//
// See test/e2e/support/workbench.ts for all that `window` can do.
import { ensureChromium } from "./setUp/chromium.mjs";
import { ensureCodeServer } from "./setUp/codeServer.mjs";
import { runWithProjectNode } from "./setUp/projectNode.mjs";
import { runMain } from "./setUp/steps.mjs";

await runMain(async () => {
  await ensureCodeServer();
  await ensureChromium();
  return runWithProjectNode("test/support/realVscode/shot.ts", process.argv.slice(2));
});
