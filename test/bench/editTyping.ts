import { launchVscode } from "../e2e/support/launch.ts";
import type { Workbench } from "../e2e/support/workbench.ts";
import { until } from "../support/realVscode/until.ts";
import { testKey } from "../support/simulator/config.ts";
import { startSimulator } from "../support/simulator/server.ts";

const keys = 40;
const file = "src/long.ts";
const loop = (n: number): string => `export function sum${n}(items: number[]): number {
  let sum = 0;
  for (let i = 0; i < items.length; i++) {
    sum = sum + items[i];
  }
  return sum;
}
`;
const content = `// Type here:\n\n\n${Array.from({ length: 60 }, (_, n) => loop(n)).join("\n")}`;

/** Milliseconds from each key to its character in the editor, typed above an edit. */
export async function typingLatencies(): Promise<{ idle: number[]; streaming: number[] }> {
  // Slow enough that all keys fall into the answer.
  const simulator = await startSimulator({ tokensPerSecond: 150 });
  const vscode = await launchVscode({
    settings: {
      "valar.baseUrl": simulator.baseUrl,
      "editor.quickSuggestions": { comments: "off", other: "off" },
    },
    env: { VALAR_API_KEY: testKey },
    files: { [file]: content },
  });
  try {
    const window = await vscode.openWindow();
    await window.selectLines(file, 4, content.split("\n").length - 1);
    await goToTop(window);
    await typeKeys(window);
    const idle = await typeKeys(window);
    await window.selectLines(file, 4, content.split("\n").length - 1);
    await window.runCommand("Valar: Refactor Selection");
    await window.page.locator(".review-widget").first().waitFor();
    await goToTop(window);
    const streaming = await typeKeys(window);
    if (simulator.stats().open === 0) throw new Error("The answer ended before the last key");
    await window.runCommand("Valar: Reject Edit");
    await until("the request's end", () => simulator.stats().open === 0);
    return { idle, streaming };
  } finally {
    await vscode.close();
    await simulator.close();
  }
}

async function goToTop(workbench: Workbench): Promise<void> {
  await workbench.execute("workbench.action.focusActiveEditorGroup");
  await workbench.page.keyboard.press("Control+Home");
  await workbench.page.keyboard.press("End");
}

declare global {
  interface Window {
    valarKeyShown: Promise<number>;
  }
}

async function typeKeys(workbench: Workbench): Promise<number[]> {
  const latencies: number[] = [];
  for (let i = 0; i < keys; i++) {
    await workbench.page.evaluate(watchKey);
    await workbench.page.keyboard.press("x");
    latencies.push(await workbench.page.evaluate(() => window.valarKeyShown));
  }
  return latencies;
}

/** Runs in the page: waits for a key, then for the frame that paints its character in the comment's line. */
function watchKey(): void {
  // Lines stand in the DOM in any order.
  const length = (): number =>
    [...document.querySelectorAll(".editor-instance .view-line")].find((line) =>
      line.textContent.startsWith("//"),
    )?.textContent.length ?? 0;
  window.valarKeyShown = new Promise((resolve, reject) => {
    const before = length();
    const pressed = (): void => {
      const start = performance.now();
      const look = (): void => {
        const time = performance.now() - start;
        if (length() > before) resolve(time);
        else if (time > 10_000) reject(new Error("The key never showed"));
        else requestAnimationFrame(look);
      };
      look();
    };
    document.addEventListener("keydown", pressed, { capture: true, once: true });
  });
}
