import type { ChatMessage } from "../api/types.ts";
import type { Answer, ContextItem, Message } from "./conversation.ts";

const role = [
  "You are Valar, a programming assistant inside VS Code.",
  "Answer in Markdown. Put code in fenced blocks with a language label.",
  "Be brief and exact; say so when you are not sure.",
].join(" ");

/**
 * The messages to send for a branch that ends in a question. `instructions` is the person's own system prompt;
 * empty when there is none. Answers that failed with nothing to show are left out.
 */
export function chatPrompt(branch: readonly Message[], instructions: string): readonly ChatMessage[] {
  const own = instructions.trim();
  const system: ChatMessage = { role: "system", content: own === "" ? role : `${role}\n\n${own}` };
  return [system, ...branch.flatMap(toChatMessage)];
}

function toChatMessage(message: Message): readonly ChatMessage[] {
  if (message.kind === "user") {
    return [{ role: "user", content: withContext(message.text, message.context) }];
  }
  const content = answerText(message);
  return content === "" ? [] : [{ role: "assistant", content }];
}

/** What an answer said, as later turns should see it. */
export function answerText(answer: Answer): string {
  return answer.content !== "" ? answer.content : answer.refusal;
}

function withContext(text: string, context: readonly ContextItem[]): string {
  return [text, ...context.map(contextBlock)].join("\n\n");
}

function contextBlock(item: ContextItem): string {
  const fence = longerFence(item.text);
  const end = item.text.endsWith("\n") ? "" : "\n";
  return `From \`${item.path}\`, lines ${item.startLine}–${item.endLine}:\n\n${fence}${item.languageId}\n${item.text}${end}${fence}`;
}

/** A fence that no line of the text can close. */
function longerFence(text: string): string {
  const runs = text.match(/`{3,}/g) ?? [];
  const longest = runs.reduce((length, run) => Math.max(length, run.length), 2);
  return "`".repeat(longest + 1);
}
