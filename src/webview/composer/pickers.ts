import { reasoningEfforts } from "../../core/api/parameterValues.ts";
import type { ReasoningEffort } from "../../core/api/types.ts";
import type { ComposerView, ModelView, WindowView } from "../../protocol/chat.ts";
import type { ComposerStrings } from "../../protocol/composerStrings.ts";
import { element, fill } from "../dom.ts";
import type { HostLine } from "../hostLine.ts";
import { Picker } from "./picker.ts";
import type { PopupOption } from "./popupContent.ts";
import type { PopupList } from "./popupList.ts";
import { modelPrices, priceText } from "./prices.ts";

/** What answers the next message: model, reasoning effort and completion window, each with its list. */
export class Pickers {
  readonly element: HTMLElement;
  readonly #host: HostLine;
  readonly #popup: PopupList;
  readonly #strings: ComposerStrings;
  readonly #locale: string;
  readonly #model: Picker;
  readonly #effort: Picker;
  readonly #window: Picker;
  #view: ComposerView | undefined;
  #loading: AbortController | undefined;

  constructor(popup: PopupList, strings: ComposerStrings, host: HostLine, locale: string) {
    this.#popup = popup;
    this.#strings = strings;
    this.#host = host;
    this.#locale = locale;
    this.#model = new Picker(popup, "modelPicker", () => void this.#openModels());
    this.#effort = new Picker(popup, "effortPicker", () => this.#openEfforts());
    this.#window = new Picker(popup, "windowPicker", () => this.#openWindows());
    this.element = element("div", "pickers", this.#model.element, this.#effort.element, this.#window.element);
    this.element.hidden = true;
  }

  update(view: ComposerView): void {
    if (view === this.#view) return;
    this.#view = view;
    const { model, effort } = view;
    const strings = this.#strings;
    const mark = model.isKnown ? "" : strings.unknownModel;
    this.#model.update(model.name, fill(strings.model, model.name), [model.id, mark].join("\n").trim());
    const effortName = effort === undefined ? strings.effortDefault : strings.efforts[effort];
    this.#effort.update(
      effort === undefined ? strings.effortShort : effortName,
      fill(strings.effort, effortName),
    );
    this.#effort.element.hidden = model.reasoning === false && !this.#effort.isOpen;
    const window = model.windows.find(({ id }) => id === view.window);
    const windowName = window?.name ?? view.window;
    const price = window === undefined ? "" : `${strings.pricesFor}: ${this.#price(window)}`;
    this.#window.update(windowName, fill(strings.window, windowName), price);
    this.element.hidden = false;
  }

  /** Opens the list of models, e.g. because the one chosen cannot do what is wanted. */
  chooseModel(): void {
    if (!this.#model.isOpen) this.#model.toggle();
  }

  async #openModels(): Promise<void> {
    const strings = this.#strings;
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.#model.show({ groups: [], message: strings.loadingModels, isBusy: true });
    try {
      const models = await this.#host.request("listModels", undefined, loading.signal);
      if (!this.#model.isOpen || loading.signal.aborted) return;
      const options = models.map((model) => this.#modelOption(model));
      const message = models.length === 0 ? { message: strings.nothingFound } : {};
      this.#model.show({ groups: [{ label: strings.pricesFor, options }], ...message });
    } catch (error) {
      if (!this.#model.isOpen || loading.signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      const again = {
        id: "again",
        label: strings.tryAgain,
        detail: "",
        choose: () => void this.#openModels(),
      };
      this.#model.show({
        groups: [{ label: "", options: [again] }],
        message: fill(strings.noModels, reason),
      });
    }
  }

  #modelOption(model: ModelView): PopupOption {
    const strings = this.#strings;
    const badges = [
      model.isKnown ? undefined : strings.unknownModel,
      model.imageInput === true ? strings.takesImages : undefined,
      model.reasoning === true ? strings.reasons : undefined,
    ];
    return {
      id: model.id,
      label: model.name,
      detail: modelPrices(model, strings, this.#locale),
      badges: badges.filter((badge) => badge !== undefined),
      isWide: true,
      isCurrent: model.id === this.#view?.model.id,
      choose: () => {
        this.#popup.close();
        this.#host.ask("chooseModel", { id: model.id });
      },
    };
  }

  #openEfforts(): void {
    const option = (effort: ReasoningEffort | undefined, label: string, detail: string): PopupOption => ({
      id: effort ?? "default",
      label,
      detail,
      isCurrent: effort === this.#view?.effort,
      choose: () => {
        this.#popup.close();
        this.#host.ask("chooseEffort", { effort });
      },
    });
    const { effortDefault, effortDefaultHint, efforts } = this.#strings;
    const options = [
      option(undefined, effortDefault, effortDefaultHint),
      ...reasoningEfforts.map((effort) => option(effort, efforts[effort], "")),
    ];
    this.#effort.show({ groups: [{ label: "", options }] });
  }

  #openWindows(): void {
    const windows = this.#view?.model.windows ?? [];
    const options = windows.map((window) => ({
      id: window.id,
      label: window.name,
      detail: `${this.#strings.windowHints[window.id]}\n${this.#price(window)}`,
      isWide: true,
      isCurrent: window.id === this.#view?.window,
      choose: () => {
        this.#popup.close();
        this.#host.ask("chooseWindow", { window: window.id });
      },
    }));
    this.#window.show({ groups: [{ label: this.#strings.pricesFor, options }] });
  }

  #price(window: WindowView): string {
    return priceText(window, this.#strings, this.#locale);
  }
}
