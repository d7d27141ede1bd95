// Runs the integration tests inside VS Code's extension host: in code-server (npm run test:integration) and in a
// desktop VS Code (npm run test:desktop). Bundled beside the tests, so it finds them in its own folder.
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { format } from "node:util";

const testTimeoutMs = 60_000;
/** Sets the report apart from everything else that VS Code prints. */
export const reportMark = "│ ";

export async function run(): Promise<void> {
  // Mocha is loaded, not bundled: it is an ES module that finds its parts at run time.
  const { default: Mocha } = await import("mocha");
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    for (const line of format(...args).split("\n")) console.log(reportMark + line);
  };
  const grep = process.env.VALAR_TEST_GREP;
  const mocha = new Mocha({
    ui: "bdd",
    reporter: "spec",
    color: false,
    timeout: testTimeoutMs,
    ...(grep === undefined ? {} : { grep }),
  });
  const folder = import.meta.dirname;
  for (const file of (await readdir(folder, { recursive: true })).sort()) {
    if (file.endsWith(".test.cjs")) mocha.addFile(path.join(folder, file));
  }
  await mocha.loadFilesAsync();
  const failures: string[] = [];
  const { stats } = await new Promise<Mocha.Runner>((resolve) => {
    const runner = mocha.run(() => resolve(runner));
    runner.on("fail", (test: Mocha.Test, error: Error) =>
      failures.push(`${test.fullTitle()}\n${error.stack ?? error.message}`),
    );
  });
  const counts = {
    passed: stats?.passes ?? 0,
    failed: stats?.failures ?? 0,
    skipped: stats?.pending ?? 0,
    failures,
  };
  const countsFile = process.env.VALAR_TEST_COUNTS;
  if (countsFile !== undefined) await writeFile(countsFile, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${String(counts.failed)} integration tests failed`);
}
