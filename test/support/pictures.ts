// Makes the pictures of the README from the extension as it is: npm run pictures
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Shot } from "./realVscode/shot.ts";
import { root } from "./setUp/paths.mjs";
import { testKey } from "./simulator/config.ts";
import { startSimulator } from "./simulator/server.ts";
import type { Workbench } from "../e2e/support/workbench.ts";

const folder = path.join(root, "docs/pictures");
const file = "src/cart.ts";
const simulator = await startSimulator();

export const options = {
  theme: "light",
  settings: {
    "valar.baseUrl": simulator.baseUrl,
    "window.commandCenter": false,
    "editor.minimap.enabled": false,
  },
  env: { VALAR_API_KEY: testKey },
} as const;

export async function run({ vscode }: Shot): Promise<void> {
  await mkdir(folder, { recursive: true });
  const window = await vscode.openWindow({ width: 1080, height: 640 });
  await window.openFile(file);
  await chat(window);
  await edit(window);
  await simulator.close();
}

/** A question about the open file, and its answer. */
async function chat(window: Workbench): Promise<void> {
  const panel = await window.openChat();
  await window.resizeSideBar(420);
  await panel.getByRole("textbox", { name: "Message" }).fill("/explain What does subtotal do?");
  await panel.getByRole("button", { name: "Send", exact: true }).click();
  await panel.getByRole("button", { name: "Regenerate", exact: true }).waitFor();
  await panel.getByRole("article", { name: "You" }).scrollIntoViewIfNeeded();
  await save(window, "chat");
}

/** A function that is being refactored, ready to be reviewed. */
async function edit(window: Workbench): Promise<void> {
  await window.selectLines(file, 7, 14);
  await window.runCommand("Valar: Refactor Selection");
  await window.statusBarItem("1 edit to review").waitFor();
  await window.page.locator(".codelens-decoration").getByText("Accept").first().waitFor();
  await window.page.locator(".review-widget").first().waitFor();
  await save(window, "edit");
}

async function save(window: Workbench, name: string): Promise<void> {
  const file = path.join(folder, `${name}.png`);
  // Out of the way: a hover would show where this machine keeps the file.
  await window.page.mouse.move(0, 0);
  await window.page.locator(".workbench-hover").waitFor({ state: "hidden" });
  await window.page.screenshot({ path: file, animations: "disabled", caret: "hide" });
  console.log(path.relative(root, file));
}
