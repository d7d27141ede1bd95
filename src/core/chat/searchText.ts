import { type Conversation, conversationTitle, remainingMessages } from "./conversation.ts";
import { answerText } from "./prompt.ts";

/** What a conversation is searched by: its title, questions and answers, in lower case and on one line. */
export function searchText(conversation: Conversation): string {
  const texts = Array.from(remainingMessages(conversation), (message) =>
    message.kind === "user" ? message.text : answerText(message),
  );
  return folded([conversationTitle(conversation), ...texts].join(" "));
}

/** The words of a query, to be looked for with `hasWords`. */
export function searchWords(query: string): readonly string[] {
  return folded(query)
    .split(" ")
    .filter((word) => word !== "");
}

/** True when each word stands in the text. */
export function hasWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

function folded(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, " ").trim();
}
