import * as vscode from "vscode";
import { parseBaseUrl } from "../core/api/baseUrl.ts";
import { type ModelInfo, modelInfo, offeredWindow } from "../core/api/models.ts";
import { overrideModels, overridePrices } from "../core/api/overrides.ts";
import type { PriceTable } from "../core/api/prices.ts";
import type { Timeouts } from "../core/api/timeouts.ts";
import type { ChatParameters } from "../core/api/types.ts";
import type { SlashCommand } from "../core/chat/slashCommands.ts";
import { type SettingId, settingDefaults } from "./contributions.ts";
import { readPrompts } from "./settings/prompts.ts";
import { allowedText } from "./settings/allowedText.ts";
import { OverrideCache } from "./settings/overrideCache.ts";
import {
  type ActiveEditorContext,
  type BadValue,
  type Check,
  type CheckedSettingId,
  type CheckedValues,
  settingChecks,
} from "./settings/values.ts";
import { translated } from "./translated.ts";

/** What may come along with a message, and how much of it. */
export interface ContextSettings {
  readonly activeEditor: ActiveEditorContext;
  readonly rules: boolean;
  readonly maxFileKilobytes: number;
}

/** USD that may be spent before the person is asked; `null` for no limit. */
export interface Budgets {
  readonly session: number | null;
  readonly day: number | null;
}

/** The person's settings, read when asked. A bad value is reported once and its default is used. */
export class Settings implements vscode.Disposable {
  readonly #report: (message: string, setting: SettingId) => void;
  readonly #reported = new Map<SettingId, string>();
  readonly #changed = new vscode.EventEmitter<vscode.ConfigurationChangeEvent>();
  readonly #listener: vscode.Disposable;
  readonly #prices = new OverrideCache(overridePrices);
  readonly #models = new OverrideCache(overrideModels);
  readonly #prompts = new OverrideCache(readPrompts);
  readonly onDidChange = this.#changed.event;

  constructor(report: (message: string, setting: SettingId) => void) {
    this.#report = report;
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("valar")) {
        this.#check((id) => event.affectsConfiguration(id));
        this.#changed.fire(event);
      }
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  /**
   * What is not allowed is reported, and given as it is: the client refuses to send anything there. No default takes
   * its place, since it is not where the person wants the data to go.
   */
  get baseUrl(): string {
    return this.#readBaseUrl();
  }

  /** The origin the token is bound to, or undefined when the base URL is not allowed. */
  get origin(): string | undefined {
    const parsed = parseBaseUrl(this.baseUrl);
    return parsed.type === "ok" ? parsed.origin : undefined;
  }

  get model(): string {
    return this.#read("valar.model");
  }

  get instructions(): string {
    return this.#read("valar.instructions");
  }

  /** `text`, `json_object`, the path of a JSON Schema file, or empty when none is asked for. */
  get responseFormat(): string {
    return this.#read("valar.responseFormat").trim();
  }

  /** Where the API reports completions to; undefined when nowhere. */
  get completionWebhook(): string | undefined {
    const webhook = this.#read("valar.completionWebhook").trim();
    return webhook === "" ? undefined : webhook;
  }

  /** Whether functions carry Explain, Refactor and Write Tests above them. */
  get codeLens(): boolean {
    return this.#read("valar.codeLens");
  }

  get timeouts(): Timeouts {
    return {
      headersMs: this.#read("valar.timeouts.headers") * 1000,
      idleMs: this.#read("valar.timeouts.idle") * 1000,
      totalMs: this.#read("valar.timeouts.total") * 1000,
    };
  }

