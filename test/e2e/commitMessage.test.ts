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

  it("gives back what was there when it fails, with a way to go on", async () => {
    const before = await shown();
    stage.simulator.faults.add({ action: { type: "status", status: 402 } });
    await stage.window.execute("valar.generateCommitMessage");
    await stage.window.page.getByRole("button", { name: "Try Again" }).first().waitFor();
    await until("what was there", async () => (await shown()) === before);
  });
});
