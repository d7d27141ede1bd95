import assert from "node:assert/strict";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("an answer that means harm", () => {
  const stage = useStage();

  it("fetches nothing and runs nothing, live and restored", async () => {
    let panel = await ChatPanel.open(stage.window);
    await panel.answerTo("Say: warm up");
    const fetched: string[] = [];
    const dialogs: string[] = [];
    stage.window.page.on("request", (request) => fetched.push(request.url()));
    stage.window.page.on("dialog", (dialog) => dialogs.push(dialog.message()));
    await panel.answerTo("hostile");
    await assertHarmless(panel);
    // VS Code serves the panel's own files under a name that never leaves the browser.
    const isOwn = (url: string) =>
      url.startsWith(stage.vscode.server.origin) ||
      /^https:\/\/[^/]+\.vscode-cdn\.net\/.*\/dist\/webview\/[\w-]+\.(js|css)$/.test(url);
    const outside = () => fetched.filter((url) => /^https?:/.test(url) && !isOwn(url));
    assert.deepEqual(outside(), []);
    await stage.window.reloadWindow();
    panel = await ChatPanel.open(stage.window);
    await panel.answers.last().waitFor();
    await assertHarmless(panel);
    assert.deepEqual(outside(), []);
    assert.deepEqual(dialogs, []);
  });

  async function assertHarmless(panel: ChatPanel): Promise<void> {
    const found = await panel.conversation.evaluate((log) => ({
      dangerous: [
        ...log.querySelectorAll(
          "script,iframe,object,embed,img,video,audio,style,link,form,input:not([type=checkbox]),base,meta,svg image",
        ),
      ].map((element) => element.outerHTML),
      handlers: [...log.querySelectorAll("*")].flatMap((element) =>
        element
          .getAttributeNames()
          .filter((name) => name.startsWith("on") || name === "style" || name === "src"),
      ),
      links: [...log.querySelectorAll("a")].map((link) => link.getAttribute("href") ?? ""),
    }));
    assert.deepEqual(found.dangerous, []);
    assert.deepEqual(found.handlers, []);
    assert.deepEqual(
      found.links.filter((href) => href !== "" && !href.startsWith("https://") && href !== "#"),
      [],
    );
  }
});
