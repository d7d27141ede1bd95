import type { ChatMessage, ContentPart, ResponseFormat } from "../api/types.ts";
import type { Answer, ContextItem, Message, TextContext, UserMessage } from "./conversation.ts";
import { GivenContext } from "./givenContext.ts";
import { sentImages } from "./sentImages.ts";
import { longerFence } from "../util/longerFence.ts";

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
 * to show are left out, and those that another answer to the same question took the place of. `mostImages` go along,
 * the newest; as many as the API takes if it is not given.
 */
export function chatPrompt(
  branch: readonly Message[],
  instructions: string,
  format?: ResponseFormat,
  mostImages?: number,
): readonly ChatMessage[] {
  const start = format === undefined || format.type === "text" ? role : jsonRole;
  const parts = [start, instructions.trim(), ...rulesOf(branch.at(-1))];
  const system: ChatMessage = { role: "system", content: parts.filter((part) => part !== "").join("\n\n") };
  const given = new GivenContext();
  const images = sentImages(branch, mostImages);
  return [system, ...sentMessages(branch).flatMap((message) => toChatMessage(message, given, images))];
}

/** The workspace's rules as the last question brought them: those of earlier ones no longer count. */
function rulesOf(question: Message | undefined): readonly string[] {
  const context = question?.kind === "user" ? question.context : [];
  return context
    .filter((item): item is TextContext => item.kind === "rules")
    .map(
      (item) => `The rules of this workspace, from \`${item.path}\`${cutNote(item)}:\n\n${item.text.trim()}`,
    );
}

/** The messages of a branch without the failed answers that another one took the place of. */
export function sentMessages(branch: readonly Message[]): readonly Message[] {
  return branch.filter((message, at) => !isReplaced(message, branch[at + 1]));
}

function isReplaced(message: Message, next: Message | undefined): boolean {
  return message.kind === "answer" && message.outcome.type === "failed" && next?.kind === "answer";
}

function toChatMessage(
  message: Message,
  given: GivenContext,
  sent: ReadonlySet<ContextItem>,
): readonly ChatMessage[] {
  if (message.kind === "user") {
    return [{ role: "user", content: questionContent(message, given, sent) }];
  }
  const content = answerText(message);
  return content === "" ? [] : [{ role: "assistant", content }];
}

/** What an answer said, as later turns should see it. */
export function answerText(answer: Answer): string {
  return answer.content !== "" ? answer.content : answer.refusal;
}

/** The text with what was attached; images follow as parts of their own, those of them that are `sent`. */
function questionContent(
  { instruction, text, context }: UserMessage,
  given: GivenContext,
  sent: ReadonlySet<ContextItem>,
): string | readonly ContentPart[] {
  const texts = context.filter((item) => item.kind !== "image");
  const blocks = texts
    .filter(({ kind }) => kind !== "rules")
    .map((item) => (given.isRepeated(item) ? repeatNote(item) : contextBlock(item)));
  const all = context.filter((item) => item.kind === "image");
  const notes = all.filter((item) => !sent.has(item)).map(({ name }) => imageNote(name));
  const whole = [instruction ?? text, ...blocks, ...notes].join("\n\n");
  const images = all.filter((item) => sent.has(item));
  return images.length === 0
    ? whole
    : [{ type: "text", text: whole }, ...images.map(({ url }) => ({ type: "image" as const, url }))];
}

function contextBlock(item: TextContext): string {
  const fence = longerFence(item.text);
  const end = item.text.endsWith("\n") ? "" : "\n";
  return `From ${placeText(item)}${cutNote(item)}:\n\n${fence}${item.languageId}\n${item.text}${end}${fence}`;
}

/** In place of what an earlier message gave. */
function repeatNote(item: TextContext): string {
  return `With ${placeText(item)}, unchanged since it was given above.`;
}

/** In place of an image that does not go along. */
function imageNote(name: string): string {
  return `The image \`${name}\` was attached here. It is not part of this request.`;
}

function placeText({ path, startLine, endLine }: TextContext): string {
  return startLine === undefined ? `\`${path}\`` : `\`${path}\`, lines ${startLine}–${endLine ?? startLine}`;
}

function cutNote({ cut }: TextContext): string {
  return cut === undefined ? "" : ` (${cut})`;
}
