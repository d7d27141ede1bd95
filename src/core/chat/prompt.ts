import type { ChatMessage, ResponseFormat } from "../api/types.ts";
import type { Answer, ContextItem, Message, TextContext } from "./conversation.ts";

const identity = "You are Valar, a programming assistant inside VS Code.";
const role = [
  identity,
  "Answer in Markdown. Put code in fenced blocks with a language label.",
  "Be brief and exact; say so when you are not sure.",
].join(" ");
/** With a JSON format the two instructions must not contradict one another. */
const jsonRole = `${identity} Answer with JSON alone, without Markdown.`;

/**
 * The messages to send for a branch that ends in a question. `instructions` is the person's own system prompt;
 * empty when there is none. `format` is what the answer must have, if anything. Answers that failed with nothing
 * to show are left out, and those that another answer to the same question took the place of.
 */
export function chatPrompt(
  branch: readonly Message[],
  instructions: string,
  format?: ResponseFormat,
): readonly ChatMessage[] {
  const start = format === undefined || format.type === "text" ? role : jsonRole;
  const own = instructions.trim();
  const system: ChatMessage = { role: "system", content: own === "" ? start : `${start}\n\n${own}` };
  return [system, ...sentMessages(branch).flatMap(toChatMessage)];
}

/** The messages of a branch without the failed answers that another one took the place of. */
export function sentMessages(branch: readonly Message[]): readonly Message[] {
  return branch.filter((message, at) => !isReplaced(message, branch[at + 1]));
}

function isReplaced(message: Message, next: Message | undefined): boolean {
  return message.kind === "answer" && message.outcome.type === "failed" && next?.kind === "answer";
}

function toChatMessage(message: Message): readonly ChatMessage[] {
  if (message.kind === "user") {
    return [{ role: "user", content: withContext(message.instruction ?? message.text, message.context) }];
  }
  const content = answerText(message);
  return content === "" ? [] : [{ role: "assistant", content }];
}

/** What an answer said, as later turns should see it. */
export function answerText(answer: Answer): string {
  return answer.content !== "" ? answer.content : answer.refusal;
}

function withContext(text: string, context: readonly ContextItem[]): string {
  const texts = context.filter((item) => item.kind !== "image");
  return [text, ...texts.map(contextBlock)].join("\n\n");
}

function contextBlock(item: TextContext): string {
  const fence = longerFence(item.text);
  const end = item.text.endsWith("\n") ? "" : "\n";
  const lines =
    item.startLine === undefined ? "" : `, lines ${item.startLine}–${item.endLine ?? item.startLine}`;
  return `From \`${item.path}\`${lines}:\n\n${fence}${item.languageId}\n${item.text}${end}${fence}`;
}

/** A fence that no line of the text can close. */
function longerFence(text: string): string {
  const runs = text.match(/`{3,}/g) ?? [];
  const longest = runs.reduce((length, run) => Math.max(length, run.length), 2);
  return "`".repeat(longest + 1);
}
