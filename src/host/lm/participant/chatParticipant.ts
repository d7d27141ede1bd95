import * as vscode from "vscode";
import type { CompletionWindow, PreparedRequest, StreamChat } from "../../../core/api/types.ts";
import type { Answer, ContextItem, Message, UserMessage } from "../../../core/chat/conversation.ts";
import { runTurn, TurnTimer } from "../../../core/chat/turn.ts";
import type { Clock } from "../../../core/util/clock.ts";
import type { ErrorView } from "../../../protocol/chat.ts";
import { toAbortSignal } from "../../cancellation.ts";
import { modelVendor } from "../../contributions.ts";
import { thrownErrorView, toFailure } from "../../errorView.ts";
import { RetriedRequests } from "../../retriedRequests.ts";
import { streamRetried } from "../../streamRetried.ts";
import { UserError } from "../../userError.ts";
import { markdownText } from "../markdownText.ts";
import { AnswerStream } from "./answerStream.ts";
import { errorButtons } from "./errorButtons.ts";
import { figuresText } from "./figuresText.ts";
import { followUps } from "./followUps.ts";
import { branchOf, emptyAnswer, type TurnMetadata } from "./history.ts";
import { readReferences, type ReferenceSource } from "./references.ts";

/** A request that is ready to be sent, and what its answer is to know of it. */
export interface PreparedTurn {
  readonly request: PreparedRequest;
  readonly model: string;
  readonly completionWindow: CompletionWindow | undefined;
  /** What of the conversation the request holds. */
  readonly branch: readonly Message[];
}

export interface ChatParticipantDeps {
  readonly references: ReferenceSource;
  /** The rules of the workspace, and what the active editor shows: read as they are now. */
  readonly ambient: (signal: AbortSignal) => Promise<readonly ContextItem[]>;
  /** What a slash command at the start of a text stands for. Throws `UserError`. */
  readonly expand: (
    text: string,
    context: readonly ContextItem[],
    signal: AbortSignal,
  ) => Promise<{ readonly instruction: string; readonly context: readonly ContextItem[] } | undefined>;
  /**
   * Freezes the request for a branch; asks the person what to leave out of one that is too long, and is undefined when
   * they do not say. Throws `ApiError` and `ParameterError`.
   */
  readonly prepare: (
    branch: readonly Message[],
    model: string | undefined,
  ) => Promise<PreparedTurn | undefined>;
  readonly streamChat: StreamChat;
  /** Learns from what a request really took. */
  readonly calibrate: (model: string, branch: readonly Message[], promptTokens: number) => void;
  /** The server found a request of `branch` too large: `prepare` asks to leave something out of the next. */
  readonly refused: (model: string, branch: readonly Message[]) => void;
  readonly costOf: (answer: Answer) => number | undefined;
  readonly modelName: (id: string) => string;
  readonly dashboardUrl: string;
  readonly clock: Clock;
}

/** `details` stands below an answer; versions of VS Code that do not know it leave it out. */
interface TurnResult extends vscode.ChatResult {
  readonly details?: string;
}

/** `@valar` in VS Code's own chat. */
export class ChatParticipant {
  readonly #deps: ChatParticipantDeps;
  readonly #retried = new RetriedRequests();

  constructor(deps: ChatParticipantDeps) {
    this.#deps = deps;
  }

  async answer(
    request: vscode.ChatRequest,
    { history }: vscode.ChatContext,
    response: vscode.ChatResponseStream,
    token: vscode.CancellationToken,
  ): Promise<TurnResult> {
    const signal = toAbortSignal(token);
    try {
      const before = branchOf(history);
      const question = await this.#question(request, before, response, signal);
      const model = request.model.vendor === modelVendor ? request.model.id : undefined;
      const prepared = await this.#deps.prepare([...before, question], model);
      if (prepared === undefined) {
        throw new UserError(
          vscode.l10n.t("The request does not fit into what the model can take."),
          vscode.l10n.t("Nothing was sent. Ask again and choose what to leave out, or start a new chat."),
        );
      }
      return await this.#answer(prepared, question, response, signal);
    } catch (error) {
      if (signal.aborted) return {};
      return this.#failed(thrownErrorView(error), response);
    }
  }

  followUps({ errorDetails, metadata }: vscode.ChatResult): vscode.ChatFollowup[] {
    return errorDetails === undefined ? followUps(metadata) : [];
  }

