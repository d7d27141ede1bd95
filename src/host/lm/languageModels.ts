import * as vscode from "vscode";
import type { ModelInfo } from "../../core/api/models.ts";
import type {
  ChatEvent,
  ChatMessage,
  ChatParameters,
  PreparedRequest,
  StreamChat,
  ToolCall,
  ToolChoice,
  ToolDefinition,
} from "../../core/api/types.ts";
import { imageTokens } from "../../core/chat/tokenEstimate.ts";
import { assertNever } from "../../core/util/assertNever.ts";
import { isRecord, parseJson } from "../../core/util/record.ts";
import { toAbortSignal } from "../cancellation.ts";
import { chatMessages, countedText, imageCount } from "./chatMessages.ts";
import { isReplayable, toFailure } from "../errorView.ts";
import { RetriedRequests } from "../retriedRequests.ts";
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
    return models.map((id) => information(this.#deps.modelInfo(id), this.#deps.price(id)));
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
      for await (const event of this.#stream(this.#retried.firstOf(fresh), toAbortSignal(token))) {
        switch (event.type) {
          case "delta":
            if (event.channel !== "reasoning") {
              progress.report(new vscode.LanguageModelTextPart(event.text));
            }
            break;
          case "toolCall":
            progress.report(toolCallPart(event.call));
            break;
          case "phase":
          case "usage":
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

  /** A caller's next try of a request that failed goes with its key. */
  async *#stream(request: PreparedRequest, signal: AbortSignal): AsyncGenerator<ChatEvent, void> {
    try {
      yield* this.#deps.streamChat(request, signal);
    } catch (error) {
      if (isReplayable(toFailure(error))) this.#retried.failed(request);
      throw error;
    }
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
    { tools = [], toolMode }: vscode.ProvideLanguageModelChatResponseOptions,
  ): ChatParameters {
    const toolChoice: ToolChoice =
      toolMode === vscode.LanguageModelChatToolMode.Required ? "required" : "auto";
    return {
      ...this.#deps.parameters(model),
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

function information(info: ModelInfo, price: string | undefined): PricedInformation {
  const contextTokens = info.contextTokens ?? usualContextTokens;
  const maxOutputTokens = Math.min(usualOutputTokens, Math.floor(contextTokens / 4));
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
