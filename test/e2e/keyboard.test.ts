import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { PanelFocus } from "./support/panelFocus.ts";
import { useStage } from "./support/stage.ts";

describe("the panel by keyboard alone", () => {
  const stage = useStage();
  let panel: ChatPanel;
  let focus: PanelFocus;
  let page: Page;
  before(async () => {
    ({ page } = stage.window);
    panel = await ChatPanel.open(stage.window);
    focus = await PanelFocus.watch(panel, page);
  });
  beforeEach(async () => {
    await stage.window.execute("valar.newChat");
    await until("an empty chat", async () => (await panel.questions.count()) === 0);
    await stage.window.execute("valar.focusChat");
    await focus.is("Message");
  });
  afterEach(async () => assert.deepEqual(await focus.losses(), []));

  const type = (text: string) => page.keyboard.type(text);
  const press = (key: string) => page.keyboard.press(key);

  /** Sends what is typed, and waits for the whole answer, the cursor in the box all the while. */
  async function ask(text: string): Promise<void> {
    const before = await panel.answers.count();
    await type(text);
    await press("Enter");
    await panel.answers.nth(before).waitFor();
    await panel.settled();
    await focus.is("Message");
  }

  it("is opened from the palette; a message is sent, and its answer stopped", async () => {
    await stage.window.openPalette();
    await type("Valar: Focus Chat");
    await stage.window.page
      .locator(".quick-input-list .monaco-list-row")
      .getByText("Valar: Focus Chat")
      .waitFor();
    await press("Enter");
    await focus.is("Message");

    stage.simulator.faults.add({ action: { type: "break", at: { content: 5 }, then: "hold" } });
    await type("Say: this is never said to its end");
    await press("Enter");
    await until("a held answer", () => Promise.resolve(stage.simulator.stats().held === 1));
    await focus.is("Message");
    await focus.tabTo("Stop");
    await press("Enter");
    await panel.answers.first().getByText("Stopped. What arrived is kept.").waitFor();
    await focus.is("Message");
  });

  it("goes to the answer, copies it, has it made again, and comes back to the box", async () => {
    await ask("Say: what is copied");
    await focus.tabBackTo("Valar");
    await press("ArrowUp");
    await focus.is("You");
    await press("ArrowDown");
    await focus.is("Valar");
    await focus.tabTo("Copy");
    await press("Enter");
    await until("the clipboard", async () =>
      /^what is copied\s*$/.test(await page.evaluate(() => navigator.clipboard.readText())),
    );
    // It is “Copied” for a moment only.
    await focus.is(/^(Copied|Copy)$/);
    await focus.tabTo("Regenerate");
    await press("Enter");
    await panel.answers.first().getByRole("group", { name: "Versions" }).getByText("2 of 2").waitFor();
    await panel.settled();
    await focus.is("Valar");
    await focus.tabTo("Message");
  });

  it("edits a message with the up-arrow, and another in its place in the transcript", async () => {
    await ask("Say: first");
    await press("ArrowUp");
    await focus.is("New wording");
    await press("End");
    await type(" and last");
    await press("Enter");
    await focus.is("Message");
    await panel.prose(panel.answers.first()).getByText("first and last").waitFor();
    await panel.settled();
    await focus.tabBackTo("Valar");
    await press("ArrowUp");
    await focus.is("You");
    await focus.tabTo("Edit & Resend");
    await press("Enter");
    await focus.is("New wording");
    await press("Escape");
    await focus.is("You");
    await focus.tabTo("Previous Version");
    await press("Enter");
    await panel.questions.first().getByText("1 of 2").waitFor();
    await focus.is("Previous Version");
  });

  it("deletes a message and brings it back", async () => {
    await ask("Say: stays");
    await ask("Say: goes");
    await focus.tabBackTo("Valar");
    await press("ArrowUp");
    await focus.is("You");
    await focus.tabTo("Delete");
    await press("Enter");
    await until("one message", async () => (await panel.questions.count()) === 1);
    await focus.is("Valar");
    await focus.tabTo("Undo");
    await press("Enter");
    await until("two messages", async () => (await panel.questions.count()) === 2);
    await focus.is("You");
  });

  it("chooses the model, the effort and the window", async () => {
    const choose = async (picker: RegExp, option: RegExp) => {
      await focus.tabTo(picker);
      await press("Enter");
      await panel.frame.getByRole("option", { name: option }).waitFor();
      for (let step = 0; step < 20; step++) {
        const active = panel.frame.locator("[role=option][aria-selected=true]");
        if (option.test(await active.innerText())) break;
        await press("ArrowDown");
      }
      await press("Enter");
      await panel.frame.getByRole("option").first().waitFor({ state: "detached" });
      await focus.is(picker);
    };
    await choose(/^Model: /, /^DeepSeek V4 Pro/);
    await choose(/^Reasoning effort: /, /^High/);
    await choose(/^Completion window: /, /^Standard/);
    await focus.tabTo("Message");
  });

  it("mentions and attaches files, takes one away, and gives a command", async () => {
    await type("Compare @orders");
    await panel.takeOption(/orders\.ts/);
    await panel.button("Remove orders.ts").waitFor();
    await focus.is("Message");
    await focus.tabTo("Attach Context…");
    await press("Enter");
    await focus.is("Message");
    await type("cart");
    await panel.takeOption(/^cart\.ts/);
    await panel.button("Remove cart.ts").waitFor();
    await focus.tabBackTo("Open cart.ts");
    await press("Delete");
    await panel.button("Remove cart.ts").waitFor({ state: "detached" });
    await focus.is("Message");
    await focus.tabTo("Message");
    // Not Ctrl+A: VS Code selects once more when it has heard of that key, and by then there may be other text.
    await press("Control+End");
    await press("Control+Shift+Home");
    await type("/expl");
    await panel.takeOption(/explain/);
    await focus.is("Message");
    await ask("please");
  });

  it("finds in the conversation", async () => {
    await ask("Say: apples");
    await press("Control+f");
    await focus.is("Find in conversation");
    await type("apples");
    await panel.frame.getByText("1 of 2", { exact: true }).waitFor();
    await press("Enter");
    await panel.frame.getByText("2 of 2", { exact: true }).waitFor();
    await focus.is("Find in conversation");
    await press("Escape");
    await focus.is("Message");
  });

  it("names, pins, opens and deletes a chat in the history, and brings it back", async () => {
    const rows = page.locator(".quick-input-list .monaco-list-row");
    const input = stage.window.inputBox();
    const hasFocus = () =>
      until("the focus in the field", () => input.evaluate((field) => field === document.activeElement));
    const showHistory = async () => {
      await focus.tabTo("Chat History");
      await press("Enter");
      await rows.first().waitFor();
      await hasFocus();
      await type("about app");
    };
    /** Goes from the field to the list and on to a button of its only row, and presses it. */
    const pressOn = async (title: string, button: string) => {
      await until(`${title} alone in the list`, async () => {
        const texts = await rows.allInnerTexts();
        return texts.length === 1 && texts[0]?.includes(title);
      });
      await until(`“${button}” of the row`, async () => {
        await input.focus();
        await press("Tab");
        for (const key of ["Tab", "ArrowRight", "ArrowRight", "ArrowRight"]) {
          await press(key);
          const name = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
          if (name === button) return true;
        }
        return false;
      });
      await press("Enter");
    };
    await stage.window.resizeSideBar(450);
    await ask("Say: about apples");
    await focus.tabTo("New Chat");
    await press("Enter");
    await until("an empty chat", async () => (await panel.questions.count()) === 0);
    await focus.is("Message");

    await showHistory();
    await pressOn("about apples", "Rename…");
    await until("its name", async () => (await input.inputValue()) === "Say: about apples");
    await hasFocus();
    await press("Control+a");
    await type("Fruit about apples");
    await press("Enter");
    await pressOn("Fruit", "Pin");
    await rows.filter({ hasText: "Pinned" }).waitFor();
    await input.focus();
    await press("ArrowDown");
    await press("Enter");
    await panel.prose(panel.answers.first()).getByText("about apples").waitFor();
    await focus.is("Message");

    await showHistory();
    await pressOn("Fruit", "Delete");
    await until("an empty list", async () => (await input.isVisible()) && (await rows.count()) === 0);
    await hasFocus();
    await press("Escape");
    await until("an empty chat", async () => (await panel.questions.count()) === 0);
    await focus.is("Message");
    await stage.window.notification("“Fruit about apples” was deleted.").waitFor();
    await stage.window.runCommand("Notifications: Accept Notification Primary Action");
    await panel.prose(panel.answers.first()).getByText("about apples").waitFor();
  });
});
