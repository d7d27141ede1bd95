// What `npm test` does once everything is installed. Arguments: names of suites; without any, all of them. Two run at a
// time; the end-to-end tests, which take as long as all others together, in parts.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { root } from "../setUp/paths.mjs";
import { runMain, seconds, SetUpError } from "../setUp/steps.mjs";
import { countsVariable, describeCounts, judge, sum, takeCounts, type Counts } from "./counts.ts";
import { temporaryFolder } from "./temporaryFolder.ts";
import { fromBothEnds, type Turn } from "./turns.ts";

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

/** How long to wait for the output's end after a program's. */
const leftOutputMs = 5000;
/** A suite that takes longer hangs. */
const suiteLimitMs = 45 * 60_000;
/** A test that takes longer hangs: on a busy machine Mocha's own two seconds say nothing. */
const unitLimitMs = 20_000;
const reporter = "./test/support/realVscode/countingReporter.mjs";
const tsc = "node_modules/typescript/bin/tsc";

const endToEnd = readdirSync(path.join(root, "test/e2e"))
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => `test/e2e/${name}`)
  .sort();
/** Files of end-to-end tests that one process runs: a process takes some seconds to start. */
const partSize = 4;

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
      ...["--timeout", String(unitLimitMs), "--reporter", reporter],
      "test/unit/**/*.test.ts",
    ],
    counts: true,
  },
  { name: "integration", args: ["test/support/integration.mjs"], counts: true },
  ...inParts(endToEnd).map((files) => ({
    name: "e2e",
    args: ["test/support/e2e.mjs", ...files],
    counts: true,
  })),
];

function inParts(files: readonly string[]): string[][] {
  const count = Math.ceil(files.length / partSize);
  return Array.from({ length: count }, (_, part) => files.filter((_, at) => at % count === part));
}

function check(name: string, args: readonly string[]): Suite {
  return { name, args, counts: false };
}

async function main(): Promise<number> {
  const started = performance.now();
  const wanted = process.argv.slice(2);
  const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  if (chosen.length === 0)
    throw new SetUpError(`The suites are: ${[...new Set(suites.map(({ name }) => name))].join(", ")}.`);
  if (chosen.length > 1) console.log("\nTwo run at a time; what they say comes one after the other.");
  const folder = await temporaryFolder("test");
  const outcomes = await fromBothEnds(
    chosen.map(
      (suite, at) => (turn: Turn) =>
        runSuite(suite, path.join(folder.path, `counts${String(at)}.json`), turn),
    ),
    (text) => process.stdout.write(text),
  );
  await folder.remove();
  return report(together(outcomes), performance.now() - started);
}

/** The parts of a suite as one. */
function together(outcomes: readonly Outcome[]): Outcome[] {
  return [...new Set(outcomes.map(({ name }) => name))].map((name) => {
    const parts = outcomes.filter((outcome) => outcome.name === name);
    const reasons = parts.map(({ reason }) => reason).filter((reason) => reason !== undefined);
    return {
      name,
      counts: sum(parts.map(({ counts }) => counts)),
      milliseconds: parts.reduce((before, { milliseconds }) => before + milliseconds, 0),
      ...(reasons.length > 0 ? { reason: reasons.join("; ") } : {}),
    };
  });
}

async function runSuite(
  { name, args, counts: hasCounts }: Suite,
  countsFile: string,
  turn: Turn,
): Promise<Outcome> {
  turn.write(`\n── ${name}\n`);
  const started = performance.now();
  const exitCode = await runNode(args, { [countsVariable]: countsFile }, turn);
  const milliseconds = performance.now() - started;
  if (!hasCounts) {
    const passed = exitCode === 0 ? 1 : 0;
    turn.write(`${passed === 1 ? "clean" : "failed"} in ${seconds(milliseconds)}\n`);
    return { name, counts: { passed, failed: 1 - passed, skipped: 0 }, milliseconds };
  }
  return { name, ...judge(await takeCounts(countsFile), exitCode), milliseconds };
}

function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  turn: Turn,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}), ...process.env, ...env },
      stdio: ["inherit", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => turn.write(text));
    }
    const limit = setTimeout(() => {
      turn.write(`\nThis has not ended after ${seconds(suiteLimitMs)} and is stopped.\n`);
      child.kill("SIGTERM");
    }, suiteLimitMs);
    child.once("error", reject);
    const end = (code: number | null): void => {
      clearTimeout(limit);
      resolve(code ?? 1);
    };
    child.once("close", end);
    // What it left running may hold its output open.
    child.once("exit", (code) => setTimeout(end, leftOutputMs, code).unref());
  });
}

/** Prints what failed, a line for each suite and, last and alone, the total. Gives the exit code. */
function report(outcomes: readonly Outcome[], wholeTime: number): number {
  for (const { name, counts } of outcomes) {
    for (const failure of counts.failures ?? []) console.log(`\n── failed in ${name}: ${failure}`);
  }
  console.log("\n── all suites");
  for (const { name, counts, milliseconds, reason } of outcomes) {
    const note = reason === undefined ? "" : ` (${reason})`;
    console.log(`${name.padEnd(20)} ${describeCounts(counts).padEnd(34)} ${seconds(milliseconds)}${note}`);
  }
  const total = sum(outcomes.map(({ counts }) => counts));
  console.log(`${"total".padEnd(55)} ${seconds(wholeTime)}\n`);
  console.log(describeCounts(total));
  return total.failed === 0 ? 0 : 1;
}

await runMain(main);
