import assert from "node:assert/strict";
import manifest from "../../package.json" with { type: "json" };
import nls from "../../package.nls.json" with { type: "json" };
import { launchVscode, type RealVscode } from "./support/launch.ts";
import type { Workbench } from "./support/workbench.ts";

describe("the built VSIX in a real VS Code", () => {
  let vscode: RealVscode;
  let window: Workbench;

  before(async () => {
    vscode = await launchVscode();
    window = await vscode.openWindow();
  });
  after(async () => vscode.close());

  it("shows Valar's icon in the activity bar", async () => {
    await window.page.getByRole("tab", { name: "Valar", exact: true }).waitFor();
  });

  it("offers its commands in the palette, and those of a pending edit only when there is one", async () => {
    await window.openFile("src/cart.ts");
    // The palette draws the rows in view alone, so each is looked for by its name.
    for (const title of ["Valar: Set API Token", "Valar: New Chat", "Valar: Refactor Selection"]) {
      const offered = await window.offeredCommands(title);
      assert.ok(offered.includes(title), `${title} is not among ${offered.join(" · ")}`);
    }
    assert.ok(!(await window.offeredCommands("Valar: Accept Edit")).includes("Valar: Accept Edit"));
  });

  it("names every command that it offers by the title of its manifest", async () => {
    const titles = new Set(
      manifest.contributes.commands.map(({ title, category }) => {
        const key = title.replaceAll("%", "");
        return `${category}: ${String(Object.entries(nls).find(([name]) => name === key)?.[1])}`;
      }),
    );
    const offered = await window.offeredCommands("Valar: ");
    const own = offered.filter(
      (title) => title.startsWith("Valar: ") && !title.startsWith("Valar: Focus on "),
    );
    assert.ok(own.length > 5);
    assert.deepEqual(
      own.filter((title) => !titles.has(title)),
      [],
    );
  });

  it("reads unsaved text apart from saved text", async () => {
    await window.openFile("README.md");
    await window.page.keyboard.press("Control+Home");
    await window.page.keyboard.type("Typed. ");
    await window.editorTextWhen("README.md", (text) => text.startsWith("Typed. # A small shop"));
    assert.match(await window.savedText("README.md"), /^# A small shop/);
    assert.equal((await window.document("README.md")).isDirty, true);
  });

  it("comes back after a reload", async () => {
    await window.reloadWindow();
    await window.page.getByRole("tab", { name: "Valar", exact: true }).waitFor();
  });
});
