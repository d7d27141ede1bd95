// Runs the integration tests in the extension host of code-server. Option: --grep PATTERN.
import path from "node:path";
import { format, parseArgs } from "node:util";
import { reportMark } from "../../integration/index.ts";
import { root } from "../setUp/paths.mjs";
import { runMain } from "../setUp/steps.mjs";
import { launchBrowser } from "./browser.ts";
import { countsVariable } from "./counts.ts";
import { buildIntegrationTests } from "./integrationBundle.ts";
import { VscodeServer } from "./server.ts";
import { testSettings } from "./settings.ts";
import { SimulatorProcess } from "./simulatorProcess.ts";
import "./exitOnSignal.mjs";
import { temporaryFolder } from "./temporaryFolder.ts";
import { copySample } from "./workspace.ts";

/** Longer than all integration tests together may take. */
const limitMs = 15 * 60_000;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { grep: { type: "string" } } });
  const entry = await buildIntegrationTests();
  const dataFolder = await temporaryFolder("integration");
  const simulator = await SimulatorProcess.start();
  try {
    return await runInCodeServer(entry, dataFolder.path, simulator.baseUrl, values.grep);
  } finally {
    await simulator.stop();
    await dataFolder.remove();
  }
}

async function runInCodeServer(
  entry: string,
  dataFolder: string,
  simulator: string,
  grep: string | undefined,
): Promise<number> {
  const workspace = await copySample(dataFolder);
  const server = await VscodeServer.start({
    dataFolder,
    extensionsFolder: path.join(dataFolder, "extensions"),
    settings: { ...testSettings, "valar.baseUrl": simulator },
    env: {
      VALAR_API_KEY: undefined,
      VALAR_TEST_SIMULATOR: simulator,
      VALAR_TEST_GREP: grep,
      [countsVariable]: process.env[countsVariable],
    },
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const output = new HostConsole();
    await page.exposeFunction("codeAutomationLog", output.add);
    let end: (code: number) => void = () => undefined;
    const ended = new Promise<number>((resolve) => (end = resolve));
    await page.exposeFunction("codeAutomationExit", (code: number) => end(code));
    const remote = `vscode-remote://127.0.0.1:${String(server.port)}`;
    await page.goto(
      server.address(workspace, [
        ["extensionDevelopmentPath", `${remote}${root}`],
        ["extensionTestsPath", `${remote}${entry}`],
      ]),
    );
    const exitCode = await Promise.race([ended, timeUp()]);
    if (exitCode !== 0) output.printOther();
    return exitCode;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The console of VS Code and of its extension host: prints Mocha's report, and keeps the rest. */
class HostConsole {
  readonly #other: string[] = [];

  readonly add = (type: string, args: readonly unknown[]): void => {
    const line = format(...args);
    if (line.startsWith(reportMark)) console.log(line);
    else this.#other.push(`[${type}] ${line}`);
  };

  printOther(): void {
    console.log(`\nWhat else VS Code printed:\n${this.#other.join("\n")}`);
  }
}

function timeUp(): Promise<number> {
  return new Promise((resolve) => {
    setTimeout(() => {
      console.log(`The tests had not ended after ${String(limitMs / 1000)} s.`);
      resolve(1);
    }, limitMs).unref();
  });
}

await runMain(main);
