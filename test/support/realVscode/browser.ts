import { chromium, type Browser } from "playwright-core";
import { findChromium } from "../setUp/chromium.mjs";
import { SetUpError } from "../setUp/steps.mjs";

/** Only this machine can be reached: a test that depends on the internet fails, and so does a leak to it. */
const loopbackOnly = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost";

/**
 * Chromium draws its address bar's lists in a page of their own for each window, though none is shown. The last of
 * such arguments counts, so that what Playwright switches off for steadiness is named again.
 */
const withoutAddressBar = `--disable-features=${[
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"],
  ...[
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "LensOverlay",
  ],
  ...["MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "OptimizationHints"],
].join(",")}`;

/** Starts the system's Chromium without a window. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined)
    throw new SetUpError("Chromium is not installed: npm test says what to do.");
  return chromium.launch({
    executablePath,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
      ...["--disable-sync", "--disable-dev-shm-usage", withoutAddressBar, loopbackOnly],
    ],
  });
}
