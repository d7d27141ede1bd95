import * as vscode from "vscode";
import type { Answer, Message, UserMessage } from "../../../core/chat/conversation.ts";
import { decodeMessage } from "../../../core/chat/decodeConversation.ts";
import { isRecord } from "../../../core/util/record.ts";

/** What a result keeps of its turn, so that the next one can send it again just as it was, after a reload too. */
export interface TurnMetadata {
  readonly [key: string]: unknown;
  readonly question: UserMessage;
  readonly answer: Answer;
}

/** The participant's turns so far, oldest first. Of one that kept nothing (it was cancelled), what can be seen. */
export function branchOf(history: vscode.ChatContext["history"]): readonly Message[] {
  const messages: Message[] = [];
  history.forEach((turn, at) => {
    if (!(turn instanceof vscode.ChatRequestTurn)) return;
    const next = history[at + 1];
    const response = next instanceof vscode.ChatResponseTurn ? next : undefined;
    const kept = response && keptTurn(response);
    messages.push(...(kept ?? seenTurn(turn, response, messages.at(-1)?.id)));
  });
  return messages;
}

/** Undefined when the metadata is not what this version writes. */
function keptTurn({ result }: vscode.ChatResponseTurn): readonly Message[] | undefined {
  const { metadata } = result;
  if (!isRecord(metadata)) return undefined;
  try {
    return [decodeMessage(metadata["question"]), decodeMessage(metadata["answer"])];
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function seenTurn(
  request: vscode.ChatRequestTurn,
  response: vscode.ChatResponseTurn | undefined,
  parentId: string | undefined,
): readonly Message[] {
  const question: UserMessage = {
    kind: "user",
    id: crypto.randomUUID(),
    parentId,
    text: request.prompt,
    context: [],
  };
  const content = (response?.response ?? [])
    .map((part) => (part instanceof vscode.ChatResponseMarkdownPart ? part.value.value : ""))
    .join("");
  return content === "" ? [question] : [question, emptyAnswer(question.id, { content })];
}

export function emptyAnswer(parentId: string, fields: Partial<Answer> = {}): Answer {
  return {
    kind: "answer",
    id: crypto.randomUUID(),
    parentId,
    content: "",
    reasoning: "",
    refusal: "",
    outcome: { type: "cancelled" },
    model: "",
    completionWindow: undefined,
    request: undefined,
    requestId: undefined,
    usage: undefined,
    timing: undefined,
    ...fields,
  };
}
