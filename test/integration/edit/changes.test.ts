import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../../support/realVscode/until.ts";
import { EditedFile } from "./editedFile.ts";
import { ScriptedEdits } from "./scriptedEdits.ts";

const content = "one\n-\n-\n-\ntwo\n-\n-\n-\nthree\n";
const answer = "ONE\n-\n-\n-\nTWO\nnew\n-\n-\n-\nTHREE";

describe("deciding an edit change by change", () => {
  let edits: ScriptedEdits;
  let file: EditedFile;

  beforeEach(async () => {
    edits = new ScriptedEdits();
    file = await EditedFile.open(content, "code.txt");
    file.select(0, 8);
    edits.gives(answer);
    await edits.service.run("refactor");
  });
  afterEach(async () => {
    edits.dispose();
    await file.close();
  });

  const putCursor = (line: number): void => {
    file.editor.selection = new vscode.Selection(line, 0, line, 0);
  };
  const untouched = async (): Promise<void> => {
    assert.equal(file.text, content);
    assert.equal(file.document.isDirty, false);
    assert.deepEqual(await file.onDisk(), file.bytes);
  };

  it("writes the accepted ones together with the last decision; one undo takes all back", async () => {
    putCursor(0);
    await edits.service.decide("accepted");
    await untouched();
    putCursor(4);
    await edits.service.decide("rejected");
    await untouched();
    await edits.service.accept();
    assert.equal(file.text, content.replace("one", "ONE").replace("three", "THREE"));
    assert.deepEqual(await file.onDisk(), file.bytes);
    await file.undo();
    await untouched();
    await vscode.commands.executeCommand("redo");
    assert.equal(file.text, content.replace("one", "ONE").replace("three", "THREE"));
  });

  it("keeps typing between decisions, and undoes it apart from the edit", async () => {
    putCursor(0);
    await edits.service.decide("accepted");
    await file.type(9, 0, "typed\n");
    await edits.service.accept();
    const typed = `${content}typed\n`;
    assert.equal(file.text, `${answer}\ntyped\n`);
    await file.undo();
    assert.equal(file.text, typed);
    await file.undo();
    assert.equal(file.text, content);
  });

  it("lets one change one's mind", async () => {
    putCursor(0);
    await edits.service.decide("accepted");
    const [lens] = await lenses("Reject Change 1");
    assert.ok(lens?.command);
    await edits.service.decide("rejected", lens.command.arguments?.[0]);
    await edits.service.accept();
    assert.equal(file.text, content.replace("two", "TWO\nnew").replace("three", "THREE"));
  });

  it("goes to the next and the previous change that waits, round and round", async () => {
    putCursor(0);
    const line = (): number | undefined => vscode.window.activeTextEditor?.selection.active.line;
    for (const [direction, expected] of [
      [1, 4],
      [1, 8],
      [1, 0],
      [-1, 8],
      [-1, 4],
    ] as const) {
      await edits.service.nextChange(direction);
      await until("the cursor on the change", () => Promise.resolve(line() === expected));
    }
  });

  it("does nothing for a lens or a zone whose edit is over, also while another waits", async () => {
    const [lens] = await lenses("Accept Change 1");
    const old: unknown = lens?.command?.arguments?.[0];
    const zone = { comments: [], range: new vscode.Range(0, 0, 0, 0) };
    await edits.service.reject();
    file.select(0, 8);
    await edits.service.run("refactor");
    for (const which of [old, zone]) {
      await edits.service.accept(which);
      await edits.service.decide("accepted", which);
      await edits.service.rejectRemaining(which);
      await edits.service.showDiff(which);
      await edits.service.editAndRetry(which);
      await edits.service.reject(which);
    }
    assert.deepEqual(edits.messages, []);
    assert.equal((await lenses("Accept Change 1")).length, 1, "the other still waits");
    await untouched();
  });

  it("tells of what a button throws", async () => {
    const failure = new Error("the button failed");
    edits.notifyFails = failure;
    edits.says("cut", { reason: "length", truncated: true });
    await edits.service.reject();
    file.select(0, 8);
    await edits.service.run("refactor");
    await until("the error", () => Promise.resolve(edits.errors.length > 0));
    assert.deepEqual(edits.errors, [failure]);
  });

  it("is over, with nothing written, when every change is rejected", async () => {
    for (const line of [0, 4, 8]) {
      putCursor(line);
      await edits.service.decide("rejected");
    }
    await untouched();
    await edits.service.accept();
    assert.match(edits.messages.at(-1)?.message ?? "", /No edit is waiting/);
    await untouched();
  });

  it("writes what was accepted when the rest is rejected", async () => {
    putCursor(4);
    await edits.service.decide("accepted");
    await edits.service.rejectRemaining();
    assert.equal(file.text, content.replace("two", "TWO\nnew"));
    await file.undo();
    await untouched();
  });

  it("asks before it drops what was accepted", async () => {
    putCursor(4);
    await edits.service.decide("accepted");
    await edits.service.reject();
    assert.match(edits.messages.at(-1)?.message ?? "", /accepted 1 change .* not written yet/);
    await untouched();
    await edits.press("Reject All");
    await edits.service.accept();
    await untouched();
  });

  it("goes to a change first when the cursor is on none", async () => {
    putCursor(2);
    await edits.service.decide("accepted");
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 4);
    await untouched();
    await edits.service.decide("accepted");
    await edits.service.rejectRemaining();
    assert.equal(file.text, content.replace("two", "TWO\nnew"));
  });

  it("goes through the changes that wait", async () => {
    putCursor(0);
    await edits.service.decide("accepted");
    const visited: number[] = [];
    for (let i = 0; i < 3; i++) {
      await edits.service.nextChange();
      visited.push(vscode.window.activeTextEditor?.selection.active.line ?? -1);
    }
    assert.deepEqual(visited, [4, 8, 4]);
    await edits.service.nextChange(-1);
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 8);
  });

  it("keeps decisions while typing inside makes the edit stale, and applies nothing then", async () => {
    putCursor(0);
    await edits.service.decide("rejected");
    await file.type(4, 0, "x");
    await edits.service.decide("accepted");
    assert.match(edits.messages.at(-1)?.message ?? "", /no longer fits/);
    assert.equal(file.text, content.replace("two", "xtwo"));
    await file.undo();
    await edits.service.accept();
    assert.equal(file.text, content.replace("two", "TWO\nnew").replace("three", "THREE"));
  });

  it("says above each change what was decided", async () => {
    putCursor(4);
    await edits.service.decide("rejected");
    assert.deepEqual(
      (await lenses("hange 2")).map(({ command }) => command?.title.replace(/\$\(.*?\) /, "")),
      ["Accept Change 2", "Change 2 rejected"],
    );
    assert.equal((await lenses("Accept the Rest (2)")).length, 1);
  });

  async function lenses(title: string): Promise<vscode.CodeLens[]> {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      file.document.uri,
    );
    return all.filter(({ command }) => command?.title.includes(title) === true);
  }
});
