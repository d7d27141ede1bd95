import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Conversation } from "../../src/core/chat/conversation.ts";
import { exportJson } from "../../src/core/chat/exportJson.ts";
import { hostileMarkdown } from "../support/hostile/corpus.ts";
import { faultsOf, sightOf, watch, type Sight } from "../support/hostile/witness.ts";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("an answer that means harm", () => {
  const stage = useStage({ simulator: { tokensPerSecond: 10_000 } });
  const fetched: string[] = [];
  const dialogs: string[] = [];
  let policy = "";
  before(async () => {
    const panel = await ChatPanel.open(stage.window);
    await panel.answerTo("Say: warm up");
    policy = (await panel.frame.locator("meta[http-equiv]").getAttribute("content")) ?? "";
    stage.window.page.on("request", (request) => fetched.push(request.url()));
    stage.window.page.on("dialog", (dialog) => dialogs.push(dialog.message()));
  });

  it("fetches nothing and runs nothing, live and restored", async () => {
    let panel = await ChatPanel.open(stage.window);
    await panel.conversation.evaluate(watch);
    await panel.answerTo("hostile");
    await assertHarmless(panel);
    await stage.window.reloadWindow();
    panel = await ChatPanel.open(stage.window);
    await panel.answers.nth(1).waitFor();
    await panel.conversation.evaluate(watch);
    await until("the restored answer to be filled", async () => {
      const { kinds, targets }: Sight = await panel.conversation.evaluate(sightOf);
      return kinds.length > 20 && targets.length > 20;
    });
    await assertHarmless(panel);
  });

  it("does no more when it was imported", async () => {
    const file = path.join(stage.vscode.workspace, "chat.json");
    await writeFile(file, exportJson({ conversation: hostileConversation(), changedAt: 5 }));
    await stage.window.runCommand("Valar: Import Chat…");
    await stage.window.chooseFile("Import Chat", file);
    const panel = await ChatPanel.open(stage.window);
    await panel.answers.filter({ hasText: "The imported one" }).waitFor();
    await panel.conversation.evaluate(watch);
    await assertHarmless(panel);
  });

  async function assertHarmless(panel: ChatPanel): Promise<void> {
    const sight: Sight = await panel.conversation.evaluate(sightOf);
    assert.ok(sight.kinds.length > 20 && sight.targets.length > 20);
    assert.deepEqual(faultsOf(sight), []);
    assert.equal((await panel.frame.locator("meta[http-equiv]").all()).length, 1);
    const now = await panel.frame.locator("meta[http-equiv]").getAttribute("content");
    const withoutNonce = (text: string) => text.replace(/'nonce-\w+'/, "");
    assert.equal(withoutNonce(now ?? ""), withoutNonce(policy));
    assert.deepEqual(
      fetched.filter((url) => /^(?:https?|wss?):/.test(url) && !isOwn(url)),
      [],
    );
    assert.deepEqual(dialogs, []);
    assert.equal(stage.window.page.context().pages().length, 1);
  }

  /** VS Code serves the panel's own files under a name that never leaves the browser. */
  function isOwn(url: string): boolean {
    return (
      url.startsWith(stage.vscode.server.origin) ||
      /^https:\/\/[^/]+\.vscode-cdn\.net\/.*\/dist\/webview\/[\w-]+\.(js|css)$/.test(url)
    );
  }
});

function hostileConversation(): Conversation {
  const bad = '\u202egpj.<img src="https://evil.example/name.png" onerror=alert(1)>\u{e0041}';
  return {
    id: bad,
    createdAt: 0,
    title: `[x](command:workbench.action.quit) $(trash) ${bad}`,
    leafId: "a",
    messages: [
      {
        kind: "user",
        id: "u",
        parentId: undefined,
        text: hostileMarkdown(),
        context: [
          {
            kind: "file",
            id: bad,
            path: `src/${bad}`,
            languageId: bad,
            text: bad,
            uri: "command:workbench.action.quit",
          },
          {
            kind: "image",
            id: "i",
            name: bad,
            url: "data:image/svg+xml,<svg onload=alert(1)>",
            width: 1,
            height: 1,
            bytes: 1,
          },
        ],
      },
      {
        kind: "answer",
        id: "a",
        parentId: "u",
        content: `The imported one\n\n${hostileMarkdown()}`,
        reasoning: hostileMarkdown(),
        refusal: hostileMarkdown(),
        outcome: { type: "failed", failure: { kind: bad, message: bad, requestId: bad } },
        model: bad,
        completionWindow: undefined,
        request: undefined,
        requestId: bad,
        usage: undefined,
        timing: { firstTokenMs: 1, reasoningMs: 1, totalMs: 2 },
      },
    ],
  };
}
