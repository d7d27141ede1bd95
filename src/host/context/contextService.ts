import * as vscode from "vscode";
import type { ContextItem, ImageContext, TextContext } from "../../core/chat/conversation.ts";
import { assertNever } from "../../core/util/assertNever.ts";
import { throwIfAborted } from "../../core/util/abort.ts";
import type { Clock } from "../../core/util/clock.ts";
import { DisposableStore } from "../../core/util/disposable.ts";
import type { AmbientView, SuggestionView } from "../../protocol/chat.ts";
import { Git } from "../git.ts";
import type { ContextSettings } from "../settings.ts";
import { UserError } from "../userError.ts";
import { ActiveEditor } from "./activeEditor.ts";
import { pathConcerns, textConcerns } from "./concerns.ts";
import { type Ask, type Concern, Consent } from "./consent.ts";
import { ContextSearch } from "./contextSearch.ts";
import { imageContext, isImagePath, readImage } from "./imageContext.ts";
import { openDocument } from "./readText.ts";
import { parseSuggestionId, type FixedWanted } from "./suggestionId.ts";
import { symbolRange } from "./symbols.ts";
import { fileContext, selectedContext, symbolContext } from "./textItems.ts";
import { WorkspaceFiles } from "./workspaceFiles.ts";

export interface ContextServiceDeps {
  readonly settings: () => ContextSettings;
  /** Asks before something secret, ignored or from outside is attached. */
  readonly ask: Ask;
  readonly clock: Clock;
}

/** Finds, reads and checks what a message can carry along. */
export class ContextService implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #deps: ContextServiceDeps;
  readonly #editor: ActiveEditor;
  readonly #git: Git;
  readonly #search: ContextSearch;
  readonly #consent: Consent;
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;

  constructor(deps: ContextServiceDeps) {
    this.#deps = deps;
    this.#editor = this.#store.add(new ActiveEditor());
    this.#git = new Git(deps.clock);
    const files = this.#store.add(new WorkspaceFiles(deps.clock));
    this.#search = new ContextSearch({ editor: this.#editor, files, git: this.#git, clock: deps.clock });
    this.#consent = new Consent(deps.ask);
  }

  dispose(): void {
    this.#store.dispose();
  }

  search(query: string, signal: AbortSignal): Promise<readonly SuggestionView[]> {
    return this.#search.search(query, signal);
  }

  /** Undefined when the person was asked and said no. Throws `UserError`. */
  async resolve(suggestionId: string, signal: AbortSignal): Promise<ContextItem | undefined> {
    const wanted = parseSuggestionId(suggestionId);
    switch (wanted?.type) {
      case undefined:
        throw new UserError(vscode.l10n.t("This cannot be attached any more. Search for it again."));
      case "file":
        return this.#file(wanted.uri, signal);
      case "folder":
        throw new UserError("Folders are not there yet.");
      case "symbol":
        return this.#symbol(wanted.uri, wanted.name, wanted.line, signal);
      case "selection":
      case "currentFile":
      case "problems":
      case "changes":
      case "terminal":
        return this.#fixed(wanted.type, signal);
      default:
        return assertNever(wanted);
    }
  }

  async fromUris(uris: readonly string[], signal: AbortSignal): Promise<readonly ContextItem[]> {
    const items: ContextItem[] = [];
    for (const uri of uris) {
      const item = await this.#file(vscode.Uri.parse(uri, true), signal);
      if (item !== undefined) items.push(item);
    }
    return items;
  }

  async pick(signal: AbortSignal): Promise<readonly ContextItem[] | undefined> {
    const uris = await vscode.window.showOpenDialog({ canSelectMany: true });
    throwIfAborted(signal);
    return uris && this.fromUris(uris.map(String), signal);
  }

  /** `mediaType` is a claim: the bytes decide. */
  image(name: string, _mediaType: string, data: string): ContextItem {
    return imageContext(name, data);
  }

  ambient(): readonly AmbientView[] {
    return [];
  }

  setAmbient(): void {
    this.#changed.fire();
  }

  collectAmbient(): Promise<readonly ContextItem[]> {
    return Promise.resolve([]);
  }

  async open(item: ContextItem): Promise<void> {
    if (item.kind !== "image" && item.uri !== undefined) {
      await vscode.window.showTextDocument(vscode.Uri.parse(item.uri, true));
    }
  }

  async #fixed(type: FixedWanted, signal: AbortSignal): Promise<TextContext | undefined> {
    const editor = this.#editor.current;
    if (editor === undefined) throw new UserError(vscode.l10n.t("No editor is open."));
    const item =
      type === "selection"
        ? selectedContext(editor.document, editor.selection, this.#maxBytes)
        : await fileContext(editor.document.uri, this.#maxBytes);
    return this.#unlessDeclined(item, editor.document.uri, signal);
  }

  async #file(uri: vscode.Uri, signal: AbortSignal): Promise<ContextItem | undefined> {
    const isImage = isImagePath(uri.path) && openDocument(uri) === undefined;
    const item = isImage ? await readImage(uri) : await fileContext(uri, this.#maxBytes);
    return this.#unlessDeclined(item, uri, signal);
  }

  async #symbol(
    uri: vscode.Uri,
    name: string,
    line: number,
    signal: AbortSignal,
  ): Promise<TextContext | undefined> {
    const document = await vscode.workspace.openTextDocument(uri);
    const range = await symbolRange(document, name, line);
    if (range === undefined) {
      throw new UserError(
        vscode.l10n.t("{0} is not in {1} any more.", name, vscode.workspace.asRelativePath(uri)),
      );
    }
    return this.#unlessDeclined(symbolContext(document, range, this.#maxBytes), uri, signal);
  }

  /** The item, when nothing speaks against sending it or the person says so. */
  async #unlessDeclined<T extends TextContext | ImageContext>(
    item: T,
    uri: vscode.Uri,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    throwIfAborted(signal);
    const concerns: readonly Concern[] = [
      ...(await pathConcerns(uri, this.#git, signal)),
      ...(item.kind === "image" ? [] : textConcerns(item.text)),
    ];
    const name = vscode.workspace.asRelativePath(uri);
    return (await this.#consent.allows(uri.toString(), name, concerns, signal)) ? item : undefined;
  }

  get #maxBytes(): number {
    return this.#deps.settings().maxFileKilobytes * 1024;
  }
}
