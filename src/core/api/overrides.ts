import { isRecord } from "../util/record.ts";
import { completionWindows } from "./checkParameters.ts";
import { knownModels, modelInfo, type ModelInfo } from "./models.ts";
import { knownPrices, type ModelPrices, type Price, type PriceTable } from "./prices.ts";
import type { CompletionWindow } from "./types.ts";

/** What a setting yields: everything usable in it, and a sentence for each thing that is not. */
export interface Overridden<T> {
  readonly value: T;
  readonly problems: readonly string[];
}

/**
 * The price table with the setting `valar.prices` over it: model id → window → `{input, cachedInput, output}` in
 * USD for 1,000,000 tokens. A window given replaces that window; `null` for a model takes its prices away.
 */
export function overridePrices(setting: unknown): Overridden<PriceTable> {
  const problems: string[] = [];
  const table: Record<string, ModelPrices> = { ...knownPrices };
  for (const [id, given] of entriesOf(setting, "valar.prices", problems)) {
    if (given === null) {
      table[id] = {};
      continue;
    }
    const prices: Partial<Record<CompletionWindow, Price>> = { ...table[id] };
    for (const [window, value] of entriesOf(given, `valar.prices["${id}"]`, problems)) {
      const price = readPrice(value);
      if (!isWindow(window) || price === undefined) {
        problems.push(
          `valar.prices["${id}"].${window} must be asap or standard with input, cachedInput and output, each a number of at least 0.`,
        );
      } else prices[window] = price;
    }
    table[id] = prices;
  }
  return { value: table, problems };
}

/**
 * The known models with the setting `valar.models` over them: model id → any of `name`, `imageInput`, `reasoning`,
 * `windows`, `contextTokens`. An unknown id adds a model.
 */
export function overrideModels(setting: unknown): Overridden<readonly ModelInfo[]> {
  const problems: string[] = [];
  const models = new Map(knownModels.map((model) => [model.id, model]));
  for (const [id, given] of entriesOf(setting, "valar.models", problems)) {
    let model = models.get(id) ?? modelInfo(id);
    for (const [field, value] of entriesOf(given, `valar.models["${id}"]`, problems)) {
      const change = readModelField(field, value);
      if (typeof change === "string") problems.push(`valar.models["${id}"].${field} must be ${change}.`);
      else model = { ...model, ...change };
    }
    models.set(id, model);
  }
  return { value: [...models.values()], problems };
}

function entriesOf(value: unknown, name: string, problems: string[]): (readonly [string, unknown])[] {
  if (value === undefined || value === null) return [];
  if (isRecord(value)) return Object.entries(value);
  problems.push(`${name} must be an object.`);
  return [];
}

function readPrice(value: unknown): Price | undefined {
  if (!isRecord(value)) return undefined;
  const { input, cachedInput, output } = value;
  return isAmount(input) && isAmount(cachedInput) && isAmount(output)
    ? { input, cachedInput, output }
    : undefined;
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isWindow(value: unknown): value is CompletionWindow {
  return completionWindows.some((window) => window === value);
}

/** The change a field makes, or what it should have been. */
function readModelField(field: string, value: unknown): Partial<ModelInfo> | string {
  switch (field) {
    case "name":
      return typeof value === "string" && value !== "" ? { name: value } : "text that is not empty";
    case "imageInput":
    case "reasoning":
      return typeof value === "boolean" ? { [field]: value } : "true or false";
    case "windows":
      return Array.isArray(value) && value.length > 0 && value.every(isWindow)
        ? { windows: value }
        : `a list of ${completionWindows.join(", ")}`;
    case "contextTokens":
      return typeof value === "number" && Number.isSafeInteger(value) && value >= 1
        ? { contextTokens: value }
        : "a whole number of at least 1";
    default:
      return "one of name, imageInput, reasoning, windows, contextTokens";
  }
}
