// Runs the integration tests in a desktop VS Code.
import { runTests } from "@vscode/test-electron";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { runMain, SetUpError } from "../setUp/steps.mjs";
import { desktopObstacle, desktopOptions } from "./desktopOptions.ts";
import { buildIntegrationTests } from "./integrationBundle.ts";
import { baseSettings } from "./settings.ts";
import { SimulatorProcess } from "./simulatorProcess.ts";
import "./exitOnSignal.mjs";
import { temporaryFolder } from "./temporaryFolder.ts";
import { copySample } from "./workspace.ts";

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { grep: { type: "string" } } });
  const obstacle = desktopObstacle(process.env, process.platform, existsSync);
  if (obstacle !== undefined) throw new SetUpError(obstacle);
  const entry = await buildIntegrationTests();
  const folder = await temporaryFolder("desktop");
  const dataFolder = folder.path;
  const simulator = await SimulatorProcess.start();
  try {
    const userFolder = path.join(dataFolder, "user-data/User");
    await mkdir(userFolder, { recursive: true });
    const settings = { ...baseSettings, "valar.baseUrl": simulator.baseUrl };
    await writeFile(path.join(userFolder, "settings.json"), JSON.stringify(settings));
    const workspace = await copySample(dataFolder);
    const run = { entry, dataFolder, workspace, simulator: simulator.baseUrl, grep: values.grep };
    return await runDesktop(run);
  } finally {
    await simulator.stop();
    await folder.remove();
  }
}

async function runDesktop(run: Parameters<typeof desktopOptions>[0]): Promise<number> {
  try {
    return await runTests(desktopOptions(run, process.env));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetUpError(
      `The desktop VS Code did not run the tests to a good end: ${reason}\n` +
        "If it could not be downloaded, install VS Code and set VSCODE_EXECUTABLE_PATH to its program.",
      { cause: error },
    );
  }
}

await runMain(main);
