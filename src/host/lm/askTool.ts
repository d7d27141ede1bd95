import * as vscode from "vscode";
import type { PricedChoice } from "../../core/api/cheapestModel.ts";
import type { ChatCompletion, ChatParameters, PreparedRequest } from "../../core/api/types.ts";
import { dollars } from "../../core/money/dollars.ts";
import { isRecord } from "../../core/util/record.ts";
import { toAbortSignal } from "../cancellation.ts";
import { isReplayable, thrownErrorView, toFailure } from "../errorView.ts";
import { windowName } from "../models/modelView.ts";
import { RetriedRequests } from "../retriedRequests.ts";
import { UserError } from "../userError.ts";

export interface AskToolDeps {
  /** The model to ask and its window: the cheapest, unless `model` names one. Throws `UserError`. */
  readonly choose: (model: string | undefined) => PricedChoice;
  readonly modelName: (id: string) => string;
  /** What tokens cost, in words. */
  readonly price: (choice: PricedChoice) => string;
  /** What sending a text costs at least, USD; undefined without a price. */
  readonly leastCost: (choice: PricedChoice, text: string) => number | undefined;
  /** The parameters the settings ask for, without the messages. */
  readonly parameters: () => Omit<ChatParameters, "messages" | "stream">;
  readonly prepareChat: (parameters: ChatParameters) => Promise<PreparedRequest>;
  /** Throws `ApiError`, or `AbortError` on abort. */
  readonly completeChat: (request: PreparedRequest, signal: AbortSignal) => Promise<ChatCompletion>;
  /** Shows the person a failure with the buttons that help: the model that called sees its text alone. */
  readonly report: (error: unknown) => void;
}

interface Question {
  readonly question: string;
  readonly model: string | undefined;
}

/** `valar_ask`: lets any model in VS Code's chat ask one of Valar's, in the window that costs least. */
export class AskTool implements vscode.LanguageModelTool<unknown> {
  readonly #deps: AskToolDeps;
  readonly #retried = new RetriedRequests();

  constructor(deps: AskToolDeps) {
    this.#deps = deps;
  }

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<unknown>): vscode.PreparedToolInvocation {
    const { question, choice } = this.#chosen(input);
    const name = this.#deps.modelName(choice.model);
    const cost = this.#deps.leastCost(choice, question);
    const price = this.#deps.price(choice);
    const priced =
      cost === undefined
        ? `${price}.`
        : vscode.l10n.t("{0}; this text alone comes to {1}.", price, dollars(cost, vscode.env.language));
    const sent = vscode.l10n.t("This text is sent to Valar, which stores it with the answer:");
    const message = new vscode.MarkdownString()
      .appendText(
        vscode.l10n.t("{0} is asked, in the completion window {1}.", name, windowName(choice.window)),
      )
      .appendMarkdown(" ")
      .appendText(priced)
      .appendMarkdown("\n\n")
      .appendText(sent)
      .appendMarkdown("\n")
      .appendCodeblock(question, "text");
    return {
      invocationMessage: vscode.l10n.t("Asking {0}", name),
      confirmationMessages: { title: vscode.l10n.t("Ask Valar?"), message },
    };
  }

  /** VS Code shows the message of what is thrown here alone. */
  #chosen(input: unknown): { readonly question: string; readonly choice: PricedChoice } {
    try {
      const { question, model } = readQuestion(input);
      return { question, choice: this.#deps.choose(model) };
    } catch (error) {
      const { message, hint } = thrownErrorView(error);
      throw new Error(`${message} ${hint}`.trim(), { cause: error });
    }
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<unknown>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const signal = toAbortSignal(token);
    try {
      const answer = await this.#ask(readQuestion(input), signal);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answerText(answer))]);
    } catch (error) {
      if (signal.aborted) throw new vscode.CancellationError();
      this.#deps.report(error);
      const { message, hint } = thrownErrorView(error);
      throw new Error(`${message} ${hint}`.trim(), { cause: error });
    }
  }

  async #ask({ question, model }: Question, signal: AbortSignal): Promise<ChatCompletion> {
    const choice = this.#deps.choose(model);
    const fresh = await this.#deps.prepareChat({
      ...this.#deps.parameters(),
      model: choice.model,
      completionWindow: choice.window,
      messages: [{ role: "user", content: question }],
      stream: true,
      includeUsage: true,
    });
    const request = this.#retried.firstOf(fresh);
    try {
      return await this.#deps.completeChat(request, signal);
    } catch (error) {
      if (isReplayable(toFailure(error))) this.#retried.failed(request);
      throw error;
    }
  }
}

/** VS Code has checked the input against the schema in package.json; other callers may not have. */
function readQuestion(input: unknown): Question {
  const { question, model } = isRecord(input) ? input : {};
  if (typeof question !== "string" || question.trim() === "") {
    throw new UserError(vscode.l10n.t("The tool needs a question to ask."));
  }
  return { question, model: typeof model === "string" && model.trim() !== "" ? model.trim() : undefined };
}

function answerText({ content, refusal, finish }: ChatCompletion): string {
  const text = content === "" && refusal !== "" ? `The model refused: ${refusal}` : content;
  return finish.truncated ? `${text}\n\n[The answer stopped at the token limit.]` : text;
}
