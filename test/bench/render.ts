// Cost of rendering a streaming answer: the panel's renderer beside others. All times are the CPU time of the main
// thread (script, style, layout, paint), as a multiple of rendering the finished text once: with marked and
// innerHTML, and with the same way, where the panel's does less than the others, since it leaves out what is off
// the screen. “valar” gets its text as the host hands it on, which is not in every frame while it comes faster than
// anybody reads; the others, and “valar, every frame”, get it in every frame.
import { build } from "esbuild";
import path from "node:path";
import { chromium, type Browser, type CDPSession, type Page } from "playwright-core";
import { findChromium } from "../support/setUp/chromium.mjs";
import { documents } from "./renderDocuments.ts";

/** 16 chunks of 4 characters a frame: about 1,000 tokens a second at 60 frames. */
const perFrame = 64;
const rounds = 3;
/** Of 100 KB and 300 KB in turn, since the machine's speed changes in between. */
const turns = 5;
const baseline = "marked + innerHTML";
/**
 * What streaming-markdown cost, × once, on the machine of ../shared/performance.md. What a frame costs beside what a
 * page costs differs between machines and browsers; two ways to render frames compare better.
 */
const anchor = 7;
/** Kinds of documents to measure, e.g. `node test/bench/render.ts table`; all without any. */
const only = process.argv.slice(2);

/** One construct that grows: the sizes to measure, and that of the renderer beside. Some grow with the square. */
const constructs = [
  { kind: "fence", sizes: [50_000, 100_000], others: 100_000 },
  { kind: "list", sizes: [50_000, 100_000], others: 100_000 },
  { kind: "table", sizes: [50_000, 100_000], others: 50_000 },
  { kind: "paragraph", sizes: [25_000, 50_000], others: 50_000 },
] as const;

interface Bench {
  readonly page: Page;
  readonly session: CDPSession;
}
interface Run {
  /** CPU time of the main thread's tasks, ms. */
  readonly task: number;
  /** Tasks over 50 ms. */
  readonly long: number;
}

const pageText =
  '<!DOCTYPE html><link rel="stylesheet" href="/styles.css"><body><script type="module" src="/page.js"></script>';

async function open(browser: Browser): Promise<Bench> {
  const root = path.resolve(import.meta.dirname, "../..");
  const result = await build({
    absWorkingDir: root,
    entryPoints: { page: "test/bench/renderPage.ts", styles: "src/webview/styles.css" },
    outdir: "out",
    bundle: true,
    write: false,
    format: "esm",
    splitting: true,
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const files = new Map(result.outputFiles.map((file) => [`/${path.basename(file.path)}`, file.text]));
  const page = await browser.newPage({ viewport: { width: 400, height: 700 } });
  await page.route("**", async (route) => {
    const { pathname } = new URL(route.request().url());
    const contentType = pathname.endsWith(".js") ? "text/javascript" : "text/css";
    if (pathname === "/") await route.fulfill({ body: pageText, contentType: "text/html" });
    else await route.fulfill({ body: files.get(pathname) ?? "", contentType });
  });
  await page.goto("https://bench.test/");
  await page.evaluate(() => {
    new PerformanceObserver((list) => {
      window.longTasks = (window.longTasks ?? 0) + list.getEntries().length;
    }).observe({ type: "longtask" });
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return { page, session };
}

declare global {
  interface Window {
    longTasks: number | undefined;
  }
}

async function taskTime({ session }: Bench): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
}

async function run(bench: Bench, way: string, text: string, atOnce: boolean): Promise<Run> {
  await bench.page.evaluate(() => (window.longTasks = 0));
  const before = await taskTime(bench);
  await bench.page.evaluate(([name, source, size]) => window.renderStream(name, source, size), [
    way,
    text,
    atOnce ? text.length : perFrame,
  ] as const);
  const task = (await taskTime(bench)) - before;
  return { task, long: await bench.page.evaluate(() => window.longTasks ?? 0) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function medianRun(
  bench: Bench,
  way: string,
  text: string,
  atOnce: boolean,
  times: number,
): Promise<Run> {
  const runs: Run[] = [];
  for (let i = 0; i < times; i++) runs.push(await run(bench, way, text, atOnce));
  return { task: median(runs.map(({ task }) => task)), long: median(runs.map(({ long }) => long)) };
}

/** How many times as much 300 KB cost as 100 KB. */
async function measureGrowth(bench: Bench): Promise<number> {
  const [small, large] = [100_000, 300_000].map((size) => documents["answer"]?.(size) ?? "");
  const ratios: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const one = await run(bench, "valar", small ?? "", false);
    ratios.push((await run(bench, "valar", large ?? "", false)).task / one.task);
  }
  return median(ratios);
}

const executablePath = await findChromium();
if (executablePath === undefined) throw new Error("Chromium is not installed: npm test says what to do.");
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-frame-rate-limit", "--disable-gpu-vsync"],
});
try {
  const bench = await open(browser);
  const rows: Record<string, unknown>[] = [];
  /** Gives the CPU time of streaming it, ms. */
  const measure = async (kind: string, way: string, size: number, times: number): Promise<number> => {
    const text = documents[kind]?.(size) ?? "";
    await run(bench, way, text.slice(0, 5000), false);
    const own = await medianRun(bench, way, text, true, rounds);
    const plain = await medianRun(bench, baseline, text, true, rounds);
    const streamed = await medianRun(bench, way, text, false, times);
    const ratio = (once: Run): number => Math.round((streamed.task / once.task) * 10) / 10;
    const row = {
      text: `${kind}, ${Math.round(size / 1000)} KB`,
      way,
      "streamed, ms": Math.round(streamed.task),
      "× once, innerHTML": ratio(plain),
      "× once, same way": ratio(own),
      "tasks > 50 ms": streamed.long,
    };
    rows.push(row);
    console.log(Object.values(row).join(" | "));
    return streamed.task;
  };
  const streamedMs = new Map<string, number>();
  const isIn = (kind: string): boolean => only.length === 0 || only.includes(kind);
  if (isIn("answer")) {
    for (const way of [
      ...["valar", "valar without colours"],
      ...["valar, every frame", "valar, every frame, without colours"],
      ...["plain paragraphs", "streaming-markdown"],
    ]) {
      streamedMs.set(way, await measure("answer", way, 100_000, rounds));
    }
    await measure("answer", "valar", 300_000, 1);
    // Each frame costs as much as the whole text: a part of it is enough to wait for.
    await measure("answer", "valar", 10_000, 1);
    await measure("answer", baseline, 10_000, 1);
    await measure("answer", "react-markdown", 10_000, 1);
  }
  for (const { kind, sizes, others } of constructs.filter(({ kind }) => isIn(kind))) {
    for (const size of sizes) await measure(kind, "valar", size, 1);
    await measure(kind, "streaming-markdown", others, 1);
  }
  const growth = isIn("answer") ? await measureGrowth(bench) : undefined;
  console.table(rows);
  if (growth !== undefined) {
    console.log(`300 KB cost ${growth.toFixed(2)} × 100 KB (median of ${String(turns)} in turn; budget 3.3)`);
  }
  const known = streamedMs.get("streaming-markdown");
  if (known !== undefined) {
    console.log(`With streaming-markdown as ${String(anchor)}, as it was where the budget of 12 was set:`);
    for (const [way, ms] of streamedMs) console.log(`  ${way}: ${((anchor * ms) / known).toFixed(1)}`);
  }
} finally {
  await browser.close();
}
