import type { ContextItem, Message } from "../../core/chat/conversation.ts";
import type { ConversationCost } from "../../core/chat/conversationCost.ts";
import type { Clock } from "../../core/util/clock.ts";
import { type Disposable, DisposableStore } from "../../core/util/disposable.ts";
import type { ComposerView, DraftVersion, MeterView } from "../../protocol/chat.ts";
import { ComposerState, withoutTwins } from "./composerState.ts";
import { contextView } from "./messageViews.ts";
import type { PanelState, PanelStore, PlaceId } from "./panelStore.ts";
import type { ContextBudget, ContextSource, ModelChoices, PromptSource, RateSource } from "./ports.ts";

/** How long after the last change the meter is computed anew, ms. */
const meterDelayMs = 250;

export interface ComposerDeps {
  readonly context: ContextSource;
  readonly prompts: PromptSource;
  readonly models: ModelChoices;
  readonly budget: ContextBudget;
  readonly rate: RateSource;
  readonly panels: PanelStore;
  readonly clock: Clock;
}

/** What the box needs of the conversation that its place shows. */
export interface ShownConversation {
  /** The messages that the next request goes on from. */
  readonly branch: () => readonly Message[];
  readonly cost: () => ConversationCost | undefined;
}

/** The box of one place: draft, attached context and meter, kept on disk, told of when they change. */
export class Composer implements Disposable {
  readonly #deps: ComposerDeps;
  readonly #place: PlaceId;
  readonly #shown: ShownConversation;
  readonly #tell: (composer: ComposerView) => void;
  readonly #store = new DisposableStore();
  #state = new ComposerState();
  #conversationId: string | undefined;
  #meter: MeterView | undefined;
  #meterTimer: Disposable | undefined;

  constructor(
    deps: ComposerDeps,
    place: PlaceId,
    shown: ShownConversation,
    tell: (composer: ComposerView) => void,
  ) {
    this.#deps = deps;
    this.#place = place;
    this.#shown = shown;
    this.#tell = tell;
    this.#store.add(deps.context.onDidChange(() => this.changed()));
    this.#store.add(deps.prompts.onDidChange(() => this.changed()));
    this.#store.add(deps.rate.onDidChange(() => this.#tell(this.view)));
  }

  dispose(): void {
    this.#store.dispose();
    this.#meterTimer?.dispose();
  }

  /** Takes over what the place had. */
  restore({ conversationId, draft, draftVersion, context }: PanelState): void {
    this.#conversationId = conversationId;
    this.#state = new ComposerState(draft, context, draftVersion);
  }

  get draft(): string {
    return this.#state.draft;
  }

  get draftVersion(): DraftVersion | undefined {
    return this.#state.version;
  }

  get context(): readonly ContextItem[] {
    return this.#state.context;
  }

  get view(): ComposerView {
    return {
      ...this.#deps.models.current(),
      context: this.#state.context.map(contextView),
      ambient: this.#deps.context.ambient(),
      commands: this.#deps.prompts.list(),
      meter: this.#meter,
      rateNote: this.#deps.rate.text,
    };
  }

  /** Something of the view is otherwise. */
  changed(): void {
    this.#tell(this.view);
    this.measureSoon();
  }

  /** Computes the meter when things have calmed down, and tells of it if it shows something else. */
  measureSoon(): void {
    this.#meterTimer?.dispose();
    this.#meterTimer = this.#deps.clock.setTimeout(() => {
      const context = withoutTwins([...this.#deps.context.ambientItems(), ...this.#state.context]);
      const next = this.#deps.budget.meter(this.#shown.branch(), this.#state.draft, context);
      const spent = this.#shown.cost();
      const meter = spent ? { ...next, spent } : next;
      if (JSON.stringify(meter) !== JSON.stringify(this.#meter)) {
        this.#meter = meter;
        this.#tell(this.view);
      }
    }, meterDelayMs);
  }

  /** Remembers which conversation the place shows. */
  async choose(conversationId: string): Promise<void> {
    this.#conversationId = conversationId;
    await this.#save();
  }

  /** Without a `version` the text is newer than what the page has. */
  async saveDraft(text: string, version = raised(this.#state.version)): Promise<void> {
    if (text !== this.#state.draft || version !== this.#state.version) {
      this.#state.draft = text;
      this.#state.version = version;
      this.measureSoon();
      await this.#save();
    }
  }

  async add(items: readonly ContextItem[]): Promise<void> {
    for (const item of items) {
      this.#state.add(item);
    }
    await this.#contextChanged();
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (this.#state.context.some(({ id }) => ids.includes(id))) {
      for (const id of ids) {
        this.#state.remove(id);
      }
      await this.#contextChanged();
    }
  }

  /** What comes back from the queue stands behind what is written, as the box shows it. */
  async takeBack(text: string, items: readonly ContextItem[]): Promise<void> {
    const { draft } = this.#state;
    const needsBreak = draft !== "" && !draft.endsWith("\n");
    await Promise.all([this.saveDraft(`${draft}${needsBreak ? "\n" : ""}${text}`), this.add(items)]);
  }

  /** What was sent is out of the box; what was written or attached since then stays. */
  async sent(text: string, ids: readonly string[]): Promise<void> {
    await this.remove(ids);
    const { draft, version } = this.#state;
    if (draft.trim() === text.trim()) {
      await this.saveDraft("", version);
    } else if (draft.startsWith(`${text}\n`)) {
      await this.saveDraft(draft.slice(text.length + 1), version);
    }
  }

  async #contextChanged(): Promise<void> {
    this.changed();
    await this.#deps.panels.saveContext(this.#place, this.#state.context);
  }

  #save(): Promise<void> {
    const { draft, version: draftVersion } = this.#state;
    return this.#deps.panels.save(this.#place, {
      conversationId: this.#conversationId,
      draft,
      draftVersion,
    });
  }
}

function raised(version: DraftVersion | undefined): DraftVersion | undefined {
  return version && { ...version, count: version.count + 1 };
}
