import * as vscode from "vscode";
import type { ContextItem } from "../../core/chat/conversation.ts";
import { linesText } from "../../core/chat/linesText.ts";
import { visibleText } from "../../core/markdown/invisible.ts";
import { isAbortError } from "../../core/util/abort.ts";
import type { Clock } from "../../core/util/clock.ts";
import { type Disposable, DisposableStore } from "../../core/util/disposable.ts";
import type { AmbientView } from "../../protocol/chat.ts";
import type { Git } from "../git.ts";
import type { Log } from "../log.ts";
import type { ContextSettings } from "../settings.ts";
import { errorText } from "../translated.ts";
import type { ActiveEditor } from "./activeEditor.ts";
import { type AmbientItem, editorItem, rulesFiles, rulesItem, rulesUris } from "./ambientItem.ts";
import { concernText, type Consent } from "./consent.ts";

export interface AmbientContextDeps {
  readonly settings: () => ContextSettings;
  readonly editor: Pick<ActiveEditor, "current">;
  readonly git: Pick<Git, "isIgnored">;
  readonly consent: Consent;
  readonly clock: Clock;
  readonly isTrusted: () => boolean;
  readonly log: Pick<Log, "error">;
  /** Tells the person what was left out of a message. */
  readonly warn: (text: string) => void;
}

/** Reads one thing; undefined when there is nothing in it. */
type Source = () => Promise<AmbientItem | undefined>;

/** While a selection is drawn or a word is typed nothing needs to follow. */
const pauseMs = 200;
/** After so long what is not yet known to be all right is shown as if it were: git may take seconds to start. */
const patienceMs = 100;

/** Stands in for git where it only matters what is shown. */
const unasked: Pick<Git, "isIgnored"> = { isIgnored: () => Promise.resolve(false) };

/**
 * What comes along by itself: the active editor, and the workspace's rules. What git ignores, may be secret or is not
 * plainly in the workspace stays switched off until the person switches it on, and then is asked for.
 */
export class AmbientContext implements Disposable {
  readonly #deps: AmbientContextDeps;
  readonly #store = new DisposableStore();
  readonly #ending = new AbortController();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  /** What the person has switched, by id. */
  readonly #choices = new Map<string, boolean>();
  readonly #told = new Set<string>();
  #items: readonly AmbientItem[] = [];
  #shown = "[]";
  #isFollowing = false;
  #timer: Disposable | undefined;
  /** Counts looks, so that a late one does not replace a newer. */
  #look = 0;
  /** The last look that git was heard for. */
  #heardLook = 0;
  /** What the editor showed when git was last heard. */
  #checked: string | undefined;

  constructor(deps: AmbientContextDeps) {
    this.#deps = deps;
  }

  dispose(): void {
    this.#ending.abort();
    this.#timer?.dispose();
    this.#store.dispose();
  }

  /** As it was last seen; nothing is looked at before the first call. */
  views(): readonly AmbientView[] {
    if (!this.#isFollowing) {
      this.#follow();
      void this.#refresh();
    }
    return this.#items.map((ambient) => this.#view(ambient));
  }

  /** What is on, as it was last seen. */
  items(): readonly ContextItem[] {
    return this.#items.filter((ambient) => this.#isOn(ambient)).map(({ item }) => item);
  }

  set(id: string, isOn: boolean): void {
    this.#choices.set(id, isOn);
    this.#changed.fire();
  }

  /** Those declined are left out. */
  collect(signal: AbortSignal): Promise<readonly ContextItem[]> {
    return this.#collect(this.#sources(this.#deps.git, signal), signal);
  }

  collectRules(signal: AbortSignal): Promise<readonly ContextItem[]> {
    return this.#collect(this.#rules(this.#deps.git, signal), signal);
  }

  /** What cannot be read keeps no message from being sent: it is left out, and that is told once. */
  async #collect(sources: readonly Source[], signal: AbortSignal): Promise<readonly ContextItem[]> {
    const taken: ContextItem[] = [];
    const found = await this.#read(sources, (error) => this.#tellOnce(error));
    for (const ambient of found.filter((item) => this.#isOn(item))) {
      const { uri, item, concerns } = ambient;
      if (await this.#deps.consent.allows(uri.toString(), item.path, concerns, signal)) taken.push(item);
    }
    return taken;
  }

  #isOn({ id, isUsual }: AmbientItem): boolean {
    return this.#choices.get(id) ?? isUsual;
  }

