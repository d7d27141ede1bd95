import type { ChatRequest, ImageInput } from "../chatRequest.ts";
import { count } from "./outline.ts";
import { systemText, type Prompt } from "./prompt.ts";
import { oneLine } from "./reasoning.ts";
import { topicAnswer } from "./topics.ts";

/** Ordinary talk: answers that prove which messages, instructions and attachments arrived. */
export function converse(request: ChatRequest, prompt: Prompt): string {
  return recall(request, prompt) ?? topical(prompt) ?? smallTalk(request, prompt);
}

/** Questions about the conversation itself. */
function recall(request: ChatRequest, { instruction }: Prompt): string | undefined {
  const said = (role: "user" | "assistant") => request.messages.filter((message) => message.role === role);
  const quoteOf = (text: string | undefined, nothing: string) =>
    text === undefined ? nothing : text.trim().replaceAll(/^/gm, "> ");
  if (
    /\bwhat did i (say|ask|write|tell you)\b.*\bfirst\b|\bmy first (message|question)\b/i.test(instruction)
  ) {
    return `You began with:\n\n${quoteOf(said("user")[0]?.text, "Nothing yet.")}`;
  }
  if (/\bwhat did i (say|ask|write|tell you)\b/i.test(instruction)) {
    return `Before this, you wrote:\n\n${quoteOf(said("user").at(-2)?.text, "Nothing: this is your first message.")}`;
  }
  if (/\bwhat did you (say|answer|write|tell me)\b/i.test(instruction)) {
    return `My last answer was:\n\n${quoteOf(said("assistant").at(-1)?.text, "Nothing yet.")}`;
  }
  if (/\bhow many messages\b/i.test(instruction)) {
    return `I got **${count(request.messages.length, "message", "messages")}**: ${roles(request)}.`;
  }
  if (/\b(system prompt|your instructions)\b/i.test(instruction)) {
    return `My instructions are:\n\n${quoteOf(systemText(request) || undefined, "There are none.")}`;
  }
  return undefined;
}

function topical({ instruction, blocks }: Prompt): string | undefined {
  return blocks.length === 0 ? topicAnswer(instruction) : undefined;
}

function smallTalk(request: ChatRequest, prompt: Prompt): string {
  const asked = oneLine(prompt.instruction, 300);
  const greeting = /^(hi|hello|hey|good (morning|evening)|servus|hallo)\b/i.test(asked) ? "Hello! " : "";
  const opening =
    asked === "" ? "You sent no words, so here is what I can see." : `${greeting}You asked: “${asked}”.`;
  const facts = [
    `I am **${request.model.id}**, played by the simulator on this machine.`,
    `The request held ${count(request.messages.length, "message", "messages")} (${roles(request)}).`,
    systemText(request) === ""
      ? "There was no system prompt."
      : `The system prompt has ${systemText(request).length} characters.`,
    ...prompt.blocks.map((block) => {
      const name = block.path === undefined ? "a piece of code" : `\`${block.path}\``;
      return `You attached ${name}: ${count(block.code.split("\n").length, "line", "lines")}${block.language ? ` of ${block.language}` : ""}.`;
    }),
    ...(prompt.message?.images ?? []).map((image) => `You attached ${imageFacts(image)}.`),
  ];
  const tries = [
    "**Explain** some code, and get an outline of it",
    "**Refactor** a selection: `var`, `==` and index loops are really rewritten",
    "`how do I debounce a function?` or `write 20 KB of markdown`",
  ];
  return `${opening}\n\n${facts.map((fact) => `- ${fact}`).join("\n")}\n\nThings to try:\n\n${tries.map((line, i) => `${i + 1}. ${line}`).join("\n")}`;
}

function roles(request: ChatRequest): string {
  const counts = new Map<string, number>();
  for (const { role } of request.messages) counts.set(role, (counts.get(role) ?? 0) + 1);
  return [...counts].map(([role, number]) => `${number} ${role}`).join(", ");
}

function imageFacts(image: ImageInput): string {
  const [, type, data] = /^data:image\/(\w+);base64,(.*)$/s.exec(image.url) ?? [];
  if (type === undefined || data === undefined) return `an image at ${oneLine(image.url, 80)}`;
  const bytes = Buffer.from(data, "base64");
  const isPng = bytes.length >= 24 && bytes.toString("latin1", 1, 4) === "PNG";
  const size = isPng ? `, ${bytes.readUInt32BE(16)} × ${bytes.readUInt32BE(20)} pixels` : "";
  return `an image (${type.toUpperCase()}, ${bytes.length} bytes${size})`;
}
