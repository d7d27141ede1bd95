import assert from "node:assert/strict";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

describe("explaining code", () => {
  const stage = useStage({ files: { "src/empty.ts": "", "notes.txt": "just text\n" } });

  /** What the newest request says, once there is one. */
  function lastBody(): Promise<string> {
    return until(
      "a request",
      () => stage.simulator.requests.at(-1)?.body && stage.simulator.requests.at(-1)?.bodyText,
    );
  }

  /** Waits for the question about this place and for its whole answer, which alone can be made again. */
  async function explained(panel: ChatPanel, place: string): Promise<void> {
    await panel.questions.last().getByText(place).waitFor();
    await panel.answers.last().getByRole("button", { name: "Regenerate" }).waitFor();
    await panel.settled();
  }

  it("sends the selected lines with their path and streams the explanation into the panel", async () => {
    await stage.window.selectLines("src/cart.ts", 1, 12);
    await stage.window.runCommand("Valar: Explain Selection");
    const panel = await ChatPanel.open(stage.window);
    await explained(panel, "cart.ts:1-12");
    const selected = (await stage.window.editorText("src/cart.ts")).split("\n").slice(0, 12).join("\n");
    assert.ok((await lastBody()).includes(JSON.stringify(selected).slice(1, -1)));
    assert.ok((await lastBody()).includes("src/cart.ts"));
  });

  it("takes the function around the cursor when nothing is selected", async () => {
    const text = await stage.window.openFile("src/cart.ts");
    const line = text.text.split(text.eol).findIndex((content) => content.includes("function subtotal"));
    await stage.window.select("src/cart.ts", [line + 1, 2], [line + 1, 2]);
    await stage.window.runCommand("Valar: Explain Selection");
    const panel = await ChatPanel.open(stage.window);
    await explained(panel, `cart.ts:${line + 1}-`);
    assert.ok((await lastBody()).includes("function subtotal"));
  });

  it("says what to do when there is nothing to explain, and sends nothing", async () => {
    await stage.window.openFile("src/empty.ts");
    await stage.window.runCommand("Valar: Explain Selection");
    await stage.window.notification("This file is empty.").waitFor();
    assert.equal(stage.simulator.requests.length, 0);
  });

  it("offers the whole file where the language knows no symbols", async () => {
    await stage.window.openFile("notes.txt");
    await stage.window.runCommand("Valar: Explain Selection");
    const message = stage.window.notification("Nothing is selected.");
    await message.getByRole("button", { name: "Explain Whole File" }).click();
    const panel = await ChatPanel.open(stage.window);
    await explained(panel, "notes.txt:1");
    assert.ok((await lastBody()).includes("just text"));
  });

  it("attaches a selection to the next message, once, with a chip that can be removed", async () => {
    await stage.window.selectLines("src/cart.ts", 1, 3);
    await stage.window.runCommand("Valar: Add Selection to Chat");
    const panel = await ChatPanel.open(stage.window);
    await panel.button("Remove cart.ts:1-3").click();
    await panel.button("Remove cart.ts:1-3").waitFor({ state: "detached" });
    await stage.window.selectLines("src/cart.ts", 2, 4);
    await stage.window.runCommand("Valar: Add Selection to Chat");
    await panel.button("Remove cart.ts:2-4").waitFor();
    await panel.answerTo("What is this?");
    assert.match(await panel.questions.last().innerText(), /cart\.ts:2-4/);
    await panel.button("Remove cart.ts:2-4").waitFor({ state: "detached" });
  });
});
