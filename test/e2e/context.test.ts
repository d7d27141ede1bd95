import assert from "node:assert/strict";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("context of a message", () => {
  const stage = useStage({
    files: { "src/long.ts": "export const numbers = [\n" + "  1234,\n".repeat(1000) + "];\n" },
  });
  let panel: ChatPanel;
  beforeEach(async () => {
    await stage.window.openFile("src/cart.ts");
    panel = await ChatPanel.open(stage.window);
    await stage.window.execute("valar.newChat");
    await until("an empty chat", async () => (await panel.questions.count()) === 0);
    await panel.button("cart.ts").waitFor();
  });

  /** What the last message said to the model, context included. */
  const lastSent = (): string => {
    const body = JSON.stringify(stage.simulator.requests.at(-1)?.body?.["messages"] ?? assert.fail());
    const messages = JSON.parse(body) as readonly { readonly content: string }[];
    return messages.at(-1)?.content ?? assert.fail();
  };
  const send = async (text = "") => {
    const before = await panel.answers.count();
    await panel.box.press("End");
    await panel.box.pressSequentially(text);
    await panel.box.press("Enter");
    await panel.answers.nth(before).waitFor();
    await panel.settled();
  };
  /** Types up to a suggestion and takes it. */
  const take = async (text: string, suggestion: RegExp) => {
    await panel.box.focus();
    await panel.box.pressSequentially(text);
    await panel.takeOption(suggestion);
  };

  it("is a file that is mentioned, and the open one, which is given once", async () => {
    await take("Compare @orders", /orders\.ts/);
    await panel.button("Remove orders.ts").waitFor();
    await send("please");
    assert.match(lastSent(), /^Compare @orders\.ts please\n/);
    assert.match(lastSent(), /From `src\/orders\.ts`:[^]*export interface Order /);
    assert.match(lastSent(), /From `src\/cart\.ts`:[^]*export interface CartLine /);
    await send("And now?");
    assert.equal(lastSent(), "And now?\n\nWith `src/cart.ts`, unchanged since it was given above.");
  });

  it("is a symbol that is mentioned, without the open file where that is switched off", async () => {
    await panel.button("cart.ts").click();
    await panel.frame.locator("[aria-pressed=false]").waitFor();
    await until("the language's symbols", async () => {
      const found = await stage.window.execute("vscode.executeWorkspaceSymbolProvider", "subtotal");
      return Array.isArray(found) && found.length > 0;
    });
    await take("Explain @subtotal", /subtotal/);
    await panel.button("Remove cart.ts:8-14").waitFor();
    await send();
    assert.match(lastSent(), /From `src\/cart\.ts`, lines 8–14:/);
    assert.doesNotMatch(lastSent(), /interface CartLine/);
    await panel.button("cart.ts").click();
  });

  it("goes with a command, and with a prompt of one's own", async () => {
    await stage.window.changeSetting("valar.prompts", { haiku: "Write a haiku about the code." });
    await take("/expl", /explain/);
    await send();
    assert.match(lastSent(), /^Explain the code [^]*From `src\/cart\.ts`:/);
    await take("/hai", /haiku/);
    await send("short");
    assert.match(lastSent(), /^Write a haiku about the code\.\n\nshort\n/);
    assert.match(await panel.questions.last().innerText(), /\/haiku short/);
  });

  it("is an image that is pasted, shown small in its message and whole in VS Code's own preview", async () => {
    await stage.window.changeSetting("valar.model", "moonshotai/Kimi-K2.6");
    await panel.frame.locator(".modelPicker", { hasText: "Kimi K2.6" }).waitFor();
    await panel.box.evaluate(async (box) => {
      const canvas = new OffscreenCanvas(24, 16);
      const drawing = canvas.getContext("2d");
      if (drawing === null) throw new Error("No canvas");
      drawing.fillStyle = "teal";
      drawing.fillRect(0, 0, 24, 16);
      const clipboardData = new DataTransfer();
      const image = await canvas.convertToBlob();
      clipboardData.items.add(new File([image], "image.png", { type: "image/png" }));
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    await panel.frame.locator(".composer canvas.thumbnail").waitFor();
    await panel.answerTo("What is this?");
    const chip = panel.questions.last().getByRole("button", { name: "Pasted image 1" });
    await chip.locator("canvas.thumbnail").waitFor();
    await chip.click();
    const widths = async (): Promise<number[]> => {
      const shown = await Promise.all(
        stage.window.page
          .frames()
          .map((frame) =>
            frame
              .evaluate(() => [...document.querySelectorAll("img")].map((image) => image.naturalWidth))
              .catch(() => []),
          ),
      );
      return shown.flat();
    };
    await until("the image in the preview", async () => (await widths()).includes(24));
    await stage.window.changeSetting("valar.model", undefined);
  });

  it("is left out by choice when the request is too long, and nothing is sent before", async () => {
    await stage.window.changeSetting("valar.context.maxTokens", 1000);
    await stage.window.openFile("src/long.ts");
    panel = await ChatPanel.open(stage.window);
    await panel.button("long.ts").waitFor();
    await panel.ask("Say: too much?");
    await panel.frame.getByRole("group", { name: /^This request would hold about/ }).waitFor();
    assert.equal(stage.simulator.inferences, 0);
    assert.equal(await panel.box.inputValue(), "Say: too much?");
    await panel.button("Leave Out Attached Context").click();
    await panel.prose(panel.answers.first()).getByText("too much?").waitFor();
    await panel.settled();
    assert.equal(lastSent(), "Say: too much?");
    assert.equal(await panel.box.inputValue(), "");
    await stage.window.changeSetting("valar.context.maxTokens", undefined);
  });
});
