import * as vscode from "vscode";
import type { ModelInfo } from "../../core/api/models.ts";
import { checkNumber } from "../../core/api/validate.ts";
import type {
  ChatMessage,
  ChatParameters,
  PreparedRequest,
  StreamChat,
  ToolCall,
  ToolChoice,
  ToolDefinition,
} from "../../core/api/types.ts";
import { estimateTokens, imageTokens } from "../../core/chat/tokenEstimate.ts";
import { assertNever } from "../../core/util/assertNever.ts";
import { isRecord, parseJson } from "../../core/util/record.ts";
import { toAbortSignal } from "../cancellation.ts";
import { chatMessages, countedText, imageCount } from "./chatMessages.ts";
import { RetriedRequests } from "../retriedRequests.ts";
import { streamRetried } from "../streamRetried.ts";
import { languageModelError } from "./languageModelError.ts";

export interface LanguageModelsDeps {
  readonly isSignedIn: () => Promise<boolean>;
  /** Asks for a token; called only when the person is there to answer. */
  readonly signIn: () => Promise<void>;
  /** Ids; those that are known when the list cannot be fetched. Throws `ApiError` when the token is refused. */
  readonly listModels: (signal: AbortSignal) => Promise<readonly string[]>;
  readonly modelInfo: (id: string) => ModelInfo;
  /** What a request costs, in words; undefined where the model lacks the window that is set. */
  readonly price: (id: string) => string | undefined;
  /** The parameters the settings ask for of a model, without the messages. */
  readonly parameters: (model: string) => Omit<ChatParameters, "messages" | "stream">;
  readonly prepareChat: (parameters: ChatParameters) => Promise<PreparedRequest>;
  readonly streamChat: StreamChat;
  /** An estimate, in tokens. */
  readonly countTokens: (model: string, text: string) => number;
  /** Learns from what a request took. `estimated` is before calibration. */
  readonly calibrate: (model: string, estimated: number, promptTokens: number) => void;
  /** Tokens a request may have with its answer; undefined when only the model's own limit counts. */
  readonly maxContextTokens: () => number | undefined;
  /** Says that a caller asked for what the API does not take: the names of its options. */
  readonly leftOut: (options: readonly string[]) => void;
  /** Offers the person what helps, where that is theirs to do: the caller sees the failure's text alone. */
  readonly report: (error: unknown) => void;
  readonly onDidChange: vscode.Event<void>;
}

/** Role and separators of one message. */
const messageTokens = 4;
/** Used where a model's own limits are not known: tokens. */
const usualContextTokens = 128_000;
const usualOutputTokens = 16_000;

/** Valar's models for VS Code's own chat and for every extension that uses `vscode.lm`. */
export class LanguageModels implements vscode.LanguageModelChatProvider {
  readonly #deps: LanguageModelsDeps;
  readonly #retried = new RetriedRequests();
  readonly onDidChangeLanguageModelChatInformation: vscode.Event<void>;

  constructor(deps: LanguageModelsDeps) {
    this.#deps = deps;
    this.onDidChangeLanguageModelChatInformation = deps.onDidChange;
  }

