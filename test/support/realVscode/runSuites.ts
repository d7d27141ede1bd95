// What `npm test` does once everything is installed. Arguments: names of suites; without any, all of them.
import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "../setUp/paths.mjs";
import { runMain, seconds, SetUpError } from "../setUp/steps.mjs";
import { countsVariable, describeCounts, judge, takeCounts, type Counts } from "./counts.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

interface Suite {
  readonly name: string;
  /** For the project's Node. */
  readonly args: readonly string[];
  /** It writes counts; a suite that does not is one test, passed when it ends with code 0. */
  readonly counts: boolean;
}

interface Outcome {
  readonly name: string;
  readonly counts: Counts;
  readonly milliseconds: number;
  readonly reason?: string;
}

/** A suite that takes longer hangs. */
const suiteLimitMs = 25 * 60_000;
const reporter = "./test/support/realVscode/countingReporter.mjs";
const tsc = "node_modules/typescript/bin/tsc";

const suites: readonly Suite[] = [
  ...["src/core", "src/host", "src/host/node", "src/webview", "test"].map((project) =>
    check(`types of ${project}`, [tsc, "-p", project]),
  ),
  check("lint", ["node_modules/eslint/bin/eslint.js", ".", "--max-warnings", "0"]),
  check("format", ["node_modules/prettier/bin/prettier.cjs", "--check", "."]),
  {
    name: "unit",
    args: [
      "node_modules/mocha/bin/mocha.js",
      "--no-config",
      "--reporter",
      reporter,
      "test/unit/**/*.test.ts",
    ],
    counts: true,
  },
  { name: "integration", args: ["test/support/integration.mjs"], counts: true },
  { name: "e2e", args: ["test/support/e2e.mjs"], counts: true },
];

function check(name: string, args: readonly string[]): Suite {
  return { name, args, counts: false };
}

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const chosen = wanted.length === 0 ? suites : suites.filter(({ name }) => wanted.includes(name));
  if (chosen.length === 0)
    throw new SetUpError(`The suites are: ${suites.map(({ name }) => name).join(", ")}.`);
  const folder = await temporaryFolder("test");
  const outcomes: Outcome[] = [];
  for (const suite of chosen) outcomes.push(await runSuite(suite, path.join(folder.path, "counts.json")));
  await folder.remove();
  return report(outcomes);
}

async function runSuite({ name, args, counts: hasCounts }: Suite, countsFile: string): Promise<Outcome> {
  console.log(`\n── ${name}`);
  const started = performance.now();
  const exitCode = await runNode(args, { [countsVariable]: countsFile });
  const milliseconds = performance.now() - started;
  if (!hasCounts) {
    const passed = exitCode === 0 ? 1 : 0;
    console.log(`${passed === 1 ? "clean" : "failed"} in ${seconds(milliseconds)}`);
    return { name, counts: { passed, failed: 1 - passed, skipped: 0 }, milliseconds };
  }
  return { name, ...judge(await takeCounts(countsFile), exitCode), milliseconds };
}

function runNode(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    const limit = setTimeout(() => {
      console.log(`\nThis has not ended after ${seconds(suiteLimitMs)} and is stopped.`);
      child.kill("SIGTERM");
    }, suiteLimitMs);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(limit);
      resolve(code ?? 1);
    });
  });
}

/** Prints what failed, a line for each suite and, last and alone, the total. Gives the exit code. */
function report(outcomes: readonly Outcome[]): number {
  for (const { name, counts } of outcomes) {
    for (const failure of counts.failures ?? []) console.log(`\n── failed in ${name}: ${failure}`);
  }
  console.log("\n── all suites");
  for (const { name, counts, milliseconds, reason } of outcomes) {
    const note = reason === undefined ? "" : ` (${reason})`;
    console.log(`${name.padEnd(20)} ${describeCounts(counts).padEnd(34)} ${seconds(milliseconds)}${note}`);
  }
  const total = outcomes.reduce(
    (sum, { counts }) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
  const time = outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  console.log(`${"total".padEnd(55)} ${seconds(time)}\n`);
  console.log(describeCounts(total));
  return total.failed === 0 ? 0 : 1;
}

await runMain(main);
