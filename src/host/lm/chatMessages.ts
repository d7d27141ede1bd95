import * as vscode from "vscode";
import type { ChatMessage, ContentPart, ToolCall } from "../../core/api/types.ts";
import { toBase64 } from "./base64.ts";

/**
 * The messages of a request through VS Code's language model API, as Valar's API takes them: tool results become
 * messages of their own, images data URIs. What neither side knows is left out. A tool's result is text alone to the
 * API: its images follow in a user message, for a model that takes any.
 */
export function chatMessages(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  takesImages: boolean,
): readonly ChatMessage[] {
  return messages.flatMap((message) => {
    switch (message.role) {
      case vscode.LanguageModelChatMessageRole.User:
        return userMessages(message, takesImages);
      case vscode.LanguageModelChatMessageRole.Assistant:
        return assistantMessages(message);
      default:
        // The role of a system message is not in the stable API, yet its users may send it.
        return systemMessages(message);
    }
  });
}

/** For the model. */
const imagesFollow = "\n[The images of this result follow in the next message.]";
const imagesLeftOut = "\n[The images of this result were left out, since this model takes none.]";

function userMessages(message: vscode.LanguageModelChatRequestMessage, takesImages: boolean): ChatMessage[] {
  const results: ChatMessage[] = [];
  const parts: ContentPart[] = [];
  for (const part of message.content) {
    if (part instanceof vscode.LanguageModelToolResultPart) {
      const images = part.content.filter(isImage);
      const note = images.length === 0 ? "" : takesImages ? imagesFollow : imagesLeftOut;
      results.push({ role: "tool", toolCallId: part.callId, content: plainText(part.content) + note });
      if (takesImages) parts.push(...images.map(imagePart));
    } else if (partText(part) !== "") {
      parts.push({ type: "text", text: partText(part) });
    } else if (isImage(part)) {
      parts.push(imagePart(part));
    }
  }
  const hasImages = parts.some((part) => part.type === "image");
  const content = hasImages ? parts : plainText(message.content);
  // Results come first: they answer the calls of the message before.
  return parts.length === 0 ? results : [...results, { role: "user", content }];
}

function assistantMessages(message: vscode.LanguageModelChatRequestMessage): ChatMessage[] {
  const toolCalls = message.content
    .filter((part) => part instanceof vscode.LanguageModelToolCallPart)
    .map(({ callId, name, input }): ToolCall => ({ id: callId, name, arguments: JSON.stringify(input) }));
  const text = plainText(message.content);
  if (toolCalls.length > 0) {
    return [{ role: "assistant", content: text === "" ? null : text, toolCalls }];
  }
  return text === "" ? [] : [{ role: "assistant", content: text }];
}

function systemMessages(message: vscode.LanguageModelChatRequestMessage): ChatMessage[] {
  const content = plainText(message.content);
  return content === "" ? [] : [{ role: "system", content }];
}

/** The text parts in one. */
export function plainText(parts: readonly unknown[]): string {
  return parts.map(partText).join("");
}

function partText(part: unknown): string {
  return part instanceof vscode.LanguageModelTextPart ? part.value : dataText(part);
}

/** All that is sent of a message as text: the calls of tools and their results too. */
export function countedText(parts: readonly unknown[]): string {
  return parts
    .map((part) => {
      if (part instanceof vscode.LanguageModelToolCallPart) return part.name + JSON.stringify(part.input);
      return part instanceof vscode.LanguageModelToolResultPart ? plainText(part.content) : partText(part);
    })
    .join("");
}

export function imageCount(parts: readonly unknown[]): number {
  return parts
    .flatMap((part) => (part instanceof vscode.LanguageModelToolResultPart ? part.content : [part]))
    .filter(isImage).length;
}

/** Newer versions of VS Code have a class for binary parts that the oldest supported one does not know. */
interface DataPart {
  readonly mimeType: string;
  readonly data: Uint8Array;
}

function isData(part: unknown): part is DataPart {
  return (
    typeof part === "object" &&
    part !== null &&
    "mimeType" in part &&
    typeof part.mimeType === "string" &&
    "data" in part &&
    part.data instanceof Uint8Array
  );
}

function isImage(part: unknown): part is DataPart {
  return isData(part) && part.mimeType.startsWith("image/");
}

function dataText(part: unknown): string {
  const isText = isData(part) && /^(text\/|application\/json\b)/.test(part.mimeType);
  return isText ? new TextDecoder().decode(part.data) : "";
}

function imagePart(part: DataPart): ContentPart {
  return { type: "image", url: dataUri(part) };
}

function dataUri({ mimeType, data }: DataPart): string {
  return `data:${mimeType};base64,${toBase64(data)}`;
}
