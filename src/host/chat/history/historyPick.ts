import * as vscode from "vscode";
import { DisposableStore } from "../../../core/util/disposable.ts";
import { type HistoryAction, type HistoryItem, historyItems } from "./historyItems.ts";
import type { ConversationLibrary, ConversationSummary } from "../ports.ts";

/** What was chosen in the list, or asked of one of its rows. */
export type HistoryChoice =
  | { readonly type: "open"; readonly conversation: ConversationSummary }
  | { readonly type: HistoryAction; readonly conversation: ConversationSummary };

export interface HistoryPickOptions {
  readonly library: Pick<ConversationLibrary, "list" | "search">;
  readonly currentId: string;
  /** What was typed before the list was left for a moment. */
  readonly query: string;
}

/** The list of conversations; what is typed is looked for in titles and texts. */
export class HistoryPick implements vscode.Disposable {
  readonly #pick = vscode.window.createQuickPick<HistoryItem>();
  readonly #store = new DisposableStore();
  readonly #options: HistoryPickOptions;
  #searches = 0;

  constructor(options: HistoryPickOptions) {
    this.#options = options;
    this.#store.add(this.#pick);
    this.#pick.title = vscode.l10n.t("Chat History");
    this.#pick.placeholder = vscode.l10n.t("Search in titles and messages");
    this.#pick.value = options.query;
    this.#pick.keepScrollPosition = true;
  }

  get query(): string {
    return this.#pick.value;
  }

  /** Resolves with what was chosen; undefined when the list was closed. Rejects when there is none to show. */
  choose(): Promise<HistoryChoice | undefined> {
    const pick = this.#pick;
    return new Promise((resolve, reject) => {
      const search = () => void this.#search().catch(reject);
      this.#store.add(pick.onDidChangeValue(search));
      this.#store.add(pick.onDidHide(() => resolve(undefined)));
      this.#store.add(
        pick.onDidAccept(() => {
          const conversation = pick.selectedItems[0]?.conversation;
          if (conversation) {
            resolve({ type: "open", conversation });
          }
        }),
      );
      this.#store.add(
        pick.onDidTriggerItemButton(({ item, button }) => {
          const action = item.buttons?.find((one) => one === button)?.action;
          if (item.conversation && action) {
            resolve({ type: action, conversation: item.conversation });
          }
        }),
      );
      pick.show();
      search();
    });
  }

  dispose(): void {
    this.#searches++;
    this.#store.dispose();
  }

  async #search(): Promise<void> {
    const search = ++this.#searches;
    const { library, currentId } = this.#options;
    const query = this.#pick.value.trim();
    this.#pick.busy = true;
    const found = await (query === "" ? library.list() : library.search(query));
    // A slower answer to what was typed before must not replace this one.
    if (search === this.#searches) {
      this.#pick.items = historyItems(found, currentId, Date.now());
      this.#pick.busy = false;
    }
  }
}
