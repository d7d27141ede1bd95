import { phrase, type Phrase, type PhraseValue } from "../util/phrase.ts";
import { isRecord } from "../util/record.ts";
import { completionWindows } from "./parameterValues.ts";
import { knownModels, modelInfo, type ModelInfo } from "./models.ts";
import { knownPrices, type ModelPrices, type Price, type PriceTable } from "./prices.ts";
import type { CompletionWindow } from "./types.ts";

/** What a setting yields: everything usable in it, and a sentence for each thing that is not. */
export interface Overridden<T> {
  readonly value: T;
  readonly problems: readonly PhraseValue[];
}

/**
 * The price table with the setting `valar.prices` over it: model id → window → `{input, cachedInput, output}` in
 * USD for 1,000,000 tokens. A window given replaces that window; `null` for a model takes its prices away.
 */
export function overridePrices(setting: unknown): Overridden<PriceTable> {
  const problems: Phrase[] = [];
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
          phrase(
            "{0} must be asap or standard with input, cachedInput and output, each a number of at least 0.",
            `valar.prices["${id}"].${window}`,
          ),
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
  const problems: Phrase[] = [];
  const models = new Map(knownModels.map((model) => [model.id, model]));
  for (const [id, given] of entriesOf(setting, "valar.models", problems)) {
    let model = models.get(id) ?? modelInfo(id);
    for (const [field, value] of entriesOf(given, `valar.models["${id}"]`, problems)) {
      const change = readModelField(field, value);
      if (change.type === "bad")
        problems.push(phrase("{0} must be {1}.", `valar.models["${id}"].${field}`, change.allowed));
      else model = { ...model, ...change.value };
    }
    models.set(id, model);
  }
  return { value: [...models.values()], problems };
}

function entriesOf(value: unknown, name: string, problems: Phrase[]): (readonly [string, unknown])[] {
  if (value === undefined || value === null) return [];
  if (isRecord(value)) return Object.entries(value);
  problems.push(phrase("{0} must be an object.", name));
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

type FieldChange =
  | { readonly type: "ok"; readonly value: Partial<ModelInfo> }
  | { readonly type: "bad"; readonly allowed: Phrase };

/** The change a field makes, or what it should have been. */
function readModelField(field: string, value: unknown): FieldChange {
  switch (field) {
    case "name":
      return typeof value === "string" && value !== ""
        ? ok({ name: value })
        : bad(phrase("text that is not empty"));
    case "imageInput":
    case "reasoning":
      return typeof value === "boolean" ? ok({ [field]: value }) : bad(phrase("true or false"));
    case "windows":
      return Array.isArray(value) && value.length > 0 && value.every(isWindow)
        ? ok({ windows: value })
        : bad(phrase("a list of {0}", completionWindows.join(", ")));
    case "contextTokens":
      return typeof value === "number" && Number.isSafeInteger(value) && value >= 1
        ? ok({ contextTokens: value })
        : bad(phrase("a whole number of at least 1"));
    default:
      return bad(phrase("one of {0}", "name, imageInput, reasoning, windows, contextTokens"));
  }
}

function ok(value: Partial<ModelInfo>): FieldChange {
  return { type: "ok", value };
}

function bad(allowed: Phrase): FieldChange {
  return { type: "bad", allowed };
}
