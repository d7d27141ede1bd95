import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { until, untilAtRest } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("chat history", () => {
  const stage = useStage();
  let panel: ChatPanel;
  before(async () => {
    panel = await ChatPanel.open(stage.window);
    await panel.answerTo("Say: about apples");
    await stage.window.execute("valar.newChat");
    await asksNothing();
    await panel.answerTo("Say: about bread");
  });

  const row = (title: string) =>
    stage.window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title });
  const asksNothing = () => until("an empty chat", async () => (await panel.questions.count()) === 0);

  /** What is kept on disk for chats in tabs. */
  async function tabFiles(): Promise<readonly string[]> {
    const names = await readdir(stage.vscode.dataFolder, { recursive: true });
    return names.filter((name) => /(panel|context)-editor/.test(path.basename(name)));
  }

  async function pressOn(title: string, button: string): Promise<void> {
    await row(title).hover();
    await row(title).getByRole("button", { name: button }).click();
  }

  it("finds a chat by what was said in it, and opens it", async () => {
    await stage.window.runCommand("Valar: Show Chat History");
    await row("about bread").waitFor();
    await stage.window.inputBox().fill("apples");
    await row("about bread").waitFor({ state: "detached" });
    await row("about apples").click();
    await panel.prose(panel.answers.first()).getByText("about apples").waitFor();
  });

  it("renames and pins the chat that is open, deletes it, and brings it back", async () => {
    await stage.window.runCommand("Valar: Show Chat History");
    await pressOn("about apples", "Rename…");
    await until("its name", async () => (await stage.window.inputBox().inputValue()).includes("apples"));
    await stage.window.inputBox().fill("Fruit");
    await stage.window.page.keyboard.press("Enter");
    await pressOn("Fruit", "Pin");
    await row("Fruit").filter({ hasText: "Pinned" }).waitFor();
    await pressOn("Fruit", "Delete");
    await row("Fruit").waitFor({ state: "detached" });
    await stage.window.page.keyboard.press("Escape");
    await asksNothing();

    const told = stage.window.notification("“Fruit” was deleted.");
    await told.getByRole("button", { name: "Undo" }).click();
    await panel.prose(panel.answers.first()).getByText("about apples").waitFor();
  });

  it("has a chat in an editor tab back after a reload, with what was typed", async () => {
    await stage.window.runCommand("Valar: Open Chat in Editor");
    const tab = await stage.window.chatEditorFrame();
    const draft = "not yet sent from the tab";
    await tab.getByRole("textbox", { name: "Message" }).fill(draft);
    await until("the draft on disk", () => stage.vscode.isStored(draft));
    await stage.window.reloadByCommand();
    const again = await stage.window.chatEditorFrame();
    await again.getByRole("article", { name: "Valar" }).getByText("about apples").waitFor();
    await until(
      "the draft",
      async () => (await again.getByRole("textbox", { name: "Message" }).inputValue()) === draft,
    );
    await stage.window.execute("workbench.action.closeAllEditors");
    await until("the tab's page to go", () => again.isDetached());
  });

  it("keeps what was typed in a tab that is closed, and forgets what is thrown away", async () => {
    await stage.window.runCommand("Valar: Open Chat in Editor");
    const tab = await stage.window.chatEditorFrame();
    const draft = "left in a tab that is closed";
    await tab.getByRole("textbox", { name: "Message" }).fill(draft);
    await until("the draft on disk", () => stage.vscode.isStored(draft));
    await stage.window.execute("workbench.action.closeAllEditors");
    panel = await ChatPanel.open(stage.window);
    await until("the draft in the view", async () => (await panel.box.inputValue()).includes(draft));
    await until("the tab to be forgotten", async () => (await tabFiles()).length === 0);
    await panel.box.fill("");
    await until("the draft to be gone", async () => !(await stage.vscode.isStored(draft)));
  });

  it("sends what was on its way in a tab that is closed, or gives it back, but never both", async () => {
    for (const n of [1, 2]) {
      const first = `Write 400 words, time ${n}`;
      const second = `Say: on its way ${n}`;
      const saying = () =>
        stage.simulator.requests.filter(({ body }) => JSON.stringify(body ?? {}).includes(second)).length;
      await stage.window.runCommand("Valar: Open Chat in Editor");
      const tab = await stage.window.chatEditorFrame();
      const box = tab.getByRole("textbox", { name: "Message" });
      await box.fill(first);
      await box.press("Enter");
      await tab.getByRole("article", { name: "You" }).getByText(first).waitFor();
      await box.fill(second);
      await box.press("Enter");
      await stage.window.execute("workbench.action.closeAllEditors");
      await until("the tab to be forgotten", async () => (await tabFiles()).length === 0);
      panel = await ChatPanel.open(stage.window);
      const isBack = async () => (await panel.box.inputValue()).includes(second);
      await until("the message here or there", async () => saying() > 0 || (await isBack()));
      assert.deepEqual([saying(), await isBack()], (await isBack()) ? [0, true] : [1, false]);
      await panel.box.fill("");
    }
  });

  it("asks before an export takes the place of a file", async () => {
    const file = path.join(stage.vscode.workspace, "kept.md");
    await writeFile(file, "somebody's own");
    const { page } = stage.window;
    const dialog = page.locator(".quick-input-widget:visible");
    await stage.window.runCommand("Valar: Export Chat…");
    await dialog.locator(".monaco-list-row").first().waitFor();
    // Whenever it has read a folder it puts that into the field, whatever was typed before.
    await untilAtRest(
      "the dialog to hold the name",
      async () => {
        const name = await stage.window.inputBox().inputValue();
        if (name !== file) await stage.window.inputBox().fill(file);
        return name;
      },
      (name) => name === file,
      1000,
    );
    await page.keyboard.press("Enter");
    await dialog.getByText("already exists").waitFor();
    // “No” leads back to the dialog for the name.
    await until("the dialogs to be closed", async () => {
      await page.keyboard.press("Escape");
      return (await dialog.count()) === 0;
    });
    assert.equal(await readFile(file, "utf8"), "somebody's own");
  });
});
