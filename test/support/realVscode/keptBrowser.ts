// One browser for all windows of a test run: starting one costs more than a window's profile in it.
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";

export interface BorrowedBrowser {
  readonly browser: Browser;
  /** Closes it, unless it is kept for others. */
  readonly giveBack: () => Promise<void>;
}

let isKept = false;
let kept: Promise<Browser> | undefined;

/** From now on the browser that is borrowed first is lent to all, until `closeKeptBrowser`. */
export function keepBrowser(): void {
  isKept = true;
}

export async function borrowBrowser(): Promise<BorrowedBrowser> {
  if (!isKept) {
    const browser = await launchBrowser();
    return { browser, giveBack: () => browser.close() };
  }
  kept ??= launchBrowser();
  let browser = await kept;
  if (!browser.isConnected()) browser = await (kept = launchBrowser());
  return { browser, giveBack: () => Promise.resolve() };
}

export async function closeKeptBrowser(): Promise<void> {
  isKept = false;
  const browser = await kept;
  kept = undefined;
  await browser?.close();
}
