import type { ChatRequest, Effort } from "../chatRequest.ts";
import { outlineOf } from "./outline.ts";
import { systemText, type Prompt } from "./prompt.ts";

const sentences: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1,
  low: 2,
  medium: 4,
  high: 7,
  xhigh: 10,
};

/** What the model thinks before it answers: longer for more effort, nothing for none. */
export async function reasoningFor(request: ChatRequest, prompt: Prompt): Promise<string> {
  const wanted = sentences[request.effort];
  if (wanted === 0) return "";
  const asked = oneLine(prompt.instruction, 120);
  const { code } = prompt;
  const names = code && wanted > 2 ? (await outlineOf(code)).map((item) => `\`${item.name}\``) : [];
  const thoughts = [
    asked === "" ? "The person gave me something without a question." : `The person wants this: “${asked}”.`,
    code
      ? `They sent ${code.code.split("\n").length} lines of ${code.language || "code"}${code.path ? ` from ${code.path}` : ""}.`
      : "There is no code attached, so words will do.",
    names.length > 0
      ? `It defines ${names.slice(0, 6).join(", ")}.`
      : `This is message ${request.messages.length} of the conversation.`,
    prompt.codeOnly
      ? "Only the replacement is wanted, nothing around it."
      : "A short answer with the essentials first is best.",
    systemText(request) === "" ? "I have no further instructions." : "I also have instructions to keep to.",
    "Let me check the details before I write anything down.",
    "What could go wrong? Names must stay, behaviour must stay, and nothing may be left out.",
    `The answer goes to somebody who works in an editor, so it should be easy to use there.`,
    "I compare once more what was asked with what I am about to say.",
    "That holds. Now the answer.",
  ];
  return thoughts.slice(0, wanted).join(" ");
}

/** Text on one line, cut to so many characters. */
export function oneLine(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const points = Array.from(line);
  return points.length > length ? `${points.slice(0, length - 1).join("")}…` : line;
}
