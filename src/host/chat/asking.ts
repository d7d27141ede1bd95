import * as vscode from "vscode";
import { ParameterError } from "../../core/api/errors.ts";
import { maxImages } from "../../core/api/image.ts";
import type { ModelInfo } from "../../core/api/models.ts";
import type { ChatParameters, PreparedRequest, ResponseFormat } from "../../core/api/types.ts";
import type { Message } from "../../core/chat/conversation.ts";
import { chatPrompt } from "../../core/chat/prompt.ts";
import { imagesOf } from "../../core/chat/sentImages.ts";
import type { FitId } from "../../protocol/chat.ts";
import type { ContextBudget, Fitted } from "./ports.ts";

export interface AskingDeps {
  readonly prepareChat: (parameters: ChatParameters) => Promise<PreparedRequest>;
  /** The parameters the settings ask for, for `model` if it is given, without the messages. */
  readonly parameters: (model?: string) => Omit<ChatParameters, "messages" | "stream">;
  readonly modelInfo: (id: string) => Pick<ModelInfo, "name" | "imageInput">;
  readonly instructions: () => string;
  /** The format that answers in the panel are to have. Throws `ParameterError`. */
  readonly responseFormat: () => Promise<ResponseFormat | undefined>;
  readonly budget: ContextBudget;
}

/** A request that is ready to be sent, and what its answer is to know of it. */
export interface PreparedAnswer {
  readonly type: "prepared";
  readonly request: PreparedRequest;
  readonly model: string;
  readonly completionWindow: ChatParameters["completionWindow"];
  /** True when the model is not the one that is set. */
  readonly ownModel: boolean;
  /** True when JSON was asked for. */
  readonly json: boolean;
  /** What of the conversation the request holds. */
  readonly branch: readonly Message[];
  /** How many images of the conversation it does not hold. */
  readonly leftOutImages: number;
}

export interface AskingOptions {
  /** What the person chose to leave out, if asked before. */
  readonly fit?: FitId | undefined;
  /** In place of the model that is set. */
  readonly model?: string | undefined;
}

/** Freezes the request for a branch that ends in a question. Throws `ApiError` and `ParameterError`. */
export async function prepareAnswer(
  deps: AskingDeps,
  branch: readonly Message[],
  { fit, model }: AskingOptions,
): Promise<PreparedAnswer | Extract<Fitted, { type: "tooLong" }>> {
  const fitted = deps.budget.fit(branch, fit, model);
  if (fitted.type === "tooLong") {
    return fitted;
  }
  const question = branch.at(-1);
  const isProse = question?.kind === "user" && question.prose === true;
  const responseFormat = isProse ? undefined : await deps.responseFormat();
  const settings = deps.parameters(model);
  const { name, imageInput } = deps.modelInfo(settings.model);
  if (imageInput === false && question && imagesOf([question]).length > 0) {
    const refusal = vscode.l10n.t("{0} takes no images. Choose another model, or take the image out.", name);
    throw new ParameterError("messages", refusal);
  }
  const mostImages = imageInput === false ? 0 : maxImages;
  const parameters = {
    ...settings,
    ...(responseFormat ? { responseFormat } : {}),
    messages: chatPrompt(fitted.branch, deps.instructions(), responseFormat, mostImages),
    stream: true,
    includeUsage: true,
  };
  return {
    type: "prepared",
    request: await deps.prepareChat(parameters),
    model: parameters.model,
    ownModel: model !== undefined,
    completionWindow: parameters.completionWindow,
    json: responseFormat !== undefined && responseFormat.type !== "text",
    branch: fitted.branch,
    leftOutImages: Math.max(0, imagesOf(fitted.branch).length - mostImages),
  };
}
