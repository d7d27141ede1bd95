import assert from "node:assert/strict";
import * as vscode from "vscode";
import { ApiError } from "../../../src/core/api/errors.ts";
import { until } from "../../support/realVscode/until.ts";
import { EditedFile } from "./editedFile.ts";
import { ScriptedEdits } from "./scriptedEdits.ts";

const content = "one\ntwo\nthree\nfour\nfive\n";

describe("an edit while other things happen", () => {
  let edits: ScriptedEdits;
  let file: EditedFile;

  beforeEach(async () => {
    edits = new ScriptedEdits();
    file = await EditedFile.open(content, "code.txt");
    file.select(1, 2);
  });
  afterEach(async () => {
    edits.dispose();
    await file.close();
  });

  const lastMessage = (): string => edits.messages.at(-1)?.message ?? "";
  const buttons = (): string[] => edits.messages.at(-1)?.actions.map(({ label }) => label) ?? [];
  const unchanged = async (): Promise<void> => {
    assert.equal(file.text, content);
    assert.equal(file.document.isDirty, false);
    assert.deepEqual(await file.onDisk(), file.bytes);
  };

  it("leaves the document alone while the answer streams, and stops at once", async () => {
    const held = edits.holds("```\nTWO\n", "three\n```");
    const running = edits.service.run("refactor");
    await until("the request", () => edits.requests.length === 1);
    await unchanged();
    await edits.service.reject();
    await running;
    assert.equal(held.isAborted(), true);
    await unchanged();
    assert.deepEqual(edits.messages, []);
  });

  it("row 58: follows its lines while one types above and below", async () => {
    const held = edits.holds("```\nTWO\n", "three\n```");
    const running = edits.service.run("refactor");
    await until("the request", () => edits.requests.length === 1);
    await file.type(0, 0, "zero\n");
    await file.type(5, 4, "\nsix");
    held.goOn();
    await running;
    await file.type(0, 0, "minus one\n");
    await edits.service.accept();
    assert.equal(file.text, "minus one\nzero\none\nTWO\nthree\nfour\nfive\nsix\n");
    await file.undo();
    assert.equal(file.text, "minus one\nzero\none\ntwo\nthree\nfour\nfive\nsix\n");
  });

  it("rows 57, 59: applies nothing once one types inside, and comes back when that is undone", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await file.type(1, 3, "!");
    assert.match(lastMessage(), /no longer fits/);
    assert.deepEqual(buttons(), ["Ask Again", "Reject Edit"]);
    await edits.service.accept();
    assert.equal(file.text, content.replace("two", "two!"));
    await file.undo();
    await edits.service.accept();
    assert.equal(file.text, content.replace("two", "TWO"));
  });

  const losses: readonly [string, vscode.Range][] = [
    ["its first line", new vscode.Range(1, 0, 2, 0)],
    ["its last letter", new vscode.Range(2, 4, 2, 5)],
    ["the whole file", new vscode.Range(0, 0, 5, 0)],
  ];
  for (const [name, range] of losses) {
    it(`comes back when the deletion of ${name} is undone`, async () => {
      edits.gives("TWO\nthree");
      await edits.service.run("refactor");
      await file.editor.edit((builder) => builder.delete(range));
      assert.match(lastMessage(), /no longer fits/);
      await file.undo();
      await edits.service.accept();
      assert.equal(file.text, content.replace("two", "TWO"));
    });
  }

  it("stays at its lines when the file gets other line breaks, and back", async () => {
    edits.gives("TWO\n2\nthree");
    await edits.service.run("refactor");
    await file.editor.edit((builder) => builder.setEndOfLine(vscode.EndOfLine.CRLF));
    await file.type(0, 0, "zero\n");
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(file.text, `zero\n${content.replace("two", "TWO\n2")}`.replaceAll("\n", "\r\n"));
    await file.undo();
    file.select(3, 3);
    edits.gives("3");
    await edits.service.run("refactor");
    await file.editor.edit((builder) => builder.setEndOfLine(vscode.EndOfLine.LF));
    await edits.service.accept();
    assert.deepEqual(edits.messages, []);
    assert.equal(file.text, `zero\n${content.replace("three", "3")}`);
  });

  it("row 40: takes an answer that differs when it is sent again, and nothing of the one begun", async () => {
    edits.diverges("```\nTWO\nnever\n", "```\ntwo\nTHREE\n```");
    await edits.service.run("refactor");
    assert.deepEqual(edits.messages, []);
    await unchanged();
    await edits.service.accept();
    assert.equal(file.text, content.replace("three", "THREE"));
  });

  it("row 40: changes nothing when the answer sent again is no code", async () => {
    edits.diverges("```\nTWO\n", "I would not change it.");
    await edits.service.run("refactor");
    assert.match(lastMessage(), /no code block/);
    await edits.service.accept();
    await unchanged();
  });

  it("does not ask again where an edit was that is over", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await file.type(1, 3, "!");
    const [askAgain] = edits.messages.at(-1)?.actions ?? [];
    await file.undo();
    await edits.service.accept();
    await file.type(0, 0, "zero\n");
    await askAgain?.run();
    assert.match(lastMessage(), /not there any more/);
    assert.equal(edits.requests.length, 1);
  });

  it("row 59: applies nothing once one undoes, in mid-answer, what the answer is about", async () => {
    await file.type(1, 3, "!");
    file.select(1, 2);
    const held = edits.holds("```\nTWO\n", "three\n```");
    const running = edits.service.run("refactor");
    await until("the request", () => edits.requests.length === 1);
    await file.undo();
    held.goOn();
    await running;
    await edits.service.accept();
    assert.match(lastMessage(), /no longer fits/);
    await unchanged();
  });

  it("row 57: asks again about the code as it now is", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    await file.type(1, 3, "!");
    edits.gives("TWO!\nthree");
    await edits.press("Ask Again");
    assert.match(JSON.stringify(edits.requests.at(-1)), /two!/);
    await edits.service.accept();
    assert.equal(file.text, content.replace("two", "TWO!"));
  });

  const answers: readonly [string, () => void, RegExp, string[]][] = [
    ["prose", () => edits.says("I would not change it."), /no code block/, ["Retry", "Show Answer"]],
    ["nothing", () => edits.says(""), /empty/, ["Retry"]],
    ["a cut-off block", () => edits.says("```\nTWO\nth"), /cut off/, ["Retry", "Show Answer"]],
    [
      "a truncated answer",
      () => edits.says("```\nTWO\n```", { truncated: true }),
      /token limit/,
      ["Retry", "Show Answer"],
    ],
    [
      "an unverified answer",
      () => edits.says("```\nTWO\n```", { verified: false }),
      /before Valar said/,
      ["Retry", "Show Answer"],
    ],
    [
      "code left out",
      () => edits.says("```\n// ... existing code ...\n```"),
      /leaves code out/,
      ["Retry", "Show Answer"],
    ],
    [
      "a failed request",
      () => edits.fails(new ApiError("network", "No connection.")),
      /No connection/,
      ["Retry", "Set API Token"],
    ],
  ];
  for (const [name, say, message, labels] of answers) {
    it(`changes nothing after ${name}, says why and what can be done`, async () => {
      say();
      await edits.service.run("refactor");
      assert.match(lastMessage(), message);
      assert.match(lastMessage(), /Your file is unchanged/);
      assert.deepEqual(buttons(), labels);
      await edits.service.accept();
      await unchanged();
    });
  }

  it("says when there is nothing to change", async () => {
    edits.gives("two\nthree");
    await edits.service.run("refactor");
    assert.match(lastMessage(), /nothing to change/);
    await unchanged();
  });

  it("reviews code with text around it only when asked to", async () => {
    edits.says("Here you are:\n```\nTWO\nthree\n```\nEnjoy!");
    await edits.service.run("refactor");
    assert.match(lastMessage(), /text around/);
    await edits.service.accept();
    await unchanged();
    edits.messages.pop();
    await edits.press("Review the Code");
    await edits.service.accept();
    assert.equal(file.text, content.replace("two", "TWO"));
  });

  it("repeats a failed request as the same request, but not one that was answered", async () => {
    edits.fails(new ApiError("network", "No connection."));
    await edits.service.run("refactor");
    edits.says("No code.");
    await edits.press("Retry");
    edits.gives("TWO\nthree");
    await edits.press("Retry");
    const [first, second, third] = edits.requests;
    assert.equal(second, first);
    assert.notEqual(third, second);
    await edits.service.accept();
    assert.equal(file.text, content.replace("two", "TWO"));
  });

  it("retries in the right place after typing above", async () => {
    edits.says("No code.");
    await edits.service.run("refactor");
    await file.type(0, 0, "zero\n");
    edits.gives("TWO\nthree");
    await edits.press("Retry");
    await edits.service.accept();
    assert.equal(file.text, `zero\n${content.replace("two", "TWO")}`);
  });

  it("does not start a second edit in the same lines unasked", async () => {
    edits.gives("TWO\nthree");
    await edits.service.run("refactor");
    file.select(2, 3);
    edits.gives("three\nFOUR");
    await edits.service.run("refactor");
    assert.equal(edits.requests.length, 1);
    assert.match(lastMessage(), /Another edit is waiting/);
    await edits.press("Reject It and Go On");
    await edits.service.accept();
    assert.equal(file.text, content.replace("four", "FOUR"));
  });

  it("keeps edits in two places and two files apart", async () => {
    const other = await EditedFile.open("x\ny\n", "other.txt");
    other.select(0, 0);
    edits.gives("X");
    await edits.service.run("refactor");
    file.editor = await vscode.window.showTextDocument(file.document);
    edits.gives("ONE");
    file.select(0, 0);
    await edits.service.run("refactor");
    edits.gives("five 5");
    file.select(4, 4);
    await edits.service.run("refactor");
    await edits.service.accept();
    assert.equal(file.text, content.replace("five", "five 5"));
    file.select(0, 0);
    await edits.service.accept();
    assert.equal(file.text, content.replace("five", "five 5").replace("one", "ONE"));
    assert.equal(other.text, "x\ny\n");
    await edits.service.nextChange();
    assert.equal(vscode.window.activeTextEditor?.document, other.document);
    await edits.service.accept();
    assert.equal(other.text, "X\ny\n");
    await other.close();
  });

  it("goes through the changes of three files, forth and back", async () => {
    const files = [file, await EditedFile.open(content, "b.txt"), await EditedFile.open(content, "c.txt")];
    for (const each of files) {
      each.editor = await vscode.window.showTextDocument(each.document);
      edits.gives("ONE");
      each.select(0, 0);
      await edits.service.run("refactor");
      edits.gives("FIVE");
      each.select(4, 4);
      await edits.service.run("refactor");
    }
    for (const direction of [1, -1] as const) {
      const visited: string[] = [];
      for (let i = 0; i < 6; i++) {
        await edits.service.nextChange(direction);
        const editor = vscode.window.activeTextEditor;
        visited.push(`${String(editor?.document.uri)} ${String(editor?.selection.active.line)}`);
      }
      assert.equal(new Set(visited).size, 6, visited.join("\n"));
    }
    for (const other of files.slice(1)) await other.close();
  });
});
