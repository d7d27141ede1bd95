import { closedFence } from "../util/closedFence.ts";
import {
  type Answer,
  type ContextItem,
  type Conversation,
  conversationTitle,
  shownMessages,
} from "./conversation.ts";
import { linesText } from "./linesText.ts";
import { answerText } from "./prompt.ts";

/** The words of an exported chat, in the person's language. */
export interface ExportWords {
  readonly you: string;
  readonly valar: string;
  readonly reasoning: string;
  readonly context: string;
  /** Model, tokens and cost of an answer, as far as they are known; it stands below it. */
  readonly figures: (answer: Answer) => string;
}

/** The branch that is shown, as Markdown: context by name, reasoning folded. */
export function exportMarkdown(conversation: Conversation, words: ExportWords): string {
  const parts = shownMessages(conversation).map((message) =>
    message.kind === "user"
      ? [`## ${words.you}`, closedFence(message.text), contextList(message.context, words)]
      : [
          `## ${words.valar}`,
          reasoning(message, words),
          closedFence(answerText(message)),
          `_${escaped(words.figures(message))}_`,
        ],
  );
  return `${[`# ${escaped(conversationTitle(conversation))}`, ...parts.flat()].filter((part) => part !== "").join("\n\n")}\n`;
}

/** Text in which Markdown finds no marks, HTML or formulas. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>&~|$#]/g, "\\$&");
}

function contextList(context: readonly ContextItem[], words: ExportWords): string {
  return context.length === 0
    ? ""
    : [`${words.context}:`, "", ...context.map((item) => `- \`${contextName(item)}\``)].join("\n");
}

function contextName(item: ContextItem): string {
  if (item.kind === "image") {
    return item.name;
  }
  return `${item.path}${linesText(item)}`;
}

function reasoning(answer: Answer, words: ExportWords): string {
  return answer.reasoning === ""
    ? ""
    : `<details>\n<summary>${words.reasoning}</summary>\n\n${closedFence(answer.reasoning)}\n\n</details>`;
}
