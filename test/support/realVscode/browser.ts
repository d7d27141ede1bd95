import { chromium, type Browser } from "playwright-core";
import { findChromium } from "../setUp/chromium.mjs";
import { SetUpError } from "../setUp/steps.mjs";

/** Only this machine can be reached: a test that depends on the internet fails, and so does a leak to it. */
const loopbackOnly = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost";

/** Starts the system's Chromium without a window. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined)
    throw new SetUpError("Chromium is not installed: npm test says what to do.");
  return chromium.launch({
    executablePath,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
      ...["--disable-sync", "--disable-dev-shm-usage", loopbackOnly],
    ],
  });
}
