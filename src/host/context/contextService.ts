import * as vscode from "vscode";
import type { ContextItem } from "../../core/chat/conversation.ts";
import { throwIfAborted } from "../../core/util/abort.ts";
import type { Clock } from "../../core/util/clock.ts";
import { DisposableStore } from "../../core/util/disposable.ts";
import type { AmbientView, SuggestionView } from "../../protocol/chat.ts";
import type { Git } from "../git.ts";
import type { Log } from "../log.ts";
import { notify } from "../notify.ts";
import type { ContextSettings } from "../settings.ts";
import { UserError } from "../userError.ts";
import { ActiveEditor } from "./activeEditor.ts";
import { AmbientContext } from "./ambientContext.ts";
import { type Ask, Consent } from "./consent.ts";
import { ContextReader } from "./contextReader.ts";
import { ContextSearch } from "./contextSearch.ts";
import { droppedUri } from "./droppedUris.ts";
import { imageContext } from "./imageContext.ts";
import { ContextOpener } from "./openContext.ts";
import { parseSuggestionId } from "./suggestionId.ts";
import { WorkspaceFiles } from "./workspaceFiles.ts";

export interface ContextServiceDeps {
  readonly settings: () => ContextSettings;
  /** Asks before something secret, ignored or from outside is attached. */
  readonly ask: Ask;
  readonly git: Git;
  readonly clock: Clock;
  readonly isTrusted: () => boolean;
  readonly log: Pick<Log, "error">;
}

/** Finds, reads and checks what a message can carry along. */
export class ContextService implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #editor: ActiveEditor;
  readonly #search: ContextSearch;
  readonly #reader: ContextReader;
  readonly #ambient: AmbientContext;
  readonly #opener = this.#store.add(new ContextOpener());
  /** `ambient()` gives something else now. */
  readonly onDidChange: vscode.Event<void>;

  constructor(deps: ContextServiceDeps) {
    const { settings, git, clock } = deps;
    const editor = this.#store.add(new ActiveEditor());
    this.#editor = editor;
    const consent = new Consent(deps.ask);
    const files = this.#store.add(new WorkspaceFiles(clock));
    const maxBytes = (): number => settings().maxFileKilobytes * 1024;
    this.#search = new ContextSearch({ editor, files, git, clock, isTrusted: deps.isTrusted });
    this.#reader = new ContextReader({ editor, git, consent, maxBytes });
    this.#ambient = this.#store.add(
      new AmbientContext({ ...deps, editor, consent, warn: (text) => void notify("warning", text) }),
    );
    this.onDidChange = this.#ambient.onDidChange;
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** The editor that the person last worked in, in view or not. */
  get lastEditor(): vscode.TextEditor | undefined {
    return this.#editor.last;
  }

  search(query: string, signal: AbortSignal): Promise<readonly SuggestionView[]> {
    return this.#search.search(query, signal);
  }

  /** Reads what a suggestion stands for; undefined when the person was asked and said no. Throws `UserError`. */
  async resolve(suggestionId: string, signal: AbortSignal): Promise<ContextItem | undefined> {
    const wanted = parseSuggestionId(suggestionId);
    if (wanted === undefined) {
      throw new UserError(vscode.l10n.t("This cannot be attached any more. Search for it again."));
    }
    return this.#reader.read(wanted, signal);
  }

  /** Files and folders that were dropped or pasted; those declined are left out. Throws `UserError`. */
  fromUris(uris: readonly string[], signal: AbortSignal): Promise<readonly ContextItem[]> {
    return this.#readAll(uris, (text) => this.#reader.fileOrFolder(droppedUri(text), signal));
  }

  /** Each of the following is undefined when the person was asked and said no. They throw `UserError`. */
  async file(uri: vscode.Uri, signal: AbortSignal): Promise<ContextItem | undefined> {
    return this.#reader.fileOrFolder(droppedUri(uri.toString()), signal);
  }

  range(uri: vscode.Uri, range: vscode.Range, signal: AbortSignal): Promise<ContextItem | undefined> {
    return this.#reader.range(uri, range, signal);
  }

  text(name: string, text: string, signal: AbortSignal): Promise<ContextItem | undefined> {
    return this.#reader.text(name, text, signal);
  }

  droppedText(name: string, text: string, signal: AbortSignal): Promise<ContextItem | undefined> {
    return this.#reader.droppedText(name, text, signal);
  }

  /** Undefined when the dialog was closed. Throws `UserError`. */
  async pick(signal: AbortSignal): Promise<readonly ContextItem[] | undefined> {
    const uris = await vscode.window.showOpenDialog({
      canSelectMany: true,
      openLabel: vscode.l10n.t("Attach"),
      title: vscode.l10n.t("Attach Files"),
    });
    throwIfAborted(signal);
    return uris && this.#readAll(uris, (uri) => this.#reader.fileOrFolder(uri, signal));
  }

  /** `data` is base64. Its bytes say what it is, not what it is called. Throws `UserError`. */
  image(name: string, _mediaType: string, data: string): ContextItem {
    return imageContext(name, data);
  }

  ambient(): readonly AmbientView[] {
    return this.#ambient.views();
  }

  ambientItems(): readonly ContextItem[] {
    return this.#ambient.items();
  }

  setAmbient(id: string, isOn: boolean): void {
    this.#ambient.set(id, isOn);
  }

  collectAmbient(signal: AbortSignal): Promise<readonly ContextItem[]> {
    return this.#ambient.collect(signal);
  }

  collectRules(signal: AbortSignal): Promise<readonly ContextItem[]> {
    return this.#ambient.collectRules(signal);
  }

  open(item: ContextItem): Promise<void> {
    return this.#opener.open(item);
  }

  /** One that cannot be read does not keep the others from being attached, and is told of. */
  async #readAll<T>(
    sources: readonly T[],
    read: (source: T) => Promise<ContextItem | undefined>,
  ): Promise<readonly ContextItem[]> {
    const items: ContextItem[] = [];
    const errors: UserError[] = [];
    for (const source of sources) {
      try {
        const item = await read(source);
        if (item !== undefined) items.push(item);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        errors.push(error);
      }
    }
    const [first] = errors;
    if (first !== undefined && items.length === 0) throw first;
    for (const { message, hint } of errors) void notify("warning", `${message} ${hint}`.trim());
    return items;
  }
}
