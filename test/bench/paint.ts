// First byte to first paint, and long tasks, in the real VS Code. Run: npm run bench -- paint
import type { Frame } from "playwright-core";
import { ChatPanel } from "../e2e/support/chatPanel.ts";
import { launchVscode } from "../e2e/support/launch.ts";
import { testKey } from "../support/simulator/config.ts";
import { startSimulator } from "../support/simulator/server.ts";
import { until } from "../support/realVscode/until.ts";

const rounds = 21;

interface Seen {
  /** Which answer is awaited, from 0. */
  awaited: number;
  /** Epoch ms of its first text. */
  first: number;
  /** Epoch ms of the newest change of the conversation. */
  last: number;
  /** Durations of tasks over 50 ms. */
  longTasks: number[];
}

declare global {
  interface Window {
    valarSeen: Seen;
  }
}

/** Notes when text appears, from inside the panel. */
async function watch(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    const now = () => performance.timeOrigin + performance.now();
    window.valarSeen = { awaited: 0, first: 0, last: 0, longTasks: [] };
    const log = document.querySelector('[role="log"]');
    if (!log) throw new Error("There is no conversation");
    new MutationObserver(() => {
      const seen = window.valarSeen;
      seen.last = now();
      const answers = document.querySelectorAll(
        '[role="log"] article[aria-label="Valar"] > div:not(.refusal) > .markdown',
      );
      if (seen.first === 0 && (answers[seen.awaited]?.textContent ?? "") !== "") seen.first = now();
    }).observe(log, { childList: true, characterData: true, subtree: true });
    new PerformanceObserver((list) => {
      window.valarSeen.longTasks.push(...list.getEntries().map((entry) => entry.duration));
    }).observe({ type: "longtask" });
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const ms = (value: number) => `${value.toFixed(1)} ms`;

const simulator = await startSimulator({ tokensPerSecond: 50, charsPerChunk: 4 });
const vscode = await launchVscode({
  settings: { "valar.baseUrl": simulator.baseUrl, "valar.reasoningEffort": "none" },
  env: { VALAR_API_KEY: testKey },
});
try {
  const workbench = await vscode.openWindow();
  const panel = await ChatPanel.open(workbench);
  await panel.answerTo("Say: warm up");
  await watch(panel.frame);

  const first: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await panel.frame.evaluate(
      (awaited) => Object.assign(window.valarSeen, { first: 0, awaited }),
      round + 1,
    );
    await panel.answerTo(`Say: hello number ${String(round)}`);
    const painted = await panel.frame.evaluate(() => window.valarSeen.first);
    first.push(painted - (simulator.requests.at(-1)?.firstContentAt ?? Number.NaN));
  }

  const sizes = [20, 100];
  const long: { size: number; tasks: number[]; after: number }[] = [];
  for (const size of sizes) {
    await workbench.runCommand("Valar: New Chat");
    await panel.answers.first().waitFor({ state: "detached" });
    simulator.configure({ tokensPerSecond: 1000 });
    await panel.frame.evaluate(() => void (window.valarSeen.longTasks = []));
    const before = simulator.requests.length;
    await panel.ask(`Write ${String(size)} KB of markdown.`);
    await until("the answer to end", () => simulator.requests[before]?.outcome === "answered", 180_000);
    await panel.settled();
    const seen = await panel.frame.evaluate(() => window.valarSeen);
    const ended = simulator.requests.at(-1)?.endedAt ?? Number.NaN;
    long.push({ size, tasks: seen.longTasks, after: seen.last - ended });
  }

  console.log("Real VS Code, panel in the side bar");
  console.log(
    `  first content byte written → text in the panel   median ${ms(median(first))}, worst ${ms(Math.max(...first))} (${String(rounds)} answers; budget 25 ms)`,
  );
  for (const { size, tasks, after } of long) {
    console.log(
      `  ${String(size)} KB at 1,000 tokens/s   complete ${ms(after)} after the last byte (budget 100 ms); tasks over 50 ms: ${String(tasks.length)}${tasks.length > 0 ? ` (longest ${ms(Math.max(...tasks))})` : ""}`,
    );
  }
} finally {
  await vscode.close();
  await simulator.close();
}
