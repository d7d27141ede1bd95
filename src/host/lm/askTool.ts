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
import { markdownText } from "./markdownText.ts";

export interface AskToolDeps {
  /**
   * The model to ask and its window: the cheapest of the account's, unless `model` names one. Throws `UserError`, and
   * `ApiError` when there is no token or it is refused.
   */
  readonly choose: (model: string | undefined, signal: AbortSignal) => Promise<PricedChoice>;
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

interface ChosenQuestion extends Question {
  readonly choice: PricedChoice;
}

/** `valar_ask`: lets any model in VS Code's chat ask one of Valar's, in the window that costs least. */
export class AskTool implements vscode.LanguageModelTool<unknown> {
  readonly #deps: AskToolDeps;
  readonly #retried = new RetriedRequests();
  /** What the person was last told the price of: that is asked, though another model may be cheapest by now. */
  #told: ChosenQuestion | undefined;

  constructor(deps: AskToolDeps) {
    this.#deps = deps;
  }

  async prepareInvocation(
    { input }: vscode.LanguageModelToolInvocationPrepareOptions<unknown>,
    token: vscode.CancellationToken,
  ): Promise<vscode.PreparedToolInvocation> {
    const { question, choice } = await this.#tell(input, toAbortSignal(token));
    const name = this.#deps.modelName(choice.model);
    const cost = this.#deps.leastCost(choice, question);
    const price = this.#deps.price(choice);
    const priced =
      cost === undefined
        ? `${price}.`
        : vscode.l10n.t("{0}; this text alone comes to {1}.", price, dollars(cost, vscode.env.language));
    const sent = vscode.l10n.t("This text is sent to Valar, which stores it with the answer:");
    const asked = vscode.l10n.t(
      "{0} is asked, in the completion window {1}.",
      name,
      windowName(choice.window),
    );
    const message = new vscode.MarkdownString(
      `${markdownText(`${asked} ${priced}`)}\n\n${markdownText(sent)}\n`,
    ).appendCodeblock(question, "text");
    return {
      invocationMessage: vscode.l10n.t("Asking {0}", name),
      confirmationMessages: { title: vscode.l10n.t("Ask Valar?"), message },
    };
  }

  async #tell(input: unknown, signal: AbortSignal): Promise<ChosenQuestion> {
    try {
      const asked = readQuestion(input);
      return (this.#told = { ...asked, choice: await this.#deps.choose(asked.model, signal) });
    } catch (error) {
      throw this.#failed(error, signal);
    }
  }

  /** What to throw: VS Code shows its message alone. */
  #failed(error: unknown, signal: AbortSignal): Error {
    if (signal.aborted) return new vscode.CancellationError();
    this.#deps.report(error);
    const { message, hint } = thrownErrorView(error);
    return new Error(`${message} ${hint}`.trim(), { cause: error });
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
      throw this.#failed(error, signal);
    }
  }

  async #ask({ question, model }: Question, signal: AbortSignal): Promise<ChatCompletion> {
    const told = this.#told;
    const isTold = told?.question === question && told.model === model;
    const choice = isTold ? told.choice : await this.#deps.choose(model, signal);
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
