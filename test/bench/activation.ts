/**
 * The time extensions take to start in a real VS Code's extension host (reading the code, running it, activating), as
 * its list of running extensions tells it: Valar beside VS Code's own, since machines differ. A first document starts
 * it, as `onLanguage` does for a person.
 */
import { launchVscode } from "../e2e/support/launch.ts";
import type { Workbench } from "../e2e/support/workbench.ts";

const starts = 5;

const times = new Map<string, number[]>();
const vscode = await launchVscode();
try {
  const window = await vscode.openWindow();
  for (let n = 0; n < starts; n++) {
    if (n > 0) await window.reloadWindow();
    await window.openFile("src/cart.ts");
    for (const [name, ms] of await activationTimes(window)) times.set(name, [...(times.get(name) ?? []), ms]);
  }
} finally {
  await vscode.close();
}
console.table(
  [...times].map(([extension, each]) => ({
    extension,
    "median ms": median(each),
    "ms of each start": each.join(" "),
  })),
);

async function activationTimes(window: Workbench): Promise<(readonly [name: string, ms: number])[]> {
  await window.execute("workbench.action.showRuntimeExtensions");
  const rows = window.page.locator(".runtime-extensions-editor .monaco-list-row");
  const timeIn = (text: string): number => Number(/(\d+)\s*ms/.exec(text)?.[1]);
  await rows
    .filter({ hasText: "Valar" })
    .filter({ hasText: /\d+\s*ms/ })
    .first()
    .waitFor();
  const shown: (readonly [string, number])[] = [];
  for (const row of await rows.all()) {
    const [name, text] = [
      await row.locator(".name").innerText(),
      await row.locator(".activation-time").innerText(),
    ];
    if (/\d+\s*ms/.test(text)) shown.push([name, timeIn(text)]);
  }
  return shown;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
