import assert from "node:assert/strict";
import path from "node:path";
import { until } from "../support/realVscode/until.ts";
import { useStage } from "./support/stage.ts";
import { VscodeChat } from "./support/vscodeChat.ts";

describe("Valar in VS Code's own chat, signed out of GitHub", () => {
  const stage = useStage({ settings: { "chat.disableAIFeatures": false } });
  let chat: VscodeChat;

  before(async () => {
    chat = new VscodeChat(stage.window);
    await stage.window.openFile("src/cart.ts");
    const { userDataFolder } = stage.vscode.server;
    await chat.addModels("Valar", path.join(userDataFolder, "User/chatLanguageModels.json"));
  });
  beforeEach(() => chat.open());

  const asked = () => stage.simulator.requests.filter(({ method }) => method === "POST");
  const messagesOf = (at: number) => JSON.stringify(asked().at(at)?.body?.["messages"]);

  it("answers with the model that is picked", async () => {
    await chat.pickModel("GLM-5.1");
    await chat.ask("What is a monad?");
    await chat.answerWith("GLM-5.1");
    await until("the request to end", () => asked()[0]?.outcome === "answered");
    assert.equal(asked()[0]?.body?.["model"], "zai-org/GLM-5.1-FP8");
  });

  it("@valar explains the code in the editor, with the model that is picked, and says what it cost", async () => {
    await chat.pickModel("GLM-5.1");
    await chat.ask("@valar /explain");
    const answer = await chat.answerWith("subtotal");
    await answer.filter({ hasText: /GLM-5\.1 • Now • [\d.k]+ in.* • \d+ out • \$0\.\d+/ }).waitFor();
    const [request] = asked();
    assert.equal(request?.body?.["model"], "zai-org/GLM-5.1-FP8");
    assert.match(messagesOf(0), /Explain the code given with this message.*From `src\/cart\.ts`/);
    assert.doesNotMatch(messagesOf(0), /<skills>/);
  });

  it("@valar sends its turns so far, just as they were, and offers what can follow", async () => {
    await chat.ask("@valar /explain");
    await chat.answerWith("subtotal");
    await stage.window.page.getByText("Write tests for this code.", { exact: true }).click();
    await until("the second request to end", () => asked()[1]?.outcome === "answered");
    const [first, second] = [0, 1].map((at) => asked()[at]?.body?.["messages"] as unknown[]);
    assert.deepEqual(second?.slice(0, 2), first);
    assert.equal(second?.length, 4);
    assert.match(messagesOf(1), /Write tests for the code given with this message/);
  });

  it("@valar says what went wrong, with the buttons that help", async () => {
    stage.simulator.faults.add({ action: { type: "status", status: 401 } });
    await chat.ask("@valar hello");
    const answer = chat.responses.last();
    await answer.getByRole("button", { name: "Set API Token" }).waitFor();
    await answer.getByRole("button", { name: "Get a Key" }).waitFor();
    await answer.filter({ hasText: "Your message is kept." }).waitFor();
  });

  it("@valar stops when it is told to", async () => {
    stage.simulator.configure({ tokensPerSecond: 50 });
    await chat.ask("@valar Write 20 KB of markdown.");
    await until("the answer to begin", () => asked()[0]?.outcome === "open");
    await until("the end of the request", async () => {
      await stage.window.execute("workbench.action.chat.cancel");
      return asked()[0]?.outcome !== "open";
    });
    assert.notEqual(asked()[0]?.outcome, "answered");
  });

  it("lets other extensions ask a model cheaply, once the person has seen what is sent and what it costs", async () => {
    const input = { question: "Say: `one` two three" };
    const reply = stage.window.helper.ask("invokeTool", { name: "valar_ask", input });
    const dialog = stage.window.page.locator(".monaco-dialog-box", { hasText: "Ask Valar?" });
    const told = await dialog.innerText();
    assert.match(told, /DeepSeek V4 Flash is asked, in the completion window Standard\./);
    assert.match(told, /\$0\.05 in, \$0\.10 out per million tokens; this text alone comes to/);
    assert.match(told, /This text is sent to Valar.*Say: `one` two three/s);
    assert.deepEqual(asked(), []);
    await dialog.getByRole("button", { name: "Yes", exact: true }).click();
    assert.match((await reply).text, /one.* two three/);
    const { model, metadata } = asked()[0]?.body ?? {};
    assert.equal(model, "deepseek-ai/DeepSeek-V4-Flash");
    assert.deepEqual(metadata, { completion_window: "standard" });
  });

  it("sends nothing for other extensions when the person says no", async () => {
    const input = { question: "Say: nothing" };
    const reply = stage.window.helper.ask("invokeTool", { name: "valar_ask", input });
    const dialog = stage.window.page.locator(".monaco-dialog-box", { hasText: "Ask Valar?" });
    await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
    const { text, error } = await reply;
    assert.equal(text, "");
    assert.match(String(error?.code), /Cancel/);
    assert.deepEqual(asked(), []);
    await dialog.waitFor({ state: "hidden" });
    assert.deepEqual(await stage.window.notificationTexts(), []);
  });
});
