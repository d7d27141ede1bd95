// A conversation of 1,000 messages and 1 MB in the panel: opening, scrolling through, memory.
// Run: npm run bench -- longConversation
import type { CDPSession } from "playwright-core";
import { Harness } from "../support/webviewHarness/harness.ts";
import type { Panel } from "../support/webviewHarness/panel.ts";
import { answer, question, sampleAnswer, snapshot } from "../support/webviewHarness/views.ts";

const rounds = 1;
const messageCount = 1000;
const totalChars = 1_000_000;

declare global {
  interface Window {
    longTaskTimes: number[];
  }
}

const perAnswer = Math.round(totalChars / (messageCount / 2)) - 60;
const text = sampleAnswer.repeat(Math.ceil(perAnswer / sampleAnswer.length)).slice(0, perAnswer);
const messages = Array.from({ length: messageCount }, (_, at) =>
  at % 2 === 0
    ? question(`Question ${String(at)}: how does this part work, and can it be shorter?`, {
        id: `m${String(at)}`,
      })
    : answer(text, { id: `m${String(at)}` }),
);

/** JS heap and what the page's nodes take, bytes, after a garbage collection. */
async function memory(session: CDPSession): Promise<{ heap: number; nodes: number }> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { heap: value("JSHeapUsedSize"), nodes: value("Nodes") };
}

/** Long tasks since the last call, ms. */
async function longTasks(panel: Panel): Promise<number[]> {
  return panel.page.evaluate(() => window.longTaskTimes.splice(0));
}

/** Shows the conversation: ms until a frame with its end is painted. */
async function open(panel: Panel): Promise<number> {
  return panel.page.evaluate(
    async (event) => {
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      await frame();
      const start = performance.now();
      window.dispatchEvent(new MessageEvent("message", { data: event }));
      await frame();
      const channel = new MessageChannel();
      const painted = new Promise((resolve) => (channel.port1.onmessage = resolve));
      channel.port2.postMessage(undefined);
      await painted;
      return performance.now() - start;
    },
    { type: "event", seq: 1, event: { type: "snapshot", snapshot: snapshot({ seq: 1, messages }) } },
  );
}

/** Scrolls up from the end, one screen a frame, for at most 150 screens. */
async function scrollThrough(panel: Panel): Promise<void> {
  await panel.page.evaluate(async () => {
    const box = document.querySelector(".scroller");
    for (let steps = 0; box !== null && box.scrollTop > 0 && steps < 150; steps++) {
      box.scrollTop -= box.clientHeight;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}

const filled = (): boolean =>
  [...document.querySelectorAll("article")].every((message) => message.childElementCount > 0);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const worst = (tasks: readonly number[]): string =>
  `${String(tasks.length)}${tasks.length > 0 ? ` (longest ${Math.max(...tasks).toFixed(0)} ms)` : ""}`;

const harness = await Harness.launch();
const seen = {
  first: [] as number[],
  opening: [] as number[],
  scrolling: [] as number[],
  rest: [] as number[],
};
const grown = { heap: [] as number[], nodes: [] as number[] };
try {
  for (let round = 0; round < rounds; round++) {
    const panel = await harness.open({ width: 400, height: 800 });
    const session = await panel.page.context().newCDPSession(panel.page);
    await session.send("Performance.enable");
    const empty = await memory(session);
    await panel.page.evaluate(() => {
      window.longTaskTimes = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longTaskTimes.push(duration);
      }).observe({ type: "longtask" });
    });
    seen.first.push(await open(panel));
    const start = performance.now();
    await panel.page.waitForFunction(filled, undefined, { timeout: 60_000 });
    seen.rest.push(performance.now() - start);
    seen.opening.push(...(await longTasks(panel)));
    await scrollThrough(panel);
    seen.scrolling.push(...(await longTasks(panel)));
    const full = await memory(session);
    grown.heap.push(full.heap - empty.heap);
    grown.nodes.push(full.nodes - empty.nodes);
    await panel.close();
  }
} finally {
  await harness.close();
}

const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const size = messages.reduce(
  (sum, message) => sum + ("text" in message ? message.text : message.content).length,
  0,
);
console.log(`${String(messageCount)} messages, ${mb(size)}; rounds: ${String(rounds)}`);
console.log(`  first paint of the end            ${median(seen.first).toFixed(0)} ms (budget 200 ms)`);
console.log(`  all messages filled in after      ${median(seen.rest).toFixed(0)} ms`);
console.log(`  tasks over 50 ms while opening    ${worst(seen.opening)} in ${String(rounds)} rounds`);
console.log(`  tasks over 50 ms while scrolling  ${worst(seen.scrolling)} in ${String(rounds)} rounds`);
console.log(
  `  over an empty panel               ${mb(median(grown.heap))} of JS heap (budget 60 MB with the page's nodes), ${median(grown.nodes).toFixed(0)} nodes`,
);