  async #question(
    request: vscode.ChatRequest,
    before: readonly Message[],
    response: vscode.ChatResponseStream,
    signal: AbortSignal,
  ): Promise<UserMessage> {
    const { items, notes } = await readReferences(request.references, this.#deps.references, signal);
    const ambient = await this.#deps.ambient(signal);
    const rules = ambient.filter(({ kind }) => kind === "rules").filter((item) => !isAmong(item, items));
    const text = request.command === undefined ? request.prompt : `/${request.command} ${request.prompt}`;
    // A command is about code: without any, what the person looks at is meant.
    const isAboutEditor =
      request.command !== undefined && request.command !== "commit" && !items.some(isCode);
    const shown = isAboutEditor && !before.some(hasCode) ? ambient.filter(isCode) : [];
    const attached = [...rules, ...items, ...shown];
    const expanded = await this.#deps.expand(text, attached, signal);
    const context = [...attached, ...(expanded?.context ?? [])];
    for (const item of context) showReference(item, response);
    for (const note of notes) response.markdown(noteText(note));
    return {
      kind: "user",
      id: crypto.randomUUID(),
      parentId: before.at(-1)?.id,
      text: text.trim(),
      context,
      prose: true,
      ...(expanded === undefined ? {} : { instruction: expanded.instruction }),
    };
  }

  async #answer(
    { request: fresh, model, completionWindow, branch }: PreparedTurn,
    question: UserMessage,
    response: vscode.ChatResponseStream,
    signal: AbortSignal,
  ): Promise<TurnResult> {
    const { clock, streamChat, calibrate, refused } = this.#deps;
    const events = streamRetried(this.#retried, fresh, (request) => streamChat(request, signal));
    const stream = new AnswerStream(response);
    const timer = new TurnTimer(() => clock.now());
    const sofar = () => ({ ...stream.texts, model, completionWindow, timing: timer.timing() });
    try {
      const { finish, usage } = await runTurn(events, stream, timer);
      const truncated = finish?.truncated ?? false;
      if (truncated) response.markdown(`\n\n*${vscode.l10n.t("The answer stopped at the token limit.")}*`);
      if (usage !== undefined) calibrate(model, branch, usage.promptTokens);
      return this.#result(
        question,
        emptyAnswer(question.id, {
          ...sofar(),
          usage,
          requestId: finish?.requestId,
          outcome: finish === undefined ? { type: "cancelled" } : { type: "complete", truncated },
        }),
      );
    } catch (error) {
      const failure = toFailure(error);
      if (failure.kind === "tooLarge") refused(model, branch);
      const answer = emptyAnswer(question.id, { ...sofar(), outcome: { type: "failed", failure } });
      const { metadata } = this.#result(question, answer);
      return { ...this.#failed(thrownErrorView(error), response), ...(metadata ? { metadata } : {}) };
    }
  }

  #result(question: UserMessage, answer: Answer): TurnResult {
    const { costOf, modelName } = this.#deps;
    const costUsd = costOf(answer);
    const metadata: TurnMetadata = {
      question: { ...question, context: question.context.filter(isSmall) },
      answer,
      costUsd,
    };
    return { metadata, details: figuresText(answer, modelName(answer.model), costUsd) };
  }

  #failed(view: ErrorView, response: vscode.ChatResponseStream): TurnResult {
    for (const button of errorButtons(view, this.#deps.dashboardUrl)) response.button(button);
    return { errorDetails: { message: `${view.message} ${view.hint}`.trim() } };
  }
}

function isCode({ kind }: ContextItem): boolean {
  return kind !== "rules";
}

function hasCode(message: Message): boolean {
  return message.kind === "user" && message.context.some(isCode);
}

function isAmong(item: ContextItem, others: readonly ContextItem[]): boolean {
  const uriOf = (one: ContextItem) => (one.kind === "image" ? undefined : one.uri);
  return others.some((other) => uriOf(other) !== undefined && uriOf(other) === uriOf(item));
}

/** Bytes: VS Code writes the metadata of every turn into the chat's file. */
const mostKeptImageBytes = 512 * 1024;

function isSmall(item: ContextItem): boolean {
  return item.kind !== "image" || item.bytes <= mostKeptImageBytes;
}

/** Stays above the answer; what it names is no markup. */
function noteText(note: string): vscode.MarkdownString {
  return new vscode.MarkdownString(`$(info) ${markdownText(note)}\n\n`, true);
}

/** Lists what is sent under the answer's references. */
function showReference(item: ContextItem, response: vscode.ChatResponseStream): void {
  if (item.kind === "image" || item.uri === undefined) return;
  const uri = vscode.Uri.parse(item.uri);
  const { startLine, endLine = startLine } = item;
  response.reference(
    startLine === undefined || endLine === undefined
      ? uri
      : new vscode.Location(uri, new vscode.Range(startLine - 1, 0, endLine, 0)),
  );
}
