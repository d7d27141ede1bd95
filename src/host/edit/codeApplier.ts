import * as vscode from "vscode";
import type { CodePlace } from "../../core/edit/codePlace.ts";
import { insertAtCursor, locateCode } from "../../core/edit/locateCode.ts";
import type { Replacement } from "../../core/edit/replacements.ts";
import { askForFile, findCodeFile, type CodeFile } from "./codeFile.ts";
import { indentOf, textLines } from "./documentTarget.ts";
import type { Notify } from "./editReports.ts";
import { locateText } from "./failureText.ts";
import { isReadOnly } from "./readOnly.ts";
import { editScheme, fileName } from "./virtualDocuments.ts";

/** A code block of the conversation. */
export interface CodeToApply {
  readonly text: string;
  /** The fence's language, such as `ts`; empty when it has none. */
  readonly language: string;
  /** The file the answer names, if it names one. */
  readonly path?: string;
}

/** Starts the review of a replacement. */
export type Review = (document: vscode.TextDocument, replacement: Replacement) => Promise<void>;

/** Brings a code block of the conversation to the file it belongs into, as an edit to be reviewed. */
export class CodeApplier {
  readonly #notify: Notify;
  readonly #review: Review;

  constructor(notify: Notify, review: Review) {
    this.#notify = notify;
    this.#review = review;
  }

  async apply(code: CodeToApply): Promise<void> {
    const editor = editorInView();
    const file = await fileFor(code, editor);
    switch (file.type) {
      case "cancelled":
        return;
      case "outside":
        return this.#refuse(
          vscode.l10n.t(
            "{0} is outside the workspace or behind a link, so nothing was changed. Open the file and apply the code there.",
            code.path ?? "",
          ),
          code,
        );
      case "new":
        return this.#offerNew(file.uri, code);
      case "found":
        return this.#applyTo(await vscode.workspace.openTextDocument(file.uri), code, editor);
    }
  }

  async #offerNew(uri: vscode.Uri, code: CodeToApply): Promise<void> {
    const path = vscode.workspace.asRelativePath(uri);
    const create = async (): Promise<void> => {
      const document = await vscode.workspace.openTextDocument(uri.with({ scheme: "untitled" }));
      await this.#applyTo(document, code, undefined);
    };
    await this.#notify("info", vscode.l10n.t("There is no file {0} yet.", path), [
      { label: vscode.l10n.t("Create File"), run: create },
      ...this.#copy(code),
    ]);
  }

  async #applyTo(
    document: vscode.TextDocument,
    code: CodeToApply,
    editor: vscode.TextEditor | undefined,
  ): Promise<void> {
    if (await isReadOnly(document)) {
      const name = fileName(document.uri);
      return this.#refuse(vscode.l10n.t("{0} is read-only, so Valar cannot edit it.", name), code);
    }
    const cursor = editor?.document === document ? editor.selection.active.line : undefined;
    const place = placeOf(document, cursor);
    const { version } = document;
    const located = locateCode(code.text, code.language, place);
    if (located.ok) {
      return this.#show(document, version, located.replacement);
    }
    const { problem, candidate } = located;
    const show = (replacement: Replacement) => () => this.#show(document, version, replacement);
    await this.#refuse(locateText(problem, fileName(document.uri)), code, [
      ...(candidate === undefined
        ? []
        : [{ label: vscode.l10n.t("Review All the Same"), run: show(candidate) }]),
      ...(cursor === undefined || problem === "empty"
        ? []
        : [
            {
              label: vscode.l10n.t("Review at the Cursor"),
              run: show(insertAtCursor(code.text, place, cursor)),
            },
          ]),
    ]);
  }

  /** `version`: the one of the document that the replacement was found for. */
  async #show(document: vscode.TextDocument, version: number, replacement: Replacement): Promise<void> {
    if (document.isClosed)
      return this.#notify("info", vscode.l10n.t("The file was closed. Apply the code again."));
    const { first, last, lines } = replacement;
    if (
      textLines(document)
        .slice(first, last + 1)
        .join("\n") === lines.join("\n")
    ) {
      await this.#notify("info", vscode.l10n.t("{0} has this code already.", fileName(document.uri)));
      return;
    }
    const shown = await vscode.window.showTextDocument(document, { preview: false });
    shown.revealRange(
      new vscode.Range(first, 0, first, 0),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
    if (document.version === version) {
      await this.#review(document, replacement);
    } else {
      const name = fileName(document.uri);
      await this.#notify("info", vscode.l10n.t("{0} changed meanwhile. Apply the code again.", name));
    }
  }

  #refuse(message: string, code: CodeToApply, actions: Parameters<Notify>[2] = []): Promise<void> {
    return this.#notify("warning", message, [...actions, ...this.#copy(code)]);
  }

  #copy({ text }: CodeToApply): NonNullable<Parameters<Notify>[2]> {
    return [{ label: vscode.l10n.t("Copy Code"), run: () => vscode.env.clipboard.writeText(text) }];
  }
}

/** The file named; else the one in view; else the one picked. */
function fileFor({ path }: CodeToApply, editor: vscode.TextEditor | undefined): Promise<CodeFile> {
  if (path !== undefined && path.trim() !== "") return findCodeFile(path.trim());
  if (editor !== undefined) return Promise.resolve({ type: "found", uri: editor.document.uri });
  return askForFile();
}

/** The panel has the focus when its button is pressed, so the editor in view counts as the active one. */
function editorInView(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const isFile = ({ document }: vscode.TextEditor): boolean =>
    document.uri.scheme !== editScheme && document.uri.scheme !== "output";
  if (activeTextEditor !== undefined && isFile(activeTextEditor)) return activeTextEditor;
  const files = visibleTextEditors.filter(isFile);
  return files.length === 1 ? files[0] : undefined;
}

function placeOf(document: vscode.TextDocument, cursor: number | undefined): CodePlace {
  const { languageId } = document;
  return { lines: textLines(document), indent: indentOf(document), languageId, cursor };
}