  async provideLanguageModelChatInformation(
    { silent, configuration }: AskedModels,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelChatInformation[]> {
    if (configuration !== undefined) {
      return this.#entry(silent);
    }
    if (!silent && !(await this.#deps.isSignedIn())) {
      await this.#deps.signIn();
    }
    if (!(await this.#deps.isSignedIn())) {
      return [];
    }
    const models = await this.#deps.listModels(toAbortSignal(token));
    const contextTokens = this.#deps.maxContextTokens();
    return models.map((id) => {
      const { maxCompletionTokens: outputTokens } = this.#deps.parameters(id);
      return information(this.#deps.modelInfo(id), this.#deps.price(id), { contextTokens, outputTokens });
    });
  }

  /**
   * For the entry that “Add Models…” makes, which lets VS Code's chat work without an account of its own. The models
   * are listed without it too, so that other extensions find them: here they would be there twice.
   * With a `managementCommand` in package.json VS Code 1.139 would offer no such entry.
   */
  async #entry(silent: boolean): Promise<[]> {
    if (!silent && !(await this.#deps.isSignedIn())) {
      await this.#deps.signIn();
    }
    if (!(await this.#deps.isSignedIn())) {
      throw new Error(vscode.l10n.t("No API token is set. Run “Valar: Set API Token”."));
    }
    return [];
  }

  async provideLanguageModelChatResponse(
    model: vscode.LanguageModelChatInformation,
    messages: readonly vscode.LanguageModelChatRequestMessage[],
    options: vscode.ProvideLanguageModelChatResponseOptions,
    progress: vscode.Progress<vscode.LanguageModelResponsePart>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    try {
      const takesImages = this.#deps.modelInfo(model.id).imageInput !== false;
      const fresh = await this.#deps.prepareChat(
        this.#parameters(model.id, chatMessages(messages, takesImages), options),
      );
      const signal = toAbortSignal(token);
      const events = streamRetried(this.#retried, fresh, (request) => this.#deps.streamChat(request, signal));
      for await (const event of events) {
        switch (event.type) {
          case "delta":
            if (event.channel !== "reasoning") {
              progress.report(new vscode.LanguageModelTextPart(event.text));
            }
            break;
          case "toolCall":
            progress.report(toolCallPart(event.call));
            break;
          case "usage":
            this.#learn(model.id, messages, options, event.usage.promptTokens);
            break;
          case "phase":
          case "responded":
          case "finished":
            break;
          default:
            assertNever(event);
        }
      }
    } catch (error) {
      this.#deps.report(error);
      throw languageModelError(error);
    }
  }

  /** From requests without tools alone: how a model's template writes tools down, nobody tells. */
  #learn(
    model: string,
    messages: readonly vscode.LanguageModelChatRequestMessage[],
    { tools = [] }: vscode.ProvideLanguageModelChatResponseOptions,
    promptTokens: number,
  ): void {
    const parts = messages.flatMap(({ content }) => content);
    const isPlain = tools.length === 0 && !parts.some(isOfTool) && imageCount(parts) === 0;
    if (!isPlain) return;
    const estimated = estimateTokens(countedText(parts)) + messageTokens * messages.length;
    this.#deps.calibrate(model, estimated, promptTokens);
  }

  provideTokenCount(
    model: vscode.LanguageModelChatInformation,
    text: string | vscode.LanguageModelChatRequestMessage,
  ): Promise<number> {
    if (typeof text === "string") return Promise.resolve(this.#deps.countTokens(model.id, text));
    const words = this.#deps.countTokens(model.id, countedText(text.content));
    return Promise.resolve(words + messageTokens + imageTokens * imageCount(text.content));
  }

  #parameters(
    model: string,
    messages: readonly ChatMessage[],
    { tools = [], toolMode, modelOptions }: vscode.ProvideLanguageModelChatResponseOptions,
  ): ChatParameters {
    const { temperature, top_p, ...others } = modelOptions ?? {};
    if (Object.keys(others).length > 0) this.#deps.leftOut(Object.keys(others));
    const toolChoice: ToolChoice =
      toolMode === vscode.LanguageModelChatToolMode.Required ? "required" : "auto";
    return {
      ...this.#deps.parameters(model),
      ...samplingOptions(temperature, top_p),
      model,
      messages,
      stream: true,
      includeUsage: true,
      ...(tools.length === 0 ? {} : { tools: tools.map(toolDefinition), toolChoice }),
    };
  }
}

/** Newer versions of VS Code ask once more for each entry that the person has made for Valar. */
interface AskedModels extends vscode.PrepareLanguageModelChatModelOptions {
  readonly configuration?: unknown;
}

/** Newer versions of VS Code show a model's price where it is chosen. */
interface PricedInformation extends vscode.LanguageModelChatInformation {
  readonly pricing?: string;
}

/** What the person's settings leave of a model. */
interface Limits {
  readonly contextTokens: number | undefined;
  readonly outputTokens: number | undefined;
}

function information(info: ModelInfo, price: string | undefined, limits: Limits): PricedInformation {
  const contextTokens = Math.min(info.contextTokens ?? usualContextTokens, limits.contextTokens ?? Infinity);
  const usualMost = Math.min(usualOutputTokens, Math.floor(contextTokens / 4));
  // An answer never takes more than half, as in the chat.
  const maxOutputTokens = Math.min(limits.outputTokens ?? usualMost, Math.floor(contextTokens / 2));
  return {
    id: info.id,
    name: info.name,
    family: info.id.split("/").at(-1) ?? info.id,
    version: info.id,
    tooltip: info.id,
    detail: "Valar",
    maxInputTokens: contextTokens - maxOutputTokens,
    maxOutputTokens,
    capabilities: { imageInput: info.imageInput === true, toolCalling: true },
    ...(price === undefined ? {} : { pricing: price }),
  };
}

function isOfTool(part: unknown): boolean {
  return (
    part instanceof vscode.LanguageModelToolCallPart || part instanceof vscode.LanguageModelToolResultPart
  );
}

/** What a caller asks for counts before the settings. What is out of range is refused. */
function samplingOptions(temperature: unknown, topP: unknown): Pick<ChatParameters, "temperature" | "topP"> {
  checkIfSet("temperature", temperature, 2);
  checkIfSet("top_p", topP, 1);
  return {
    ...(typeof temperature === "number" ? { temperature } : {}),
    ...(typeof topP === "number" ? { topP } : {}),
  };
}

/** Throws `ParameterError`. */
function checkIfSet(field: string, value: unknown, most: number): void {
  if (value !== undefined) checkNumber(field, value, 0, most);
}

function toolDefinition({ name, description, inputSchema }: vscode.LanguageModelChatTool): ToolDefinition {
  const parameters = isRecord(inputSchema) ? inputSchema : undefined;
  return { name, description, ...(parameters === undefined ? {} : { parameters }) };
}

/** Throws when the model wrote arguments that are no JSON object: such a call must not run. */
function toolCallPart(call: ToolCall): vscode.LanguageModelToolCallPart {
  const input = call.arguments.trim() === "" ? {} : parseJson(call.arguments);
  if (!isRecord(input)) {
    throw new Error(
      vscode.l10n.t("The model called the tool {0} with arguments that cannot be read.", call.name),
    );
  }
  return new vscode.LanguageModelToolCallPart(call.id, call.name, input);
}
