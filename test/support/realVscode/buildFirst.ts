// Imported by Mocha: the extension is built before the first test's time runs, and one browser serves all tests.
import { ensureExtensions } from "./extensions.ts";
import { closeKeptBrowser, keepBrowser } from "./keptBrowser.ts";

export async function mochaGlobalSetup(): Promise<void> {
  keepBrowser();
  await ensureExtensions();
}

export async function mochaGlobalTeardown(): Promise<void> {
  await closeKeptBrowser();
}
