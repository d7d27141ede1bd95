import path from "node:path";
import { pathToFileURL } from "node:url";
import { launchVscode, type LaunchOptions, type RealVscode } from "../../e2e/support/launch.ts";
import type { Workbench } from "../../e2e/support/workbench.ts";
import { runMain } from "../setUp/steps.mjs";
import { themes, type ThemeName } from "./settings.ts";

/** What a script of `shot.mjs` is given. */
export interface Shot {
  readonly vscode: RealVscode;
  readonly window: Workbench;
}

interface ShotScript {
  readonly options?: LaunchOptions;
  run(shot: Shot): Promise<void>;
}

const panelInEveryTheme: ShotScript = {
  async run({ window }) {
    await window.openFile("src/cart.ts");
    await window.openChat();
    for (const theme of Object.keys(themes) as ThemeName[]) {
      await window.setTheme(theme);
      console.log(await window.screenshot(`panel-${theme}`));
    }
  },
};

await runMain(async () => {
  const file = process.argv[2];
  const script =
    file === undefined
      ? panelInEveryTheme
      : ((await import(pathToFileURL(path.resolve(file)).href)) as ShotScript);
  const vscode = await launchVscode(script.options);
  try {
    const window = await vscode.openWindow();
    await script.run({ vscode, window }).catch(async (error: unknown) => {
      console.log(await window.screenshot("failed"));
      throw error;
    });
  } finally {
    await vscode.close();
  }
  return 0;
});
