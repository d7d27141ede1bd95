import * as vscode from "vscode";
import { isBlank, type LineRange } from "../../core/edit/target.ts";
import type { CommandId } from "../contributions.ts";
import { enclosingSymbol } from "../enclosingSymbol.ts";
import { linesOf } from "./documentTarget.ts";
import type { Notify } from "./editReports.ts";
import { isReadOnly } from "./readOnly.ts";
import { fileName } from "./virtualDocuments.ts";

export interface PickedTarget {
  readonly document: vscode.TextDocument;
  readonly lines: LineRange;
}

/** Finds the lines to edit, or says why there are none and what to do. */
export class TargetPicker {
  readonly #notify: Notify;

  constructor(notify: Notify) {
    this.#notify = notify;
  }

  /** `isBlankFine`: where there is no code at the cursor, its blank line is a place for new code. */
  async pick(
    editor: vscode.TextEditor | undefined,
    { isBlankFine = false } = {},
  ): Promise<PickedTarget | undefined> {
    if (editor === undefined) {
      void this.#notify("info", vscode.l10n.t("Open a file and select the code to edit."), [
        {
          label: vscode.l10n.t("Open File…"),
          run: () => vscode.commands.executeCommand("workbench.action.quickOpen"),
        },
      ]);
      return undefined;
    }
    const { document, selection } = editor;
    if (!(await this.#isWritable(document))) return undefined;
    const range = selection.isEmpty ? await enclosingSymbol(document, selection.active) : selection;
    const lines = linesOf(document, range ?? selection);
    if (isAllBlank(document, lines) ? isBlankFine : range !== undefined) return { document, lines };
    if (isAllBlank(document, wholeDocument(document))) {
      void this.#notify(
        "info",
        vscode.l10n.t("This file is empty: Edit Selection writes new code into it."),
        [
          {
            label: vscode.l10n.t("Edit Selection…"),
            run: () => vscode.commands.executeCommand("valar.edit" satisfies CommandId),
          },
        ],
      );
      return undefined;
    }
    void this.#notify(
      "info",
      vscode.l10n.t("Select the code to edit, or put the cursor inside a function."),
      [{ label: vscode.l10n.t("Select All"), run: () => selectAll(editor) }],
    );
    return undefined;
  }

  /** The function or block around a place, or just its lines. */
  async pickAround(document: vscode.TextDocument, range: vscode.Range): Promise<PickedTarget | undefined> {
    if (!(await this.#isWritable(document))) return undefined;
    const around = await enclosingSymbol(document, range.start);
    const holdsAll =
      around !== undefined && around.start.line <= range.start.line && around.end.isAfterOrEqual(range.end);
    return { document, lines: linesOf(document, holdsAll ? around : range) };
  }

  async #isWritable(document: vscode.TextDocument): Promise<boolean> {
    if (await isReadOnly(document)) {
      const name = fileName(document.uri);
      void this.#notify("warning", vscode.l10n.t("{0} is read-only, so Valar cannot edit it.", name), [
        { label: vscode.l10n.t("Copy to a New File"), run: () => copyToNewFile(document) },
      ]);
      return false;
    }
    return true;
  }
}

function isAllBlank(document: vscode.TextDocument, { first, last }: LineRange): boolean {
  for (let line = first; line <= last; line++) if (!isBlank(document.lineAt(line).text)) return false;
  return true;
}

function wholeDocument({ lineCount }: vscode.TextDocument): LineRange {
  return { first: 0, last: lineCount - 1 };
}

function selectAll(editor: vscode.TextEditor): void {
  const last = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(new vscode.Position(0, 0), last);
}

async function copyToNewFile(document: vscode.TextDocument): Promise<void> {
  const { languageId } = document;
  const copy = await vscode.workspace.openTextDocument({ content: document.getText(), language: languageId });
  await vscode.window.showTextDocument(copy);
}
