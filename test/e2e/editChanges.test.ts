import assert from "node:assert/strict";
import { until } from "../support/realVscode/until.ts";
import { testKey } from "../support/simulator/config.ts";
import { startSimulator, type Simulator } from "../support/simulator/server.ts";
import { launchVscode, type RealVscode } from "./support/launch.ts";
import type { Workbench } from "./support/workbench.ts";

const file = "src/three.ts";
const other = "src/cart.ts";
const names = ["first", "second", "third"] as const;

/** An index loop, which the simulator turns into a `for … of`: one change each, far enough apart. */
const loop = (name: string): string => `export function ${name}(items: number[]): number {
  let sum = 0;
  for (let i = 0; i < items.length; i++) {
    sum = sum + items[i];
  }
  return sum;
}
`;
const head = "// Three loops.\n\n";
const original = head + names.map(loop).join("\n");
const rewritten = (text: string): string =>
  text
    .replace("for (let i = 0; i < items.length; i++) {", "for (const item of items) {")
    .replace("sum = sum + items[i];", "sum += item;");

describe("an edit of several changes", () => {
  let simulator: Simulator;
  let vscode: RealVscode;
  let window: Workbench;

  before(async () => {
    simulator = await startSimulator();
    vscode = await launchVscode({
      settings: { "valar.baseUrl": simulator.baseUrl },
      env: { VALAR_API_KEY: testKey },
      files: { [file]: original },
    });
    window = await vscode.openWindow();
  });
  beforeEach(async () => {
    await window.execute("notifications.clearAll");
    await window.selectLines(file, 3, original.split("\n").length - 1);
  });
  afterEach(async () => {
    simulator.release();
    simulator.reset();
    assert.deepEqual(await window.savedBytes(file), Buffer.from(original), "nothing is saved for the person");
    await window.openFile(file);
    await window.execute("workbench.action.files.revert");
    await window.execute("workbench.action.closeAllEditors");
    await window.statusBarItem("edit to review").waitFor({ state: "hidden" });
    await window.page.locator(".review-widget").first().waitFor({ state: "detached" });
  });
  after(async () => {
    assert.deepEqual(
      window.consoleLines.filter((line) => /unknown thread/i.test(line)),
      [],
    );
    await vscode.close();
    await simulator.close();
  });

  const zone = (n: number) => window.page.locator(".review-widget").filter({ hasText: `change ${n} of 3` });
  const lens = (text: string) => window.page.locator(".codelens-decoration a").filter({ hasText: text });
  const text = (): Promise<string> => window.editorText(file);
  const becomes = (wanted: string): Promise<unknown> =>
    until("the text", async () => (await text()) === wanted).catch(async () =>
      assert.equal(await text(), wanted),
    );
  const refactor = (): Promise<void> => window.runCommand("Valar: Refactor Selection");
  const reviewing = (): Promise<void> => window.statusBarItem("1 edit to review").waitFor();
  const heldAt = async (content: number): Promise<void> => {
    simulator.faults.add({ action: { type: "break", at: { content }, then: "hold" } });
    await refactor();
    await until("the answer to be held", () => simulator.stats().held === 1);
    await window.page.locator(".review-widget").first().waitFor();
  };
  const focusEditor = (): Promise<void> =>
    window.execute("workbench.action.focusActiveEditorGroup").then(() => {});

  it("accepts one, rejects one, accepts the rest; one undo brings back every byte", async () => {
    await refactor();
    await reviewing();
    await zone(1).getByRole("button", { name: "Accept Change" }).click();
    await lens("Reject Change 2").click();
    await zone(1).getByText("accepted, written with the last decision").waitFor();
    await zone(2).getByText("these lines stay as they are").waitFor();
    assert.equal(await text(), original);
    await window.screenshot("edit-changes-dark");
    await window.setTheme("light");
    await window.screenshot("edit-changes-light");
    await window.setTheme("dark");
    await lens("Accept the Rest (1)").click();
    const [first, second, third] = names.map(loop);
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    await becomes(head + [rewritten(first), second, rewritten(third)].join("\n"));
    await focusEditor();
    await window.page.keyboard.press("Control+z");
    await becomes(original);
    await until("no change to be saved", async () => !(await window.document(file)).isDirty);
  });

  it("decides with the keys the change at the cursor", async () => {
    await refactor();
    await reviewing();
    await window.page.keyboard.press("Control+Home");
    await window.page.keyboard.press("Alt+F5");
    await until(
      "the cursor on the change",
      async () => (await window.activeEditor())?.selection.start[0] === 4,
    );
    await window.page.keyboard.press("Control+Alt+Backspace");
    await zone(1).getByText("these lines stay as they are").waitFor();
    await window.page.keyboard.press("Control+Enter");
    const [first, ...rest] = names.map(loop);
    await becomes(head + [first, ...rest.map(rewritten)].join("\n"));
    await window.page.keyboard.press("Control+z");
    await becomes(original);
  });

  it("goes on, at the right place, while one types above and looks at another file", async () => {
    await heldAt(220);
    await window.page.keyboard.press("Control+Home");
    await window.page.keyboard.type("let typed;\n");
    await window.openFile(other);
    simulator.release();
    await reviewing();
    assert.equal(
      ((await window.activeEditor())?.uri ?? "").slice(-other.length),
      other,
      "nobody is taken away from what they look at",
    );
    await window.openFile(file);
    await window.screenshot("edit-typed-above");
    await window.page.keyboard.press("Control+Enter");
    await becomes(`let typed;\n${head}${names.map(loop).map(rewritten).join("\n")}`);
    await window.page.keyboard.press("Control+z");
    await becomes(`let typed;\n${original}`);
  });

  it("ends with the tab, and stops the answer", async () => {
    await heldAt(220);
    await window.execute("workbench.action.closeActiveEditor");
    await window.notification("The file was closed").waitFor();
    await until("the request's end", () => simulator.stats().open === 0);
  });

  it("is whole and billed once when the server goes away in the middle", async () => {
    simulator.faults.add({ action: { type: "break", at: { content: 220 }, then: "reset" }, downMs: 300 });
    await refactor();
    await reviewing();
    assert.equal(new Set(simulator.requests.slice(-2).map(({ idempotencyKey }) => idempotencyKey)).size, 1);
    await window.page.keyboard.press("Control+Enter");
    await becomes(head + names.map(loop).map(rewritten).join("\n"));
  });

  it("is not applied when the answer was cut off at the token limit", async () => {
    await window.changeSetting("valar.maxCompletionTokens", 60);
    await refactor();
    const message = window.notification("Your file is unchanged");
    await message.waitFor();
    await window.screenshot("edit-truncated");
    await window.changeSetting("valar.maxCompletionTokens", undefined);
    assert.equal(await text(), original);
    assert.equal((await window.document(file)).isDirty, false);
  });
});
