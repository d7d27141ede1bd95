import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../../support/realVscode/until.ts";
import { EditedFile } from "./editedFile.ts";
import { answerBox } from "./instructionBox.ts";
import { ScriptedEdits } from "./scriptedEdits.ts";

const content = [
  "function first() {",
  "  return one;",
  "}",
  "",
  "function second() {",
  "  return two;",
  "}",
  "",
].join("\n");

describe("ready-made edits", () => {
  let edits: ScriptedEdits;
  let file: EditedFile;
  let problems: vscode.DiagnosticCollection;

  beforeEach(async () => {
    edits = new ScriptedEdits();
    edits.says("No code.");
    problems = vscode.languages.createDiagnosticCollection("test");
    file = await EditedFile.open(content, "code.js");
    await until("the language's symbols", async () => {
      const symbols = await vscode.commands.executeCommand<unknown[] | undefined>(
        "vscode.executeDocumentSymbolProvider",
        file.document.uri,
      );
      return (symbols?.length ?? 0) > 0;
    });
  });
  afterEach(async () => {
    edits.dispose();
    problems.dispose();
    await file.close();
  });

  const report = (line: number, message: string): void => {
    const diagnostic = new vscode.Diagnostic(new vscode.Range(line, 9, line, 12), message);
    diagnostic.source = "lint";
    diagnostic.code = 7;
    problems.set(file.document.uri, [diagnostic]);
  };
  const asked = (): string => JSON.stringify(edits.requests.at(-1)?.at(-1)?.content ?? "");
  const lightbulb = async (line: number, title: string): Promise<vscode.CodeAction> => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      file.document.uri,
      new vscode.Range(line, 9, line, 12),
    );
    const found = actions.find((each) => each.title === title);
    assert.ok(found, `${title} is not among ${actions.map((each) => each.title).join()}`);
    return found;
  };

  for (const [action, words] of [
    ["docs", /Write documentation comments/],
    ["optimize", /faster or let it use less memory/],
    ["fix", /Find the mistakes/],
  ] as const) {
    it(`${action}: works on the function around the cursor`, async () => {
      file.editor.selection = new vscode.Selection(5, 3, 5, 3);
      await edits.service.run(action);
      assert.match(asked(), words);
      assert.match(asked(), /<selection>\\nfunction second\(\) \{\\n {2}return two;\\n\}\\n<\/selection>/);
    });
  }

  it("fix: tells the model the problems of the selection, and no others", async () => {
    report(5, "two is not defined");
    file.select(4, 6);
    await edits.service.run("fix");
    assert.match(asked(), /- error \(lint 7\): two is not defined In the line: return two;/);
    file.select(0, 2);
    await edits.service.run("fix");
    assert.doesNotMatch(asked(), /two is not defined/);
  });

  it("fix: finds its problem where it is now, not where it was", async () => {
    report(5, "two is not defined");
    const fix = await lightbulb(5, "Fix with Valar");
    file.editor.selection = new vscode.Selection(0, 0, 0, 0);
    await file.type(0, 0, "// above\n");
    report(6, "two is not defined");
    await edits.service.fix(fix.command?.arguments?.[0]);
    assert.match(asked(), /<selection>\\nfunction second/);
    assert.match(asked(), /two is not defined/);
  });

  it("fix: says when its problem is gone", async () => {
    report(5, "two is not defined");
    const fix = await lightbulb(5, "Fix with Valar");
    problems.clear();
    await edits.service.fix(fix.command?.arguments?.[0]);
    assert.match(edits.messages.at(-1)?.message ?? "", /not there any more/);
    assert.deepEqual(edits.requests, []);
  });

  it("ask again as they asked when Edit & Retry changes nothing, and remember no problems", async () => {
    report(5, "two is not defined");
    file.select(4, 6);
    edits.gives("function second() {\n  return 2;\n}");
    await edits.service.run("fix");
    const first = asked();
    const shown = await answerBox(() => edits.service.editAndRetry());
    assert.match(shown, /^Fix these problems.* - error \(lint 7\): two is not defined/);
    assert.equal(edits.requests.length, 2);
    assert.equal(asked(), first);
    assert.deepEqual([...edits.memory], []);
    await answerBox(() => edits.service.editAndRetry(), "Return three.");
    assert.match(asked(), /Instruction: Return three\./);
    assert.deepEqual([...edits.memory], [["valar.instructions", ["Return three."]]]);
    await edits.service.run("fix");
    assert.match(edits.messages.at(-1)?.message ?? "", /waiting in these lines \(Return three\.\)/);
    assert.equal(file.text, content);
  });

  it("are in the lightbulb: Fix and Explain on problems, Refactor on selections", async () => {
    report(5, "two is not defined");
    const explain = await lightbulb(5, "Explain with Valar");
    assert.equal(explain.command?.command, "valar.explain");
    const refactor = await lightbulb(1, "Refactor with Valar");
    assert.equal(refactor.command?.command, "valar.refactor");
    assert.equal(refactor.command.arguments, undefined);
  });
});