  get budgets(): Budgets {
    return { session: this.#read("valar.budget.session"), day: this.#read("valar.budget.day") };
  }

  get prices(): PriceTable {
    return this.#overridden("valar.prices", this.#prices);
  }

  get models(): readonly ModelInfo[] {
    return this.#overridden("valar.models", this.#models);
  }

  get context(): ContextSettings {
    return {
      activeEditor: this.#read("valar.context.activeEditor"),
      rules: this.#read("valar.context.rules"),
      maxFileKilobytes: this.#read("valar.context.maxFileKilobytes"),
    };
  }

  /** Tokens a request may hold with its answer; undefined when only the model's own limit counts. */
  get maxContextTokens(): number | undefined {
    return this.#read("valar.context.maxTokens") ?? undefined;
  }

  /** The prompts of `valar.prompts` that can be used. */
  get prompts(): readonly SlashCommand[] {
    return this.#overridden("valar.prompts", this.#prompts);
  }

  /**
   * The parameters of a request as the settings ask for them; what is unset is left out. Another model than the one
   * that is set may lack the completion window: then it is asked in one that it has.
   */
  chatParameters(model = this.model): Omit<ChatParameters, "messages"> {
    const window = this.#read("valar.completionWindow");
    const isSet = model === this.model;
    const reasoningEffort = this.#read("valar.reasoningEffort");
    const temperature = this.#read("valar.temperature");
    const topP = this.#read("valar.topP");
    const maxCompletionTokens = this.#read("valar.maxCompletionTokens");
    const user = this.#read("valar.user");
    const metadata = this.#read("valar.metadata");
    const { completionWebhook } = this;
    return {
      model,
      completionWindow: isSet ? window : offeredWindow(modelInfo(model, this.models), window),
      ...(reasoningEffort === null ? {} : { reasoningEffort }),
      ...(temperature === null ? {} : { temperature }),
      ...(topP === null ? {} : { topP }),
      ...(maxCompletionTokens === null ? {} : { maxCompletionTokens }),
      ...(user === "" ? {} : { user }),
      ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
      ...(completionWebhook === undefined ? {} : { completionWebhook }),
    };
  }

  /** Says at once what is wrong with a setting that was just changed. */
  #check(isAffected: (id: SettingId) => boolean): void {
    for (const id of checkedIds.filter(isAffected)) {
      this.#read(id);
    }
    if (isAffected("valar.baseUrl")) {
      this.#readBaseUrl();
    }
    if (isAffected("valar.prices")) {
      this.#overridden("valar.prices", this.#prices);
    }
    if (isAffected("valar.models")) {
      this.#overridden("valar.models", this.#models);
    }
    if (isAffected("valar.prompts")) {
      this.#overridden("valar.prompts", this.#prompts);
    }
  }

  #readBaseUrl(): string {
    const id = "valar.baseUrl";
    const value = currentValue(id) ?? "";
    const text = typeof value === "string" ? value.trim() : JSON.stringify(value);
    const baseUrl = text === "" ? settingDefaults[id] : text;
    const parsed = parseBaseUrl(baseUrl);
    if (parsed.type === "ok") {
      this.#reported.delete(id);
    } else {
      const setting = vscode.l10n.t("Setting {0}:", id);
      const consequence = vscode.l10n.t("Nothing is sent until it is corrected.");
      this.#reportOnce(id, `${setting} ${translated(parsed.said)} ${consequence}`);
    }
    return baseUrl;
  }

  #read<K extends CheckedSettingId>(id: K): CheckedValues[K] {
    const check: Check<CheckedValues[K]> = settingChecks[id];
    const usual = check(settingDefaults[id]);
    if (usual.type === "bad") {
      throw new TypeError(`The default of ${id} is not valid.`);
    }
    const value = currentValue(id);
    const checked = value === undefined ? usual : check(value);
    if (checked.type === "ok") {
      this.#reported.delete(id);
      return checked.value;
    }
    this.#reportOnce(id, badValueText(id, checked));
    return usual.value;
  }

  #overridden<T>(id: SettingId, cache: OverrideCache<T>): T {
    const { value, problems } = cache.of(currentValue(id));
    if (problems.length === 0) {
      this.#reported.delete(id);
    } else {
      this.#reportOnce(
        id,
        vscode.l10n.t("{0} What is wrong is left out.", problems.map(translated).join(" ")),
      );
    }
    return value;
  }

  #reportOnce(id: SettingId, message: string): void {
    if (this.#reported.get(id) !== message) {
      this.#reported.set(id, message);
      this.#report(message, id);
    }
  }
}

const checkedIds = Object.keys(settingChecks) as readonly CheckedSettingId[];

/** Set for all windows alone: a workspace must not decide where data and tokens go, nor what may be spent. */
const ownSettings: ReadonlySet<SettingId> = new Set<SettingId>([
  "valar.baseUrl",
  "valar.completionWebhook",
  "valar.budget.session",
  "valar.budget.day",
]);

/** The value in force, unchecked. */
function currentValue(id: SettingId): unknown {
  const configuration = vscode.workspace.getConfiguration();
  return ownSettings.has(id) ? configuration.inspect(id)?.globalValue : configuration.get<unknown>(id);
}

/** Names the setting, the value, what is allowed and what is used instead. */
function badValueText(id: SettingId, { part, shown, allowed }: BadValue): string {
  const name = `${id}${part}`;
  const must = allowedText(allowed);
  const usual = usualText(settingDefaults[id]);
  return shown === undefined
    ? vscode.l10n.t("Setting {0} must be {1}. The default of {2}, {3}, is used.", name, must, id, usual)
    : vscode.l10n.t(
        "Setting {0} is {1}, but must be {2}. The default, {3}, is used.",
        name,
        shown,
        must,
        usual,
      );
}

function usualText(value: unknown): string {
  const json = JSON.stringify(value);
  return ["null", '""', "{}"].includes(json) ? vscode.l10n.t("none") : json;
}
