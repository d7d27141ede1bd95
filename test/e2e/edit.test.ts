import assert from "node:assert/strict";
import { until } from "../support/realVscode/until.ts";
import { testKey } from "../support/simulator/config.ts";
import { startSimulator, type Simulator } from "../support/simulator/server.ts";
import { launchVscode, type RealVscode } from "./support/launch.ts";
import type { Workbench } from "./support/workbench.ts";

const file = "src/cart.ts";
/** `subtotal`, whose index loop the simulator really turns into a `for … of`. */
const [firstLine, lastLine] = [7, 14];

describe("editing code in place", () => {
  let simulator: Simulator;
  let vscode: RealVscode;
  let window: Workbench;
  let original: string;

  before(async () => {
    simulator = await startSimulator();
    vscode = await launchVscode({
      settings: { "valar.baseUrl": simulator.baseUrl },
      env: { VALAR_API_KEY: testKey },
    });
    window = await vscode.openWindow();
    original = await window.savedText(file);
  });
  afterEach(async () => {
    simulator.reset();
    assert.equal(await window.savedText(file), original, "nothing is saved for the person");
    await window.execute("notifications.clearAll");
  });
  after(async () => {
    await vscode.close();
    await simulator.close();
  });

  const zone = () => window.page.locator(".review-widget").first();
  const lens = (text: string) =>
    window.page.locator(".codelens-decoration a").filter({ hasText: text }).first();
  const refactor = async (): Promise<void> => {
    await window.selectLines(file, firstLine, lastLine);
    await window.runCommand("Valar: Refactor Selection");
  };
  const reviewing = async (): Promise<void> => window.statusBarItem("1 edit to review").waitFor();
  const over = async (): Promise<void> => {
    await zone().waitFor({ state: "detached" });
    await window.statusBarItem("edit to review").waitFor({ state: "hidden" });
    // VS Code takes its time over CodeLens: one that is left over would be the last edit's.
    await window.page
      .locator(".codelens-decoration")
      .getByText(/Reject|Stop/)
      .first()
      .waitFor({ state: "detached" });
  };
  const untouched = async (): Promise<void> => {
    assert.equal(await window.editorText(file), original);
    // VS Code tells of that later than of the text.
    await until("no change to be saved", async () => !(await window.document(file)).isDirty);
  };

  it("shows the change where it happens while it streams, and keeps the document as it is", async () => {
    simulator.faults.add({ action: { type: "break", at: { content: 220 }, then: "hold" } });
    await refactor();
    await zone().getByText("for (const line of lines)").waitFor();
    await window.page.locator(".codelens-decoration").getByText("Valar is writing…").waitFor();
    await untouched();
    assert.equal(await window.page.locator(".part.panel").isVisible(), false, "no panel opens by itself");
    simulator.release();
    await reviewing();
    await lens("Accept").waitFor();
    await untouched();
    await window.execute("valar.rejectEdit");
    await over();
  });

  it("applies it on Ctrl+Enter, and takes all of it back with one undo", async () => {
    await refactor();
    await reviewing();
    await window.page.keyboard.press("Control+Enter");
    await until("the edit", async () =>
      (await window.editorText(file)).includes("for (const line of lines)"),
    );
    await over();
    const text = await window.editorText(file);
    assert.equal(text.slice(0, text.indexOf("for (")), original.slice(0, original.indexOf("for (")));
    await window.page.keyboard.press("Control+z");
    await until("the undo", async () => (await window.editorText(file)) === original);
    await untouched();
  });

  it("drops it on Escape", async () => {
    await refactor();
    await reviewing();
    await window.page.keyboard.press("Escape");
    await over();
    await untouched();
  });

  it("accepts and rejects with the CodeLens and in the zone", async () => {
    await refactor();
    await reviewing();
    await lens("Reject").click();
    await over();
    await untouched();
    await refactor();
    await reviewing();
    await zone().getByRole("button", { name: "Accept Edit" }).click();
    await over();
    await until("the edit", async () => (await window.document(file)).isDirty);
    await window.page.locator(".view-lines").first().click();
    await window.page.keyboard.press("Control+z");
    await until("the undo", async () => !(await window.document(file)).isDirty);
  });

  it("stops an answer on its way", async () => {
    simulator.faults.add({ action: { type: "break", at: { content: 220 }, then: "hold" } });
    await refactor();
    await zone().getByText("for (const line of lines)").waitFor();
    await lens("Stop").click();
    await over();
    await until("the request's end", () => simulator.stats().open === 0);
    await untouched();
  });

  it("does what is typed into the box, and offers it again", async () => {
    const instruction = "rename sum to totalSum";
    const past = window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: instruction });
    await window.selectLines(file, firstLine, lastLine);
    await window.page.keyboard.press("Control+Alt+e");
    await window.inputBox().fill(instruction);
    await window.page.keyboard.press("Enter");
    await reviewing();
    assert.match(JSON.stringify(simulator.requests.at(-1)?.body), /rename sum to totalSum/);
    await zone().getByText("totalSum").first().waitFor();
    await window.page.keyboard.press("Escape");
    await over();

    await window.selectLines(file, firstLine, lastLine);
    await window.page.keyboard.press("Control+Alt+e");
    await past.waitFor();
    await window.page.keyboard.press("Enter");
    await reviewing();
    assert.match(JSON.stringify(simulator.requests.at(-1)?.body), /rename sum to totalSum/);
    await window.page.keyboard.press("Escape");
    await over();
    await untouched();
  });

  it("opens VS Code's diff editor, accepts there and closes it", async () => {
    await refactor();
    await reviewing();
    await lens("Show Diff").click();
    const tab = window.page.getByRole("tab", { name: /cart\.ts \(Valar: Refactor\)/ });
    await tab.waitFor();
    await window.page.locator(".editor-actions").getByRole("button", { name: "Accept Edit" }).click();
    await tab.waitFor({ state: "detached" });
    await until("the edit", async () =>
      (await window.editorText(file)).includes("for (const line of lines)"),
    );
    await window.page.locator(".view-lines").first().click();
    await window.page.keyboard.press("Control+z");
    await until("the undo", async () => (await window.editorText(file)) === original);
  });

  it("moves along with typing above it", async () => {
    await refactor();
    await reviewing();
    await window.page.keyboard.press("Control+Home");
    await window.page.keyboard.type("let typed;\n");
    await window.page.keyboard.press("Control+Enter");
    await until("the edit", async () => {
      const text = await window.editorText(file);
      return text.startsWith("let typed;\nexport interface") && text.includes("for (const line of lines)");
    });
    await window.page.keyboard.press("Control+z");
    await until("the undo", async () => (await window.editorText(file)) === `let typed;\n${original}`);
    await window.execute("workbench.action.files.revert");
    await until("the revert", async () => !(await window.document(file)).isDirty);
  });

  it("says what to do when the answer has no code block, and changes nothing", async () => {
    simulator.configure({ editAnswer: "bare" });
    await refactor();
    const message = window.notification("The answer has no code block");
    await message.waitFor();
    assert.match(await message.innerText(), /Your file is unchanged/);
    await untouched();
    simulator.configure({ editAnswer: "fenced" });
    await message.getByRole("button", { name: "Retry" }).click();
    await reviewing();
    await window.page.locator(".view-lines").first().click();
    await window.runCommand("Valar: Reject Edit");
    await over();
    await untouched();
  });

  it("says what to do when the request is refused, and changes nothing", async () => {
    simulator.faults.add({ action: { type: "status", status: 402 } });
    await refactor();
    const message = window.notification("Your file is unchanged");
    await message.waitFor();
    await message.getByRole("button", { name: "Retry" }).waitFor();
    await untouched();
  });
});
