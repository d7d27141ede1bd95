import type { ModelInfo } from "../../core/api/models.ts";
import { modelInfo } from "../../core/api/models.ts";
import type { Price, PriceTable } from "../../core/api/prices.ts";
import type { ChatParameters } from "../../core/api/types.ts";
import { SizeEstimates } from "../../core/chat/branchSize.ts";
import { dropContext, dropOldest, promptLimit, type Reduced } from "../../core/chat/contextBudget.ts";
import type { ContextItem, Message } from "../../core/chat/conversation.ts";
import { chatPrompt } from "../../core/chat/prompt.ts";
import {
  type Calibrations,
  calibrate,
  calibrationRatio,
  readCalibrations,
} from "../../core/chat/tokenCalibration.ts";
import { estimateTokens } from "../../core/chat/tokenEstimate.ts";
import type { FitId, MeterView } from "../../protocol/chat.ts";
import type { ContextBudget, Fitted } from "../chat/ports.ts";
import { contextChoice, oldestChoice, sendAllChoice } from "./fitChoices.ts";

/** What is kept from one session to the next; `globalState` is one. */
export interface BudgetMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface ModelBudgetParts {
  readonly settings: {
    readonly models: readonly ModelInfo[];
    readonly prices: PriceTable;
    readonly instructions: string;
    /** Tokens a request may have with its answer; undefined when only the model's own limit counts. */
    readonly maxContextTokens: number | undefined;
    chatParameters(model?: string): Omit<ChatParameters, "messages">;
  };
  readonly memory: BudgetMemory;
  /** What was learnt could not be kept. */
  readonly onForgotten: (error: unknown) => void;
}

const memoryKey = "valar.tokenCalibrations";
/** How much of a request that the server found too large is tried next. */
const afterRefusal = 0.75;

/** Room for the next request, by an estimate that learns from each answer's `usage`. */
export class ModelBudget implements ContextBudget {
  readonly #parts: ModelBudgetParts;
  readonly #sizes = new SizeEstimates();
  readonly #sizesWithoutImages = new SizeEstimates(0);
  /** Prompt tokens, by estimate, that the server is known to refuse, by model; until the window closes. */
  readonly #refused = new Map<string, number>();
  #calibrations: Calibrations;
  #system = { instructions: "", size: systemSize("") };

  constructor(parts: ModelBudgetParts) {
    this.#parts = parts;
    this.#calibrations = readCalibrations(parts.memory.get(memoryKey));
  }

  meter(branch: readonly Message[], draft: string, context: readonly ContextItem[]): MeterView {
    const { model, limit, ratio, sizes } = this.#room();
    const next = draft === "" && context.length === 0 ? [] : [draftMessage(draft, context)];
    const promptTokens = Math.ceil((this.#fixed() + sizes.branch([...branch, ...next])) * ratio);
    const cached = Math.min(promptTokens, this.#sentTokens(branch, ratio, sizes));
    const price = this.#parts.settings.prices[model.id]?.[model.window];
    return {
      promptTokens,
      limitTokens: limit,
      minCostUsd: price && leastCost(promptTokens, cached, price),
    };
  }

  /** What of the next request the server has seen already: it may be cached. */
  #sentTokens(branch: readonly Message[], ratio: number, sizes: SizeEstimates): number {
    const sent = branch.slice(0, branch.findLastIndex(({ kind }) => kind === "answer") + 1);
    return sent.length === 0 ? 0 : Math.ceil((this.#fixed() + sizes.branch(sent)) * ratio);
  }

  fit(branch: readonly Message[], fit: FitId | undefined, asked?: string): Fitted {
    const { limit, ratio, sizes } = this.#room(asked);
    const fixed = this.#fixed();
    const tokens = (size: number) => Math.ceil((fixed + size) * ratio);
    const promptTokens = tokens(sizes.branch(branch));
    if (limit === undefined || promptTokens <= limit || fit === "sendAll") return { type: "fits", branch };
    const most = limit / ratio - fixed;
    const without = {
      dropOldest: dropOldest(branch, most, sizes),
      dropContext: dropContext(branch, most, sizes),
    };
    const helps = ({ size }: Reduced): boolean => tokens(size) <= limit;
    if (fit !== undefined && helps(without[fit])) return { type: "fits", branch: without[fit].branch };
    const { dropOldest: oldest, dropContext: items } = without;
    const choices = [
      ...(helps(oldest) ? [oldestChoice(oldest, tokens(oldest.size))] : []),
      ...(helps(items) && items.droppedContext.length > 0 ? [contextChoice(items, tokens(items.size))] : []),
      sendAllChoice(promptTokens, limit),
    ];
    return { type: "tooLong", promptTokens, limitTokens: limit, choices };
  }

  calibrate(model: string, branch: readonly Message[], promptTokens: number): void {
    this.calibrateEstimate(model, this.#fixed() + this.#sizesFor(model).branch(branch), promptTokens);
  }

  /** The same for a request that is no branch of a chat. `estimated` is before calibration. */
  calibrateEstimate(model: string, estimated: number, promptTokens: number): void {
    this.#calibrations = calibrate(this.#calibrations, model, estimated, promptTokens);
    this.#parts.memory
      .update(memoryKey, this.#calibrations)
      .then(undefined, (error: unknown) => this.#parts.onForgotten(error));
  }

  /** What a text is likely to take, going by what the model's requests took so far. Tokens. */
  countTokens(model: string, text: string): number {
    return Math.ceil(estimateTokens(text) * calibrationRatio(this.#calibrations, model));
  }

  /** The server found a request of `branch` too large, whatever is known of the model: less is offered next. */
  refused(model: string, branch: readonly Message[]): void {
    const size =
      (this.#fixed() + this.#sizesFor(model).branch(branch)) * calibrationRatio(this.#calibrations, model);
    this.#refused.set(model, Math.min(size * afterRefusal, this.#refused.get(model) ?? Infinity));
  }

  #room(asked?: string) {
    const { settings } = this.#parts;
    const { model, completionWindow, maxCompletionTokens } = settings.chatParameters(asked);
    const { contextTokens } = modelInfo(model, settings.models);
    const allowed = promptLimit(contextTokens, settings.maxContextTokens, maxCompletionTokens);
    const refused = this.#refused.get(model);
    const limit = refused === undefined ? allowed : Math.floor(Math.min(refused, allowed ?? Infinity));
    return {
      model: { id: model, window: completionWindow ?? ("asap" as const) },
      limit,
      ratio: calibrationRatio(this.#calibrations, model),
      sizes: this.#sizesFor(model),
    };
  }

  /** A model that takes no images is sent none. */
  #sizesFor(model: string): SizeEstimates {
    const { imageInput } = modelInfo(model, this.#parts.settings.models);
    return imageInput === false ? this.#sizesWithoutImages : this.#sizes;
  }

  /** What every request begins with. */
  #fixed(): number {
    const { instructions } = this.#parts.settings;
    if (this.#system.instructions !== instructions) {
      this.#system = { instructions, size: systemSize(instructions) };
    }
    return this.#system.size;
  }
}

/** USD. */
function leastCost(promptTokens: number, cachedTokens: number, { input, cachedInput }: Price): number {
  return (cachedTokens * Math.min(input, cachedInput) + (promptTokens - cachedTokens) * input) / 1_000_000;
}

function draftMessage(text: string, context: readonly ContextItem[]): Message {
  return { kind: "user", id: "draft", parentId: undefined, text, context };
}

function systemSize(instructions: string): number {
  return chatPrompt([], instructions).reduce(
    (sum, { content }) => sum + (typeof content === "string" ? estimateTokens(content) : 0),
    0,
  );
}
