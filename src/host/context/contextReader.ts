import * as vscode from "vscode";
import type { ContextItem } from "../../core/chat/conversation.ts";
import { isSecretPath } from "../../core/context/secrets.ts";
import { assertNever } from "../../core/util/assertNever.ts";
import { throwIfAborted } from "../../core/util/abort.ts";
import type { Git } from "../git.ts";
import { UserError } from "../userError.ts";
import type { ActiveEditor } from "./activeEditor.ts";
import { changesContext } from "./changesContext.ts";
import { pathConcerns, textConcerns } from "./concerns.ts";
import type { Concern, Consent } from "./consent.ts";
import { limited } from "./cutNote.ts";
import { folderContext } from "./folderContext.ts";
import { isImagePath, readImage } from "./imageContext.ts";
import { problemsContext } from "./problemsContext.ts";
import { extensionOf, openDocument, readText } from "./readText.ts";
import type { Wanted } from "./suggestionId.ts";
import { symbolRange } from "./symbols.ts";
import { terminalContext } from "./terminalSelection.ts";
import { fileContext, selectedContext, symbolContext } from "./textItems.ts";

export interface ContextReaderDeps {
  readonly editor: ActiveEditor;
  readonly git: Git;
  readonly consent: Consent;
  /** Of one piece of context. */
  readonly maxBytes: () => number;
}

/** Reads what a person attaches, and asks before it is something they may not mean to send. */
export class ContextReader {
  readonly #deps: ContextReaderDeps;

  constructor(deps: ContextReaderDeps) {
    this.#deps = deps;
  }

  /** Undefined when the person said no. Throws `UserError`. */
  async read(wanted: Wanted, signal: AbortSignal): Promise<ContextItem | undefined> {
    const { git, maxBytes } = this.#deps;
    switch (wanted.type) {
      case "selection":
        return this.#selection(signal);
      case "currentFile":
        return this.file(this.#document().uri, signal);
      case "problems":
        return this.#unlessDeclined(problemsContext(maxBytes()), undefined, signal);
      case "changes":
        return this.#unlessDeclined(await changesContext(git, maxBytes(), signal), undefined, signal);
      case "terminal":
        return this.#unlessDeclined(await terminalContext(maxBytes()), undefined, signal);
      case "file":
        return this.file(wanted.uri, signal);
      case "folder":
        return this.#folder(wanted.uri, signal);
      case "symbol":
        return this.#symbol(wanted.uri, wanted.name, wanted.line, signal);
      default:
        return assertNever(wanted);
    }
  }

  /** A file or a folder. */
  async fileOrFolder(uri: vscode.Uri, signal: AbortSignal): Promise<ContextItem | undefined> {
    return (await isFolder(uri)) ? this.#folder(uri, signal) : this.file(uri, signal);
  }

  async file(uri: vscode.Uri, signal: AbortSignal): Promise<ContextItem | undefined> {
    const isImage = isImagePath(uri.path) && openDocument(uri) === undefined;
    const item = isImage ? await readImage(uri) : await fileContext(uri, this.#deps.maxBytes());
    return this.#unlessDeclined(item, uri, signal);
  }

  /** Whole lines of a file, open or not. */
  async range(uri: vscode.Uri, range: vscode.Range, signal: AbortSignal): Promise<ContextItem | undefined> {
    // It says why one cannot be read, where VS Code throws any error.
    await readText(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const item = selectedContext(document, document.validateRange(range), this.#deps.maxBytes());
    return this.#unlessDeclined(item, uri, signal);
  }

  /** A text that is no file's, under the name it goes by. */
  text(name: string, text: string, signal: AbortSignal): Promise<ContextItem | undefined> {
    const kept = limited(text, this.#deps.maxBytes());
    const item: ContextItem = {
      kind: "selection",
      id: crypto.randomUUID(),
      path: name,
      languageId: "",
      ...kept,
    };
    return this.#unlessDeclined(item, undefined, signal);
  }

  /** A file that came without its place. */
  droppedText(name: string, text: string, signal: AbortSignal): Promise<ContextItem | undefined> {
    const item: ContextItem = {
      kind: "file",
      id: crypto.randomUUID(),
      path: name,
      languageId: extensionOf(name),
      ...limited(text, this.#deps.maxBytes()),
    };
    return this.#unlessDeclined(item, undefined, signal, isSecretPath(name) ? ["secretName"] : []);
  }

  /** Its files are checked one by one: what may be secret is left out of it. */
  async #folder(uri: vscode.Uri, signal: AbortSignal): Promise<ContextItem | undefined> {
    const { git, consent, maxBytes } = this.#deps;
    const concerns = await pathConcerns(uri, git, signal);
    const name = vscode.workspace.asRelativePath(uri);
    const isAllowed = await consent.allows(uri.toString(), name, concerns, signal);
    return isAllowed ? folderContext(uri, maxBytes(), git, signal) : undefined;
  }

  async #selection(signal: AbortSignal): Promise<ContextItem | undefined> {
    const document = this.#document();
    const selection = this.#deps.editor.current?.selection;
    if (selection === undefined || selection.isEmpty) {
      throw new UserError(vscode.l10n.t("Nothing is selected in the editor."));
    }
    const item = selectedContext(document, selection, this.#deps.maxBytes());
    return this.#unlessDeclined(item, document.uri, signal);
  }

  async #symbol(
    uri: vscode.Uri,
    name: string,
    line: number,
    signal: AbortSignal,
  ): Promise<ContextItem | undefined> {
    const document = await vscode.workspace.openTextDocument(uri);
    const range = await symbolRange(document, name, line);
    if (range === undefined) {
      throw new UserError(
        vscode.l10n.t("{0} is not in {1} any more.", name, vscode.workspace.asRelativePath(uri)),
      );
    }
    return this.#unlessDeclined(symbolContext(document, range, this.#deps.maxBytes()), uri, signal);
  }

  #document(): vscode.TextDocument {
    const editor = this.#deps.editor.current;
    if (editor === undefined) throw new UserError(vscode.l10n.t("No editor is open."));
    return editor.document;
  }

  /** The item, when nothing speaks against sending it or the person says so. `uri` is the file it is from. */
  async #unlessDeclined(
    item: ContextItem,
    uri: vscode.Uri | undefined,
    signal: AbortSignal,
    known: readonly Concern[] = [],
  ): Promise<ContextItem | undefined> {
    throwIfAborted(signal);
    const concerns = [
      ...known,
      ...(uri === undefined ? [] : await pathConcerns(uri, this.#deps.git, signal)),
      ...(item.kind === "image" ? [] : textConcerns(item.text)),
    ];
    const name = item.kind === "image" ? item.name : item.path;
    // What is no file is another thing each time.
    const key = uri?.toString() ?? item.id;
    return (await this.#deps.consent.allows(key, name, concerns, signal)) ? item : undefined;
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch (error) {
    // What is not there is told when it is read.
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}
