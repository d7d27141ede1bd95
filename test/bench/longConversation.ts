// A conversation of 1,000 messages and 1 MB in the panel: opening, scrolling through, memory. Tasks are counted by the
// time of the processor they took, since by the clock those of a busy machine are long; both are shown. Beside them,
// the work of showing all of 500 messages of 200 KB, which took 320 to 430 ms where the budgets were set: it tells
// how fast this machine is.
// Run: npm run bench -- longConversation
import type { CDPSession } from "playwright-core";
import type { MessageView } from "../../src/protocol/chat.ts";
import { Harness } from "../support/webviewHarness/harness.ts";
import type { Panel } from "../support/webviewHarness/panel.ts";
import { answer, question, sampleAnswer, snapshot } from "../support/webviewHarness/views.ts";
import { mainThreadTasks, type Task } from "./mainThread.ts";

const rounds = 1;
const messageCount = 1000;
const totalChars = 1_000_000;

declare global {
  interface Window {
    shown: unknown;
  }
}

/** `count` messages, every other one an answer; `chars` in all. */
function conversation(count: number, chars: number): MessageView[] {
  const perAnswer = Math.round(chars / (count / 2)) - 60;
  const text = sampleAnswer.repeat(Math.ceil(perAnswer / sampleAnswer.length)).slice(0, perAnswer);
  return Array.from({ length: count }, (_, at) =>
    at % 2 === 0
      ? question(`Question ${String(at)}: how does this part work, and can it be shorter?`, {
          id: `m${String(at)}`,
        })
      : answer(text, { id: `m${String(at)}` }),
  );
}
const messages = conversation(messageCount, totalChars);

/** JS heap and what the page's nodes take, bytes, after a garbage collection. */
async function memory(session: CDPSession): Promise<{ heap: number; nodes: number }> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { heap: value("JSHeapUsedSize"), nodes: value("Nodes") };
}

/** Hands the conversation over to the page, which is no part of showing it. */
async function handOver(panel: Panel, shown: readonly MessageView[]): Promise<void> {
  await panel.page.evaluate((event) => void (window.shown = event), {
    type: "event",
    seq: 1,
    event: { type: "snapshot", snapshot: snapshot({ seq: 1, messages: shown }) },
  });
}

/** Shows the conversation: ms until a frame with its end is painted. */
async function open(panel: Panel): Promise<number> {
  return panel.page.evaluate(async () => {
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    const start = performance.now();
    window.dispatchEvent(new MessageEvent("message", { data: window.shown }));
    await frame();
    const channel = new MessageChannel();
    const painted = new Promise((resolve) => (channel.port1.onmessage = resolve));
    channel.port2.postMessage(undefined);
    await painted;
    return performance.now() - start;
  });
}

/** Scrolls up from the end to the start, one screen a frame. */
async function scrollThrough(panel: Panel): Promise<void> {
  await panel.page.evaluate(async () => {
    const box = document.querySelector(".scroller");
    while (box !== null && box.scrollTop > 0) {
      box.scrollTop -= box.clientHeight;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}

const filled = (): boolean =>
  [...document.querySelectorAll("article")].every((message) => message.childElementCount > 0);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const tooLong = 50;
function worst(tasks: readonly Task[]): string {
  const [cpu, wall] = [tasks.map((task) => task.cpu), tasks.map((task) => task.wall)];
  const count = (times: readonly number[]): string =>
    `${times.filter((time) => time > tooLong).length} (longest ${Math.max(...times).toFixed(0)} ms)`;
  return `${count(cpu)}; by the clock ${count(wall)}`;
}

/** Opens 500 messages of 200 KB and waits until all are on the page: CPU of the main thread, ms. */
async function machineTime(): Promise<number> {
  const panel = await harness.open({ width: 400, height: 800, isNew: true });
  await handOver(panel, conversation(500, 200_000));
  const tasks = await mainThreadTasks(harness.browser, panel.page, async () => {
    await open(panel);
    await panel.page.waitForFunction(filled, undefined, { timeout: 60_000 });
  });
  await panel.close();
  return tasks.reduce((sum, { cpu }) => sum + cpu, 0);
}

const harness = await Harness.launch();
const seen = {
  first: [] as number[],
  opening: [] as Task[],
  scrolling: [] as Task[],
  rest: [] as number[],
};
const machine: number[] = [];
const grown = { heap: [] as number[], nodes: [] as number[] };
try {
  for (let round = 0; round < rounds; round++) {
    machine.push(await machineTime());
    const panel = await harness.open({ width: 400, height: 800, isNew: true });
    const session = await panel.page.context().newCDPSession(panel.page);
    await session.send("Performance.enable");
    const empty = await memory(session);
    await handOver(panel, messages);
    const openAndFill = async (): Promise<void> => {
      seen.first.push(await open(panel));
      const start = performance.now();
      await panel.page.waitForFunction(filled, undefined, { timeout: 60_000 });
      seen.rest.push(performance.now() - start);
    };
    seen.opening.push(...(await mainThreadTasks(harness.browser, panel.page, openAndFill)));
    const scroll = (): Promise<void> => scrollThrough(panel);
    seen.scrolling.push(...(await mainThreadTasks(harness.browser, panel.page, scroll)));
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
console.log(
  `  500 messages of 200 KB, CPU       ${median(machine).toFixed(0)} ms (320 to 430 ms where the budgets were set)`,
);
console.log(`  first paint of the end            ${median(seen.first).toFixed(0)} ms (budget 200 ms)`);
console.log(`  all messages filled in after      ${median(seen.rest).toFixed(0)} ms`);
console.log(`  tasks over 50 ms while opening    ${worst(seen.opening)} (budget 0)`);
console.log(`  tasks over 50 ms while scrolling  ${worst(seen.scrolling)} (budget 0)`);
console.log(
  `  over an empty panel               ${mb(median(grown.heap))} of JS heap (budget 60 MB with the page's nodes), ${median(grown.nodes).toFixed(0)} nodes`,
);
