import assert from "node:assert/strict";
import * as vscode from "vscode";
import { FunctionLens } from "../../../src/host/edit/functionLens.ts";
import { until } from "../../support/realVscode/until.ts";
import { EditedFile } from "./editedFile.ts";

const arrow = "const third = memo(async () => {\n  return 3;\n});\nconst list = [\n  () => 4,\n];\n";
const content =
  "function first() {\n  return 1;\n}\n\nclass A {\n  second() {\n    return 2;\n  }\n}\n" + arrow;

describe("CodeLens on functions", () => {
  let file: EditedFile;
  let lens: FunctionLens;
  let isOn: boolean;
  let messages: string[];

  beforeEach(async () => {
    isOn = true;
    messages = [];
    lens = new FunctionLens(
      () => isOn,
      (_, message) => {
        messages.push(message);
        return Promise.resolve();
      },
    );
    file = await EditedFile.open(content, "code.js");
    await until(
      "the language's symbols",
      async () => (await lens.provideCodeLenses(file.document)).length > 0,
    );
  });
  afterEach(async () => {
    lens.dispose();
    await file.close();
  });

  it("are three above each function and method, however it is declared, and none when off", async () => {
    const lenses = await lens.provideCodeLenses(file.document);
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.command]),
      [0, 5, 9].flatMap((line) => ["explain", "refactor", "tests"].map((name) => [line, `valar.${name}`])),
    );
    isOn = false;
    assert.deepEqual(await lens.provideCodeLenses(file.document), []);
  });

  it("mean the function where it is at the click", async () => {
    const [, , , second] = await lens.provideCodeLenses(file.document);
    await file.type(0, 0, "// one\n// two\n");
    const argument: unknown = second?.command?.arguments?.[0];
    await until("the function", async () => {
      assert.equal(await lens.select(argument), true);
      return vscode.window.activeTextEditor?.selection.start.line === 7;
    });
    assert.equal(vscode.window.activeTextEditor?.selection.end.line, 9);
  });

  it("say when the function is gone, and let other arguments pass", async () => {
    assert.equal(await lens.select({ uri: file.document.uri.toString(), symbol: "fourth", line: 0 }), false);
    assert.match(messages.join(), /fourth is not there any more/);
    assert.equal(await lens.select(undefined), true);
  });
});
