import type { TestOptions } from "@vscode/test-electron/out/runTest.js";
import path from "node:path";
import { root } from "../setUp/paths.mjs";

export interface DesktopRun {
  /** The built entry point of the tests. */
  readonly entry: string;
  /** Folder of this run's own: user data and extensions. */
  readonly dataFolder: string;
  readonly workspace: string;
  readonly simulator: string;
  readonly grep?: string | undefined;
}

/** What @vscode/test-electron is asked to do: the same run as in code-server. */
export function desktopOptions(run: DesktopRun, environment: NodeJS.ProcessEnv): TestOptions {
  const executable = environment.VSCODE_EXECUTABLE_PATH;
  return {
    ...(executable === undefined || executable === "" ? {} : { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: root,
    extensionTestsPath: run.entry,
    extensionTestsEnv: {
      VALAR_API_KEY: undefined,
      VALAR_TEST_SIMULATOR: run.simulator,
      ...(run.grep === undefined ? {} : { VALAR_TEST_GREP: run.grep }),
    },
    launchArgs: [
      run.workspace,
      `--user-data-dir=${path.join(run.dataFolder, "user-data")}`,
      `--extensions-dir=${path.join(run.dataFolder, "extensions")}`,
      ...["--disable-workspace-trust", "--disable-updates", "--skip-welcome", "--skip-release-notes"],
    ],
  };
}

/** Why a desktop VS Code cannot be run here, in words that help; undefined if nothing speaks against it. */
export function desktopObstacle(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  isFile: (file: string) => boolean,
): string | undefined {
  const executable = environment.VSCODE_EXECUTABLE_PATH;
  if (executable !== undefined && executable !== "" && !isFile(executable)) {
    return `VSCODE_EXECUTABLE_PATH is ${executable}, which does not exist.`;
  }
  const hasDisplay = (environment.DISPLAY ?? "") !== "" || (environment.WAYLAND_DISPLAY ?? "") !== "";
  if (platform === "linux" && !hasDisplay) {
    return "A desktop VS Code needs a display: run this on a desktop, or with `xvfb-run npm run test:desktop`.";
  }
  return undefined;
}
