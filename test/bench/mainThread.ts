import type { Browser, Page } from "playwright-core";

/** One task of a page's main thread, ms. */
export interface Task {
  /** By the clock, which counts what the task waited for a busy machine. */
  readonly wall: number;
  /** Of the processor. */
  readonly cpu: number;
}

/** What the trace's events say of what is of use here; times in µs. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

const mark = "valarBench";

/** The tasks that the page's main thread ran while `work` was done. */
export async function mainThreadTasks(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<Task[]> {
  await browser.startTracing(page, { categories: ["toplevel", "blink.user_timing"] });
  await page.evaluate((name) => void performance.mark(name), mark);
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: TraceEvent[];
  };
  const begin = trace.traceEvents.find(({ name }) => name === mark);
  if (begin === undefined) throw new Error("The trace does not hold the page's mark.");
  return trace.traceEvents
    .filter(({ name, ts }) => name === "ThreadControllerImpl::RunTask" && ts >= begin.ts)
    .filter(({ pid, tid }) => pid === begin.pid && tid === begin.tid)
    .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1000, cpu: tdur / 1000 }));
}
