import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../../support/realVscode/until.ts";
import { ScriptedEdits } from "./scriptedEdits.ts";

const content = "one\n-\n-\n-\ntwo\n";

/** Files of one scheme that do something each time they are asked about: an edit asks just before it is written. */
class WatchedFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  onStat: () => void = () => undefined;
  readonly #bytes = new TextEncoder().encode(content);

  stat(): vscode.FileStat {
    this.onStat();
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.#bytes.length };
  }
  readFile(): Uint8Array {
    return this.#bytes;
  }
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
  readDirectory(): [string, vscode.FileType][] {
    return [];
  }
  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}

describe("an edit while one types at the moment of Accept", () => {
  const files = new WatchedFiles();
  let registration: vscode.Disposable;
  let edits: ScriptedEdits;
  let editor: vscode.TextEditor;

  before(() => {
    registration = vscode.workspace.registerFileSystemProvider("valar-watched", files);
  });
  after(() => void registration.dispose());
  beforeEach(async () => {
    edits = new ScriptedEdits();
    editor = await vscode.window.showTextDocument(vscode.Uri.parse("valar-watched:/code.txt"));
    editor.selection = new vscode.Selection(0, 0, 4, 3);
    edits.gives("ONE\n-\n-\n-\nTWO");
    await edits.service.run("refactor");
  });
  afterEach(async () => {
    files.onStat = () => undefined;
    edits.dispose();
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  /** Types just before the edit is written: VS Code then refuses the edit, as it knows a newer text. */
  const typeAtAccept = (line: number, text: string, times = 1): Thenable<boolean>[] => {
    const typed: Thenable<boolean>[] = [];
    files.onStat = () => {
      if (typed.length < times) {
        typed.push(editor.edit((builder) => builder.insert(new vscode.Position(line, 0), text)));
      }
    };
    return typed;
  };
  const messages = (): string[] => edits.messages.map(({ message }) => message);

  it("writes it all the same when that was elsewhere", async () => {
    const typed = typeAtAccept(5, "typed\n");
    await edits.service.accept();
    assert.deepEqual(await Promise.all(typed), [true]);
    assert.deepEqual(messages(), []);
    assert.equal(editor.document.getText(), "ONE\n-\n-\n-\nTWO\ntyped\n");
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), `${content}typed\n`);
  });

  it("gives up, and says so, when the typing does not end", async () => {
    typeAtAccept(5, "typed\n", Infinity);
    await edits.service.accept();
    assert.match(messages().join(), /did not take the edit/);
    assert.equal(editor.document.getText(), `${content}typed\ntyped\ntyped\n`);
  });

  it("drops nothing, and takes no decision, when that was inside", async () => {
    await Promise.all(typeAtAccept(4, "x"));
    await edits.service.accept();
    assert.match(messages().join(), /no longer fits/);
    assert.equal(editor.document.getText(), content.replace("two", "xtwo"));
    files.onStat = () => undefined;
    await vscode.commands.executeCommand("undo");
    await until("the edit", async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        editor.document.uri,
      );
      return lenses.some(({ command }) => command?.title.includes("Accept Change 1"));
    });
    await edits.service.accept();
    assert.equal(editor.document.getText(), "ONE\n-\n-\n-\nTWO\n");
  });
});
