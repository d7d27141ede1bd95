import * as vscode from "vscode";
import { testFileFor, nearestTest } from "../../core/edit/testFile.ts";
import { detectFramework } from "../../core/edit/testFramework.ts";
import { testsPrompt } from "../../core/edit/testsPrompt.ts";
import type { LineRange } from "../../core/edit/target.ts";
import { enclosingSymbol } from "../enclosingSymbol.ts";
import { linesOf, textLines } from "./documentTarget.ts";
import type { Notify } from "./editReports.ts";
import type { EditTask } from "./editSession.ts";
import { isThere, readIfThere, sourceFiles, testFacts } from "./projectFacts.ts";
import { isReadOnly } from "./readOnly.ts";
import { fileName } from "./virtualDocuments.ts";

/** Starts an edit of these lines. */
export type StartEdit = (document: vscode.TextDocument, lines: LineRange, task: EditTask) => Promise<void>;

/** Writes tests for the selection, the function around the cursor or the file, into the project's place for them. */
export class TestWriter {
  readonly #notify: Notify;
  readonly #start: StartEdit;

  constructor(notify: Notify, start: StartEdit) {
    this.#notify = notify;
    this.#start = start;
  }

  async run(editor = vscode.window.activeTextEditor): Promise<void> {
    if (editor === undefined) {
      await this.#notify("info", vscode.l10n.t("Open the file to write tests for."));
      return;
    }
    const { document } = editor;
    if (document.isUntitled || document.uri.scheme === "vscode-notebook-cell") {
      await this.#notify("info", vscode.l10n.t("Save the code as a file first: its tests go beside it."));
      return;
    }
    const lines = textLines(document);
    const range = await linesToTest(editor);
    const root = vscode.workspace.getWorkspaceFolder(document.uri)?.uri ?? parent(document.uri);
    const path = document.uri.path.slice(root.path.length + 1);
    const files = await sourceFiles(root, document);
    const example = nearestTest(path, files);
    const exampleText = example && (await readIfThere(vscode.Uri.joinPath(root, example)));
    const framework = detectFramework(document.languageId, {
      ...(await testFacts(root, path)),
      example: exampleText,
    });
    const place = testFileFor(path, files, framework?.pattern ?? "*.test.$");
    const uri = vscode.Uri.joinPath(root, place.path);
    // The listing does not see everything: in Restricted Mode it sees nothing.
    const tests = await open(uri, place.exists || (await isThere(uri)));
    if (await isReadOnly(tests)) {
      const message = vscode.l10n.t("{0} is read-only, so Valar cannot edit it.", fileName(tests.uri));
      return this.#notify("warning", message);
    }
    await vscode.window.showTextDocument(tests, { preview: false });
    await this.#start(tests, wholeDocument(tests), {
      title: vscode.l10n.t("Write Tests"),
      instruction: "",
      prompt: (target, wish, rules) =>
        testsPrompt({
          path,
          languageId: document.languageId,
          code: lines.slice(range.first, range.last + 1),
          file: lines,
          testPath: place.path,
          tests: target.lines,
          example: exampleText === undefined ? undefined : { path: example ?? "", text: exampleText },
          framework: framework?.name,
          wish,
          rules,
        }),
    });
  }
}

/** The selection, or the function around the cursor, or all of the file. */
async function linesToTest({ document, selection }: vscode.TextEditor): Promise<LineRange> {
  const range = selection.isEmpty ? await enclosingSymbol(document, selection.active) : selection;
  return range === undefined ? wholeDocument(document) : linesOf(document, range);
}

function wholeDocument(document: vscode.TextDocument): LineRange {
  return linesOf(document, new vscode.Range(new vscode.Position(0, 0), lastPosition(document)));
}

function lastPosition(document: vscode.TextDocument): vscode.Position {
  return document.lineAt(document.lineCount - 1).range.end;
}

/** The test file, or a new document at its place that is on no disk until the person saves it. */
async function open(uri: vscode.Uri, exists: boolean): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(exists ? uri : uri.with({ scheme: "untitled" }));
}

function parent(uri: vscode.Uri): vscode.Uri {
  return uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf("/")) });
}
