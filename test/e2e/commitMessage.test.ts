import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/realVscode/until.ts";
import { useStage } from "./support/stage.ts";

describe("a commit message", () => {
  const stage = useStage({ settings: { "valar.reasoningEffort": "none", "git.enabled": true } });
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], {
      cwd: stage.vscode.workspace,
      encoding: "utf8",
    });
  const box = () => stage.window.page.locator(".scm-editor .view-lines").first();
  const shown = async () => (await box().innerText()).replaceAll("\u00a0", " ");

  before(async () => {
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "feat(shop): add the cart");
    await stage.window.execute("git.openRepository", stage.vscode.workspace);
    await stage.window.execute("workbench.view.scm");
    await box().waitFor();
  });

  afterEach(() => stage.window.execute("notifications.clearAll"));

  async function change(file: string, text: string): Promise<void> {
    await writeFile(path.join(stage.vscode.workspace, file), text);
    await stage.window.execute("git.refresh");
  }

  it("says so when nothing has changed", async () => {
    await stage.window.execute("valar.generateCommitMessage");
    await stage.window.page
      .getByText("There are no changes to write a commit message for.")
      .first()
      .waitFor();
    assert.equal(stage.simulator.requests.length, 0);
  });

  it("is written from what is staged, in the style of the last commits", async () => {
    await change("src/cart.ts", "export const cart = [];\n");
    git("add", "src/cart.ts");
    await change("src/orders.ts", "export const orders = [];\n");
    await stage.window.page.getByRole("button", { name: "Changes Section" }).hover();
    await stage.window.page.getByRole("button", { name: "Generate Commit Message" }).first().click();
    await until("the message", async () => (await shown()).includes("Update cart.ts"));
    const sent = stage.simulator.requests.at(-1)?.bodyText ?? "";
    assert.match(sent, /feat\(shop\): add the cart/);
    assert.match(sent, /src\/cart\.ts/);
    assert.doesNotMatch(sent, /src\/orders\.ts/);
    await stage.window.screenshot("commit-message");
  });

  it("gives back what was there when it is cancelled in the middle, and ends the request", async () => {
    const before = await shown();
    stage.simulator.faults.add({ action: { type: "break", at: { content: 6 }, then: "hold" } });
    await stage.window.execute("workbench.view.scm");
    const writing = stage.window.execute("valar.generateCommitMessage");
    await until(
      "half a message",
      async () => /^Updat/.test(await shown()) && (await shown()).length < before.length,
    );
    const progress = stage.window.notification("Writing the commit message…");
    await progress.getByRole("button", { name: "Cancel" }).click();
    await writing;
    await until("what was there", async () => (await shown()) === before);
    await until("the end of the request", () => stage.simulator.requests.at(-1)?.outcome === "clientLeft");
    assert.deepEqual([stage.simulator.requests.length, stage.simulator.inferences], [1, 1]);
    await progress.waitFor({ state: "hidden" });
    assert.deepEqual(await stage.window.notificationTexts(), []);
  });

  it("gives back what was there when it fails, with a way to go on", async () => {
    const before = await shown();
    stage.simulator.faults.add({ action: { type: "status", status: 402 } });
    await stage.window.execute("valar.generateCommitMessage");
    await stage.window.page.getByRole("button", { name: "Try Again" }).first().waitFor();
    await until("what was there", async () => (await shown()) === before);
  });
});

describe("a commit message without a token", () => {
  const stage = useStage({ isSignedIn: false, settings: { "git.enabled": true } });

  it("offers to set one, and keeps what was typed", async () => {
    const repository = stage.vscode.workspace;
    execFileSync("git", ["init", "--quiet"], { cwd: repository });
    await stage.window.execute("git.openRepository", repository);
    await stage.window.execute("workbench.view.scm");
    const box = stage.window.page.locator(".scm-editor .view-lines").first();
    await box.click();
    await stage.window.page.keyboard.type("mine");
    await stage.window.execute("valar.generateCommitMessage");
    const message = stage.window.notification("No API token is set.");
    await message.getByRole("button", { name: "Get a Key" }).waitFor();
    await message.getByRole("button", { name: "Set API Token" }).click();
    await until(
      "a password box",
      async () => (await stage.window.inputBox().getAttribute("type")) === "password",
    );
    assert.equal(await box.innerText(), "mine");
    assert.equal(stage.simulator.requests.length, 0);
  });
});
