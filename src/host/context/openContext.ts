import * as vscode from "vscode";
import type { ContextItem, TextContext } from "../../core/chat/conversation.ts";
import { findGiven } from "../../core/context/findGiven.ts";
import { GivenDocuments } from "./givenDocuments.ts";
import { GivenImages } from "./givenImages.ts";
import { isReadable } from "./places.ts";

/** Shows what a message was given: the file while it still says the same, else what was kept of it. */
export class ContextOpener implements vscode.Disposable {
  #documents: GivenDocuments | undefined;
  #images: GivenImages | undefined;

  dispose(): void {
    this.#documents?.dispose();
    this.#images?.dispose();
  }

  /** Throws `UserError`. */
  async open(item: ContextItem): Promise<void> {
    if (item.kind === "image") {
      this.#images ??= new GivenImages();
      return this.#images.show(item);
    }
    if (await showInFile(item)) return undefined;
    this.#documents ??= new GivenDocuments();
    return this.#documents.show(item);
  }
}

/** False when the item is of no file, or the file is gone or says something else by now. */
async function showInFile(item: TextContext): Promise<boolean> {
  const document = item.kind === "folder" ? undefined : await documentOf(item.uri);
  const place = document && findGiven(document.getText(), item);
  if (document === undefined || place === undefined) return false;
  const editor = await vscode.window.showTextDocument(document);
  if (place.lines === undefined) return true;
  const [first, last] = place.lines;
  const range = document.validateRange(new vscode.Range(first - 1, 0, last - 1, Number.MAX_SAFE_INTEGER));
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}

async function documentOf(address: string | undefined): Promise<vscode.TextDocument | undefined> {
  const uri = address === undefined ? undefined : vscode.Uri.parse(address);
  // A stored address may come from anywhere: it must be that of a file.
  if (uri === undefined || !isReadable(uri)) return undefined;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // It is gone or cannot be read: what was given of it is there all the same.
    return undefined;
  }
}
