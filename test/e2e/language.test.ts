import assert from "node:assert/strict";
import { builtInNames } from "../../src/core/chat/slashCommands.ts";
import { pseudoText, shownTexts, withOwnWords } from "../support/ownWords.ts";
import { pseudoLanguage } from "../support/realVscode/pseudoLanguage.ts";
import { until } from "../support/realVscode/until.ts";
import { testKey } from "../support/simulator/config.ts";
import { startSimulator, type Simulator } from "../support/simulator/server.ts";
import { launchVscode, type RealVscode } from "./support/launch.ts";
import type { Workbench } from "./support/workbench.ts";

/** The palette names the keys of a command behind its title. */
const keys = "Ctrl+Alt+Shift+Enter Backspace Escape Alt+F5";

describe("the language of VS Code", () => {
  let simulator: Simulator;
  let vscode: RealVscode;

  /** What the panel says is wrong, once it says something. */
  async function saidWrong(window: Workbench): Promise<readonly string[]> {
    const error = (await window.chatFrame()).locator(".error").first();
    await error.waitFor();
    return shownTexts(error);
  }

  before(async () => {
    simulator = await startSimulator();
    vscode = await launchVscode({
      settings: { "valar.baseUrl": simulator.baseUrl },
      env: { VALAR_API_KEY: testKey },
      hasPseudoLanguage: true,
    });
  });
  after(async () => {
    await vscode.close();
    await simulator.close();
  });

  describe("that has texts for everything", () => {
    let window: Workbench;
    before(async () => {
      window = await vscode.openWindow({ language: pseudoLanguage });
    });
    after(async () => window.close());

    it("is that of every command", async () => {
      const offered = await window.offeredCommands("Valar: ");
      const own = offered.filter((title) => title.startsWith("Valar: ") && !title.includes("Focus on"));
      assert.ok(own.length > 5);
      assert.deepEqual(withOwnWords(own, keys), []);
    });

    it("is that of the panel and of the status bar", async () => {
      await window.openFile("src/cart.ts");
      await window.execute("valar.focusChat");
      const panel = await window.chatFrame();
      const box = panel.getByRole("textbox", { name: pseudoText("Message") });
      await box.fill("What does subtotal do?");
      await panel.getByRole("button", { name: pseudoText("Send") }).click();
      await panel.getByRole("button", { name: pseudoText("Regenerate") }).waitFor();
      // Names to be typed, the same in every language.
      const commands = builtInNames.map((name) => `/${name}`);
      const written = await panel.locator(".bubble, .chip").allInnerTexts();
      const given = ["GLM-5.1 zai-org/GLM-5.1-FP8 src/cart.ts", ...commands, ...written].join(" ");
      assert.deepEqual(withOwnWords(await shownTexts(panel), given), []);
      const items = window.page.locator(".statusbar-item[id^='valar-vscode.valar']");
      assert.ok((await items.count()) > 0);
      for (const item of await items.all()) assert.deepEqual(withOwnWords(await shownTexts(item), ""), []);
    });

    it("is that of the usage view", async () => {
      const pane = window.page.locator(".pane", { has: window.page.getByRole("tree", { name: /Usage/ }) });
      await window.execute("valar.showUsage");
      const rows = pane.getByRole("treeitem");
      await rows.nth(1).click();
      await rows.nth(2).waitFor();
      const names = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label") ?? ""));
      const title = pane.locator(".pane-header .title, .pane-header .description");
      const shown = [...names, ...(await title.allInnerTexts()), ...(await rows.allInnerTexts())];
      assert.ok(shown.length > 6);
      assert.deepEqual(withOwnWords(shown, "GLM-5.1"), []);
      await window.screenshot("language-usage");
      await window.execute("valar.hideUsage");
    });

    it("is that of a budget that is used up, and of a parameter that cannot be sent", async () => {
      const box = (await window.chatFrame()).getByRole("textbox", { name: pseudoText("Message") });
      await window.changeSetting("valar.budget.session", 0);
      await window.page.getByRole("button", { name: /budget is used up/ }).waitFor();
      const item = window.page.locator(".statusbar-item[id='valar-vscode.valar.valar.status']");
      await box.fill("Say: more");
      await box.press("Enter");
      const budget = await saidWrong(window);
      assert.ok(budget.length > 3, String(budget));
      assert.deepEqual(withOwnWords([...budget, ...(await shownTexts(item))], ""), []);
      await window.changeSetting("valar.budget.session", undefined);
      await window.changeSetting("valar.responseFormat", "missing.json");
      await box.fill("Say: more");
      await box.press("Enter");
      const said = await until("the other error", async () => {
        const now = await saidWrong(window);
        return now.join() === budget.join() ? undefined : now;
      });
      assert.deepEqual(withOwnWords(said, "missing.json"), []);
      await window.changeSetting("valar.responseFormat", undefined);
      await window.changeSetting("valar.temperature", 7);
      const warning = window.notification("valar.temperature");
      await warning.waitFor();
      const buttons = await warning.locator(".monaco-text-button").allInnerTexts();
      assert.equal(buttons.length, 1);
      const texts = [...buttons, ...(await window.notificationTexts())];
      assert.deepEqual(withOwnWords(texts, "valar.temperature"), []);
      await window.changeSetting("valar.temperature", undefined);
      await window.execute("notifications.clearAll");
      await box.fill("");
    });

    it("is that of the walkthrough", async () => {
      await window.execute("workbench.action.openWalkthrough", "valar-vscode.valar#start");
      const guide = window.page.locator(".gettingStartedSlideDetails");
      await guide.locator(".getting-started-step").nth(3).waitFor();
      const own = guide.locator(
        ".category-title, .category-description, .step-title, .step-description-container",
      );
      // The keys of a command stand in VS Code's own words.
      const texts = await own.evaluateAll((all) =>
        all.map((place) => {
          const key = place.querySelector(".shortcut-message")?.textContent ?? "";
          return place.textContent.replace(key, "");
        }),
      );
      assert.equal(texts.length, 10);
      assert.deepEqual(withOwnWords(texts, ""), []);
      await window.execute("workbench.action.closeActiveEditor");
    });

    it("is that of lists and messages", async () => {
      void window.execute("valar.menu");
      await window.page.getByPlaceholder(pseudoText("What do you want to do?")).waitFor();
      const rows = await until("the menu's rows", async () => {
        const found = await window.paletteRows();
        return found.length > 3 ? found : undefined;
      });
      assert.deepEqual(withOwnWords(rows, "GLM-5.1"), []);
      await window.page.keyboard.press("Escape");
      void window.execute("valar.clearToken");
      await window.notification(pseudoText("The API token was removed.").slice(0, 10)).waitFor();
      assert.deepEqual(withOwnWords(await window.notificationTexts(), ""), []);
    });

    it("is that of an edit to review", async () => {
      await window.selectLines("src/cart.ts", 7, 14);
      void window.execute("valar.refactor");
      const lenses = window.page.locator(".codelens-decoration a");
      await lenses.getByText("Accept").first().waitFor();
      const shown = [
        ...(await lenses.allInnerTexts()),
        ...(await window.page.locator(".review-widget .head").allInnerTexts()),
      ];
      assert.deepEqual(withOwnWords(shown, ""), []);
      await window.execute("valar.rejectEdit");
    });
  });

  it("is German where VS Code is German", async () => {
    const window = await vscode.openWindow({ language: "de" });
    assert.ok((await window.offeredCommands("Valar: Neuer")).includes("Valar: Neuer Chat"));
    await window.execute("valar.focusChat");
    const panel = await window.chatFrame();
    await panel.getByRole("textbox", { name: "Nachricht" }).waitFor();
    assert.equal(await panel.locator("html").getAttribute("lang"), "de");
    await window.close();
  });
});
