// Imported by Mocha: the extension is built before the first test's time runs.
import { ensureExtensions } from "./extensions.ts";

export async function mochaGlobalSetup(): Promise<void> {
  await ensureExtensions();
}