  #view(ambient: AmbientItem): AmbientView {
    const { id, item, concerns } = ambient;
    const { kind, cut } = item;
    const path = visibleText(item.path);
    const lines = kind === "selection" ? linesText(item) : "";
    const name = path.slice(path.lastIndexOf("/") + 1);
    const notes = [...(cut === undefined ? [] : [cut]), ...concerns.map(concernText)];
    const detail = notes.length === 0 ? `${path}${lines}` : `${path}${lines} (${notes.join(", ")})`;
    return { id, kind, label: `${name}${lines}`, detail, isOn: this.#isOn(ambient) };
  }

  #sources(git: Pick<Git, "isIgnored">, signal: AbortSignal): readonly Source[] {
    const { settings, editor, isTrusted } = this.#deps;
    const { activeEditor, maxFileKilobytes } = settings();
    const current = activeEditor === "off" || !isTrusted() ? undefined : editor.current;
    const isFileUsual = activeEditor === "file";
    const own: readonly Source[] = current
      ? [() => editorItem(current, isFileUsual, maxFileKilobytes * 1024, git, signal)]
      : [];
    return [...own, ...this.#rules(git, signal)];
  }

  #rules(git: Pick<Git, "isIgnored">, signal: AbortSignal): readonly Source[] {
    const { settings, isTrusted } = this.#deps;
    const { rules, maxFileKilobytes } = settings();
    return rules && isTrusted()
      ? rulesUris().map((uri) => () => rulesItem(uri, maxFileKilobytes * 1024, git, signal))
      : [];
  }

  async #read(sources: readonly Source[], failed: (error: unknown) => void): Promise<readonly AmbientItem[]> {
    const items: AmbientItem[] = [];
    for (const source of sources) {
      try {
        const item = await source();
        if (item !== undefined) items.push(item);
      } catch (error) {
        if (isAbortError(error)) throw error;
        failed(error);
      }
    }
    return items;
  }

  #tellOnce(error: unknown): void {
    this.#logFailure(error);
    const text = vscode.l10n.t("{0} The message is sent without it.", errorText(error));
    if (!this.#told.has(text)) {
      this.#told.add(text);
      this.#deps.warn(text);
    }
  }

  /** What is new is shown before git was heard; what is sent is read again, and waits for git. */
  async #refresh(): Promise<void> {
    const look = ++this.#look;
    const current = this.#deps.editor.current?.document.uri.toString();
    const early =
      current === this.#checked
        ? undefined
        : this.#deps.clock.setTimeout(() => void this.#show(look, unasked), patienceMs);
    await this.#show(look, this.#deps.git);
    early?.dispose();
    if (look === this.#look) this.#checked = current;
  }

  async #show(look: number, git: Pick<Git, "isIgnored">): Promise<void> {
    try {
      const items = await this.#read(this.#sources(git, this.#ending.signal), (error) =>
        this.#logFailure(error),
      );
      if (look !== this.#look || (git === unasked && this.#heardLook === look)) return;
      if (git !== unasked) this.#heardLook = look;
      this.#items = items;
      const shown = JSON.stringify(this.views());
      if (shown !== this.#shown) {
        this.#shown = shown;
        this.#changed.fire();
      }
    } catch (error) {
      if (!isAbortError(error)) this.#logFailure(error);
    }
  }

  #logFailure(error: unknown): void {
    this.#deps.log.error("What comes along by itself could not be read", error);
  }

  #follow(): void {
    this.#isFollowing = true;
    const soon = (): void => this.#refreshSoon();
    const ofEditor = (document: vscode.TextDocument): void => {
      if (document === this.#deps.editor.current?.document) this.#refreshSoon();
    };
    const rules = vscode.workspace.createFileSystemWatcher(`**/{${rulesFiles.join(",")}}`);
    const listeners = [
      rules,
      rules.onDidCreate(soon),
      rules.onDidChange(soon),
      rules.onDidDelete(soon),
      vscode.window.onDidChangeActiveTextEditor(soon),
      vscode.window.onDidChangeVisibleTextEditors(soon),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => ofEditor(textEditor.document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => ofEditor(document)),
      vscode.workspace.onDidChangeWorkspaceFolders(soon),
      vscode.workspace.onDidGrantWorkspaceTrust(soon),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("valar.context")) this.#refreshSoon();
      }),
    ];
    for (const listener of listeners) this.#store.add(listener);
  }

  #refreshSoon(): void {
    this.#timer?.dispose();
    this.#timer = this.#deps.clock.setTimeout(() => void this.#refresh(), pauseMs);
  }
}
