import * as vscode from "vscode";
import type { ChatParameters, CompletionWindow, ReasoningEffort } from "../core/api/types.ts";
import { parseBaseUrl } from "../core/api/baseUrl.ts";
import { settingDefaults, type SettingId } from "./contributions.ts";

const reasoningEfforts: readonly ReasoningEffort[] = ["none", "minimal", "low", "medium", "high", "xhigh"];
const completionWindows: readonly CompletionWindow[] = ["asap", "standard"];

/** The person's settings, read when asked. A bad value is reported once and its default is used. */
export class Settings implements vscode.Disposable {
  readonly #report: (message: string, setting: SettingId) => void;
  readonly #reported = new Map<SettingId, string>();
  readonly #changed = new vscode.EventEmitter<vscode.ConfigurationChangeEvent>();
  readonly #listener: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(report: (message: string, setting: SettingId) => void) {
    this.#report = report;
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("valar")) {
        this.#changed.fire(event);
      }
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  /**
   * The base URL as the person set it for all windows: a workspace must not decide where the token goes.
   * Unchecked here: the client refuses what is not allowed, with the reason.
   */
  get baseUrl(): string {
    const value = vscode.workspace.getConfiguration().inspect("valar.baseUrl")?.globalValue;
    return typeof value === "string" && value.trim() !== "" ? value.trim() : settingDefaults["valar.baseUrl"];
  }

  /** The origin the token is bound to, or undefined when the base URL is not allowed. */
  get origin(): string | undefined {
    const parsed = parseBaseUrl(this.baseUrl);
    return parsed.type === "ok" ? parsed.origin : undefined;
  }

  get model(): string {
    return this.#read("valar.model", isNonEmptyString, vscode.l10n.t("a model id"));
  }

  get reasoningEffort(): ReasoningEffort | undefined {
    const allowed = [...reasoningEfforts, "null"].join(", ");
    return this.#read("valar.reasoningEffort", orNull(isOneOf(reasoningEfforts)), allowed) ?? undefined;
  }

  get completionWindow(): CompletionWindow {
    return this.#read("valar.completionWindow", isOneOf(completionWindows), completionWindows.join(", "));
  }

  get temperature(): number | undefined {
    return this.#read("valar.temperature", orNull(isBetween(0, 2)), "0–2, null") ?? undefined;
  }

  get topP(): number | undefined {
    return this.#read("valar.topP", orNull(isBetween(0, 1)), "0–1, null") ?? undefined;
  }

  get maxCompletionTokens(): number | undefined {
    return this.#read("valar.maxCompletionTokens", orNull(isPositiveInteger), "≥ 1, null") ?? undefined;
  }

  get instructions(): string {
    return this.#read("valar.instructions", isString, vscode.l10n.t("text"));
  }

  /** The parameters of a chat request as the settings ask for them; what is unset is left out. */
  chatParameters(): Omit<ChatParameters, "messages"> {
    const { reasoningEffort, temperature, topP, maxCompletionTokens } = this;
    return {
      model: this.model,
      completionWindow: this.completionWindow,
      ...(reasoningEffort === undefined ? {} : { reasoningEffort }),
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { topP }),
      ...(maxCompletionTokens === undefined ? {} : { maxCompletionTokens }),
    };
  }

  #read<T>(id: SettingId, accepts: (value: unknown) => value is T, allowed: string): T {
    const value = vscode.workspace.getConfiguration().get<unknown>(id);
    if (accepts(value)) {
      this.#reported.delete(id);
      return value;
    }
    const shown = JSON.stringify(value);
    if (this.#reported.get(id) !== shown) {
      this.#reported.set(id, shown);
      const message = vscode.l10n.t(
        "Setting {0} is {1}, but must be: {2}. The default is used.",
        id,
        shown,
        allowed,
      );
      this.#report(message, id);
    }
    const fallback: unknown = settingDefaults[id];
    if (!accepts(fallback)) {
      throw new TypeError(`The default of ${id} is not valid.`);
    }
    return fallback;
  }
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isNonEmptyString(value: unknown): value is string {
  return isString(value) && value.trim() !== "";
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1;
}

function isBetween(low: number, high: number): (value: unknown) => value is number {
  return (value): value is number => typeof value === "number" && value >= low && value <= high;
}

function isOneOf<T extends string>(values: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => values.some((candidate) => candidate === value);
}

function orNull<T>(accepts: (value: unknown) => value is T): (value: unknown) => value is T | null {
  return (value): value is T | null => value === null || accepts(value);
}
