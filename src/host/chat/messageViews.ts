import { l10n } from "vscode";
import type { CompletionWindow } from "../../core/api/types.ts";
import type { BranchPlace } from "../../core/chat/branchPlaces.ts";
import type { Answer, ContextItem, Message } from "../../core/chat/conversation.ts";
import { linesText } from "../../core/chat/linesText.ts";
import type {
  AnswerPhase,
  AnswerState,
  AnswerView,
  ContextView,
  FiguresView,
  MessageView,
} from "../../protocol/chat.ts";
import { visibleText } from "../../core/markdown/invisible.ts";
import { assertNever } from "../../core/util/assertNever.ts";
import { errorView } from "../errorView.ts";

/** What an answer's figures need beyond the answer. */
export interface FigureSources {
  readonly modelName: (id: string) => string;
  /** Cost in USD, or undefined when it is not known. */
  readonly costOf: (answer: Answer) => number | undefined;
}

export function contextView(item: ContextItem): ContextView {
  if (item.kind === "image") {
    const name = visibleText(item.name);
    return { id: item.id, kind: item.kind, label: name, detail: name };
  }
  const path = visibleText(item.path);
  const name = path.split("/").at(-1) ?? path;
  const { cut } = item;
  const lines = linesText(item);
  const note = cut === undefined ? "" : ` (${cut})`;
  return { id: item.id, kind: item.kind, label: `${name}${lines}`, detail: `${path}${lines}${note}` };
}

/** A message as the panel shows it. `phase` is that of the running answer. */
export function messageView(
  message: Message,
  phase: AnswerPhase,
  place: BranchPlace | undefined,
  sources: FigureSources,
): MessageView {
  const branch = place && place.count > 1 ? place : undefined;
  if (message.kind === "user") {
    return {
      kind: "user",
      id: message.id,
      text: message.text,
      context: message.context.map(contextView),
      branch,
    };
  }
  return answerView(message, phase, branch, sources);
}

function answerView(
  answer: Answer,
  phase: AnswerPhase,
  branch: BranchPlace | undefined,
  sources: FigureSources,
): AnswerView {
  return {
    kind: "answer",
    id: answer.id,
    content: answer.content,
    reasoning: answer.reasoning,
    refusal: answer.refusal,
    state: answerState(answer, phase),
    figures: figures(answer, sources),
    branch,
    hasRequest: answer.sent !== undefined,
    ...(answer.json === true ? { isJson: true } : {}),
  };
}

export function answerState(answer: Answer, phase: AnswerPhase): AnswerState {
  const { outcome } = answer;
  switch (outcome.type) {
    case "running":
      return { type: "running", phase };
    case "complete":
      return outcome;
    case "cancelled":
      return { type: "cancelled" };
    case "failed":
      return { type: "failed", error: errorView(outcome.failure, answer.replay !== undefined) };
    default:
      return assertNever(outcome);
  }
}

/** The completion windows by the names that people know. */
function windowNames(): Readonly<Record<CompletionWindow, string>> {
  return { asap: l10n.t("Now"), standard: l10n.t("Standard") };
}

/** An answer that came at once has no speed worth telling. */
const minStreamedMs = 100;

export function figures(answer: Answer, { modelName, costOf }: FigureSources): FiguresView | undefined {
  const { timing, usage } = answer;
  // An answer that failed before anything came took nothing that could be told.
  const isNothing = answer.outcome.type === "failed" && !usage && timing?.firstTokenMs === undefined;
  if (!timing || isNothing) {
    return undefined;
  }
  const streamedMs = timing.firstTokenMs === undefined ? undefined : timing.totalMs - timing.firstTokenMs;
  const completionTokens = usage?.completionTokens;
  return {
    model: visibleText(modelName(answer.model)),
    completionWindow: answer.completionWindow && windowNames()[answer.completionWindow],
    promptTokens: usage?.promptTokens,
    cachedTokens: usage?.cachedTokens,
    completionTokens,
    reasoningTokens: usage?.reasoningTokens,
    costUsd: costOf(answer),
    firstTokenMs: timing.firstTokenMs,
    reasoningMs: timing.reasoningMs,
    totalMs: timing.totalMs,
    tokensPerSecond:
      completionTokens !== undefined && streamedMs !== undefined && streamedMs >= minStreamedMs
        ? (completionTokens * 1000) / streamedMs
        : undefined,
  };
}
