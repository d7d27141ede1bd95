import assert from "node:assert/strict";
import { access, writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/realVscode/until.ts";
import { ChatPanel } from "./support/chatPanel.ts";
import { useStage } from "./support/stage.ts";

const tested = "src/price.ts";
const testedText = `export function price(net: number): number {
  return net * 1.2;
}
`;
const existing = "src/price.test.ts";
const existingText = `import { price } from "./price";

it("is old", () => {
  if (price(1) !== 1.2) throw new Error();
});
`;
const applied = "src/sum.ts";
/** Tabs and CRLF: one undo has to bring back each of them. */
const appliedText = [
  "export function one(): number {",
  "\treturn 1;",
  "}",
  "",
  "export function sumOf(items: number[]): number {",
  "\treturn items.length;",
  "}",
  "",
  "export const last = 1",
].join("\r\n");
const block = [
  "export function sumOf(items: number[]): number {",
  "  let sum = 0;",
  "  for (const item of items) sum += item;",
  "  return sum;",
  "}",
].join("\n");
const appliedAfter = appliedText.replace(
  "\treturn items.length;",
  ["\tlet sum = 0;", "\tfor (const item of items) sum += item;", "\treturn sum;"].join("\r\n"),
);

describe("editing from other places", () => {
  const stage = useStage({
    files: { [tested]: testedText, [applied]: appliedText },
    settings: { "valar.codeLens": true },
  });

  const reviewing = (): Promise<void> => stage.window.statusBarItem("1 edit to review").waitFor();
  const over = (): Promise<void> => stage.window.statusBarItem("edit to review").waitFor({ state: "hidden" });
  const activeText = async (): Promise<string> => (await stage.window.activeEditor())?.text ?? "";
  const activeTextWhen = (isRight: (text: string) => boolean): Promise<string> =>
    until("the text in view", async () => {
      const text = await activeText();
      return isRight(text) ? text : undefined;
    }).catch(async (error: unknown) => {
      throw new Error(`The text in view is still:\n${await activeText()}`, { cause: error });
    });
  /** VS Code tells of that later than of the text. */
  const isClean = (file: string): Promise<boolean> =>
    until("no change to be saved", async () => !(await stage.window.document(file)).isDirty);
  const isOnDisk = (file: string): Promise<boolean> =>
    access(path.join(stage.vscode.workspace, file)).then(
      () => true,
      () => false,
    );

  afterEach(async () => {
    assert.equal(await stage.window.savedText(tested), testedText);
    assert.equal(await stage.window.savedText(applied), appliedText, "nothing is saved for the person");
    await stage.window.execute("notifications.clearAll");
  });

  it("writes tests into a new file that is on no disk", async () => {
    await stage.window.select(tested, [1, 2], [1, 2]);
    await stage.window.runCommand("Valar: Write Tests");
    await reviewing();
    assert.match((await stage.window.activeEditor())?.uri ?? "", /^untitled:.*price\.test\.ts$/);
    assert.equal(await activeText(), "");
    await stage.window.screenshot("edit-tests-new");
    await stage.window.page.keyboard.press("Control+Enter");
    const text = await activeTextWhen((now) => now !== "");
    assert.match(text, /from "\.\/price"/);
    assert.ok(text.endsWith("});\n"), "it ends with a newline");
    await over();
    assert.equal(await isOnDisk(existing), false);
    await stage.window.page.keyboard.press("Control+z");
    await activeTextWhen((now) => now === "");
    await stage.window.execute("workbench.action.revertAndCloseActiveEditor");
  });

  it("adds tests to a file that has some", async () => {
    await writeFile(path.join(stage.vscode.workspace, existing), existingText);
    await stage.window.select(tested, [1, 2], [1, 2]);
    await stage.window.runCommand("Valar: Write Tests");
    await reviewing();
    assert.ok((await stage.window.activeEditor())?.uri.endsWith(existing));
    assert.equal(await stage.window.editorText(existing), existingText);
    assert.match(stage.simulator.requests.at(-1)?.bodyText ?? "", /keep every test it has/);
    await stage.window.screenshot("edit-tests-existing");
    await stage.window.page.keyboard.press("Control+Enter");
    await stage.window.editorTextWhen(existing, (text) => text.includes("price is there"));
    assert.equal(await stage.window.savedText(existing), existingText);
    await stage.window.page.keyboard.press("Control+z");
    await stage.window.editorTextWhen(existing, (text) => text === existingText);
    await isClean(existing);
  });

  it("applies a code block of an answer, and takes it back byte for byte", async () => {
    const { window } = stage;
    await window.openFile(applied);
    const panel = await ChatPanel.open(window);
    await panel.answerTo(`Repeat: In \`${applied}\`:\n\n\`\`\`ts\n${block}\n\`\`\`\n`);
    const before = stage.simulator.requests.length;
    // The file in view goes along with a message, and is repeated with it.
    const answered = panel.answers.last().locator(".codeBlock").filter({ hasText: "let sum" });
    await answered.getByRole("button", { name: "Apply to File" }).click();
    await reviewing();
    assert.equal(stage.simulator.requests.length, before, "no model is asked");
    assert.equal(await window.editorText(applied), appliedText);
    await window.screenshot("edit-apply");
    await window.page.keyboard.press("Control+Enter");
    await window.editorTextWhen(applied, (text) => text === appliedAfter);
    await over();
    await window.page.keyboard.press("Control+z");
    await window.editorTextWhen(applied, (text) => text === appliedText);
    await isClean(applied);
  });

  it("refactors a function by the CodeLens above it", async () => {
    const { window } = stage;
    await window.select("src/cart.ts", [0, 0], [0, 0]);
    const original = await window.editorText("src/cart.ts");
    const lens = window.page.locator(".codelens-decoration a").filter({ hasText: "Refactor" }).first();
    await lens.waitFor();
    await window.screenshot("edit-function-lens");
    await lens.click();
    await reviewing();
    assert.match(
      stage.simulator.requests.at(-1)?.bodyText ?? "",
      /<selection>\\n(?:\/\*\*[^\n]*)?export function subtotal/,
    );
    await window.page.keyboard.press("Control+Enter");
    await window.editorTextWhen("src/cart.ts", (text) =>
      text.includes("for (const line of lines) {\n    sum"),
    );
    await window.page.keyboard.press("Control+z");
    await window.editorTextWhen("src/cart.ts", (text) => text === original);
    assert.equal(await window.savedText("src/cart.ts"), original);
  });
});
