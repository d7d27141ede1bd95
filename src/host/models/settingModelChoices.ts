import { l10n } from "vscode";
import { ApiError } from "../../core/api/errors.ts";
import type { ModelInfo } from "../../core/api/models.ts";
import type { PriceTable } from "../../core/api/prices.ts";
import type { ChatParameters, CompletionWindow, ModelEntry, ReasoningEffort } from "../../core/api/types.ts";
import { throwIfAborted } from "../../core/util/abort.ts";
import type { Clock } from "../../core/util/clock.ts";
import type { ModelView } from "../../protocol/chat.ts";
import type { ModelChoices } from "../chat/ports.ts";
import { writeSetting } from "../settings/writeSetting.ts";
import type { NotifyAction } from "../notify.ts";
import { UserError } from "../userError.ts";
import { modelView, windowName } from "./modelView.ts";

export interface ModelChoicesParts {
  readonly settings: {
    readonly models: readonly ModelInfo[];
    readonly prices: PriceTable;
    chatParameters(): Omit<ChatParameters, "messages">;
  };
  /** `GET /models`. Throws `ApiError`. */
  readonly listModels: (signal: AbortSignal) => Promise<readonly ModelEntry[]>;
  /** Tells one token and origin from another: each may see other models. Undefined without a token. */
  readonly account: () => Promise<string | undefined>;
  /** Shows why the list could not be fetched. */
  readonly report: (error: unknown) => void;
  readonly notify: (severity: "warning", message: string, actions: readonly NotifyAction[]) => Promise<void>;
  readonly clock: Clock;
}

const signedOutKinds = new Set<string>(["noToken", "unauthorized"]);
/** How long a list is good for, ms. */
const listLifeMs = 5 * 60_000;

/** Model, effort and window as the settings hold them. */
export class SettingModelChoices implements ModelChoices {
  readonly #parts: ModelChoicesParts;
  #listed: { readonly account: string; readonly at: number; readonly ids: readonly string[] } | undefined;

  constructor(parts: ModelChoicesParts) {
    this.#parts = parts;
  }

  current(): {
    readonly model: ModelView;
    readonly effort: ReasoningEffort | undefined;
    readonly window: CompletionWindow;
  } {
    const { model, reasoningEffort, completionWindow } = this.#parts.settings.chatParameters();
    return { model: this.#view(model), effort: reasoningEffort, window: completionWindow ?? "asap" };
  }

  /** Known models first, then by name. When the list cannot be fetched, that is reported and the known ones are given. */
  async list(signal: AbortSignal): Promise<readonly ModelView[]> {
    try {
      return this.#views(await this.#ids(signal));
    } catch (error) {
      throwIfAborted(signal);
      this.#parts.report(error);
      return this.#views([]);
    }
  }

  /** Ids for those who ask in the background: the last list, or the known models. Throws when the token is refused. */
  async available(signal: AbortSignal): Promise<readonly string[]> {
    try {
      return await this.#ids(signal);
    } catch (error) {
      throwIfAborted(signal);
      if (error instanceof ApiError && signedOutKinds.has(error.kind)) throw error;
      const isSame = this.#listed?.account === (await this.#parts.account());
      return (isSame ? this.#listed?.ids : undefined) ?? this.#parts.settings.models.map(({ id }) => id);
    }
  }

  async chooseModel(id: string): Promise<void> {
    const { window } = this.current();
    await writeSetting("valar.model", id);
    const model = this.#view(id);
    if (!model.windows.some((offered) => offered.id === window)) {
      void this.#parts.notify(
        "warning",
        l10n.t("{0} does not have the completion window {1}.", model.name, windowName(window)),
        model.windows.map((offered) => ({
          label: l10n.t("Use {0}", offered.name),
          run: () => this.chooseWindow(offered.id),
        })),
      );
    }
  }

  async chooseEffort(effort: ReasoningEffort | undefined): Promise<void> {
    await writeSetting("valar.reasoningEffort", effort ?? null);
  }

  /** Throws `UserError` when the model is known not to have it. */
  async chooseWindow(window: CompletionWindow): Promise<void> {
    const { model } = this.current();
    if (!model.windows.some((offered) => offered.id === window)) {
      const names = model.windows.map(({ name }) => name).join(", ");
      throw new UserError(
        l10n.t("{0} does not have the completion window {1}.", model.name, windowName(window)),
        l10n.t("It has: {0}.", names),
      );
    }
    await writeSetting("valar.completionWindow", window);
  }

  async #ids(signal: AbortSignal): Promise<readonly string[]> {
    const { account, clock, listModels } = this.#parts;
    const now = await account();
    const listed = this.#listed;
    if (listed !== undefined && listed.account === now && clock.now() - listed.at < listLifeMs) {
      return listed.ids;
    }
    const ids = (await listModels(signal)).map(({ id }) => id);
    if (now !== undefined) this.#listed = { account: now, at: clock.now(), ids };
    return ids;
  }

  /** Of `ids`, or of all known models when there are none; the current one is always among them. */
  #views(ids: readonly string[]): readonly ModelView[] {
    const { settings } = this.#parts;
    const current = settings.chatParameters().model;
    const listed = ids.length > 0 ? ids : settings.models.map(({ id }) => id);
    return [...new Set([...listed, current])]
      .map((id) => this.#view(id))
      .sort((a, b) => Number(b.isKnown) - Number(a.isKnown) || a.name.localeCompare(b.name));
  }

  #view(id: string): ModelView {
    const { models, prices } = this.#parts.settings;
    return modelView(id, models, prices);
  }
}
