import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { until } from "../support/realVscode/until.ts";
import { themes, type ThemeName } from "../support/realVscode/settings.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(
    context: Document,
    options: object,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

/** VS Code tells a webview its kind of theme by a class of the body. */
const bodyClasses: Readonly<Record<ThemeName, string>> = {
  light: "vscode-light",
  dark: "vscode-dark",
  highContrast: "vscode-high-contrast",
  highContrastLight: "vscode-high-contrast-light",
};

describe("the panel in the real VS Code, for everyone", () => {
  const stage = useStage();
  let panel: ChatPanel;
  before(async () => {
    panel = await ChatPanel.open(stage.window);
  });

  function boxHasFocus(): Promise<boolean> {
    return panel.box.evaluate((box) => document.hasFocus() && box === document.activeElement);
  }

  async function violations(): Promise<string[]> {
    await panel.frame.evaluate(axeSource);
    // A webview is see-through: axe would take white for what lies behind it.
    await panel.frame.evaluate(() => {
      document.documentElement.style.background = "var(--vscode-sideBar-background)";
    });
    return panel.frame.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: Axe };
      const { violations: found } = await axe.run(document, { resultTypes: ["violations"] });
      return found.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ""}`).join("\n")}`,
      );
    });
  }

  it("has no accessibility violation when it is empty", async () => {
    await panel.button("Send").waitFor();
    assert.deepEqual(await violations(), []);
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`has none with a question, an answer with everything in it, and an error: ${theme}`, async () => {
      await stage.window.setTheme(theme);
      await panel.frame.locator(`body.${bodyClasses[theme]}`).waitFor();
      if ((await panel.answers.count()) === 0) {
        await panel.answerTo("Write 4 KB of markdown.");
        const error = { message: "No.", type: "billing_error", param: null, code: null };
        stage.simulator.faults.add({ action: { type: "status", status: 402, envelope: { error } } });
        await panel.answerTo("Say: no money");
      }
      assert.deepEqual(await violations(), []);
    });
  }

  it("is used by keyboard alone: ask, reach every button of the answer, come back to the box", async () => {
    await stage.window.execute("valar.newChat");
    await panel.answers.first().waitFor({ state: "detached" });
    await stage.window.execute("valar.focusChat");
    await until("the cursor in the box", boxHasFocus);
    await stage.window.page.keyboard.type("Write 6 KB of markdown.");
    await stage.window.page.keyboard.press("Enter");
    await panel.answers.first().waitFor();
    await panel.settled();
    const focused = () =>
      panel.frame.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    const reached = new Set<string>();
    for (let step = 0; step < 40 && !(reached.has("Regenerate") && reached.has("Insert at Cursor")); step++) {
      await stage.window.page.keyboard.press("Shift+Tab");
      reached.add(await focused());
    }
    assert.ok(reached.has("Regenerate"), [...reached].join(" · "));
    assert.ok(reached.has("Insert at Cursor"), [...reached].join(" · "));
    await stage.window.execute("valar.focusChat");
    await until("the cursor in the box", boxHasFocus);
  });
});
