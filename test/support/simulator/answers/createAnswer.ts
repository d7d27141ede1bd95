import { hostileMarkdown } from "../../hostile/corpus.ts";
import type { ChatRequest } from "../chatRequest.ts";
import type { Answer } from "./answer.ts";
import { commitMessage } from "./commitMessage.ts";
import { converse } from "./conversation.ts";
import { documentWish, writeDocument } from "./document.ts";
import { codeOnlyAnswer, explainedEdit } from "./edit.ts";
import { explain } from "./explain.ts";
import { instanceOf } from "./jsonInstance.ts";
import { readPrompt, type Prompt } from "./prompt.ts";
import { oneLine, reasoningFor } from "./reasoning.ts";
import { toolCallsFor, toolResultAnswer } from "./toolCalls.ts";

export interface AnswerSettings {
  readonly editAnswer: "fenced" | "bare";
}

/** Computes the answer from the request, and from nothing else: the same request gets the same answer. */
export async function createAnswer(request: ChatRequest, settings: AnswerSettings): Promise<Answer> {
  const prompt = readPrompt(request);
  const reasoning = await reasoningFor(request, prompt);
  const answer = { reasoning, content: null, refusal: null, toolCalls: [] };
  if (/^\s*(please\s+)?refuse\b/i.test(prompt.instruction)) {
    return { ...answer, refusal: "I am sorry, but I cannot help with that." };
  }
  const toolCalls = toolCallsFor(request, prompt.message?.text ?? "");
  if (toolCalls.length > 0) return { ...answer, toolCalls };
  if (/^\s*answer null\b/i.test(prompt.instruction)) return answer;
  return { ...answer, content: await contentFor(request, prompt, settings) };
}

async function contentFor(request: ChatRequest, prompt: Prompt, settings: AnswerSettings): Promise<string> {
  if (request.responseFormat.type !== "text") return jsonAnswer(request, prompt);
  if (request.messages.at(-1)?.role === "tool") return toolResultAnswer(request);
  return (
    commanded(prompt) ??
    commitWish(prompt) ??
    (await codeAnswer(prompt, settings)) ??
    converse(request, prompt)
  );
}

/** Answers that tests ask for by a command of their own. */
function commanded({ instruction, message, codeOnly }: Prompt): string | undefined {
  const echo = codeOnly
    ? /^\s*(?:say|repeat):[ \t\n]([\s\S]+)$/i.exec(instruction)?.[1]
    : /^\s*(?:say:?|repeat:)[ \t\n]([\s\S]+)$/i.exec(message?.text ?? "")?.[1];
  if (echo !== undefined) return echo;
  if (/^\s*answer nothing\b/i.test(instruction)) return "";
  if (/^\s*(be |answer with |show )?hostile\b/i.test(instruction)) return hostileMarkdown();
  const wish = documentWish(instruction);
  return wish && writeDocument(wish);
}

function commitWish({ instruction, message }: Prompt): string | undefined {
  const text = message?.text ?? "";
  return /\bcommit\b/i.test(instruction) ? commitMessage(text) : undefined;
}

async function codeAnswer(prompt: Prompt, settings: AnswerSettings): Promise<string | undefined> {
  const { code, instruction } = prompt;
  if (prompt.codeOnly) return codeOnlyAnswer(prompt, settings.editAnswer);
  if (!code) return undefined;
  const wantsEdit =
    /\b(refactor|rename|rewrite|convert|clean up|simplify|fix|optimi[sz]e|add|improve|change|modernise|modernize)\b/i;
  if (/\b(explain|what does|what is|describe|outline|walk me|summari[sz]e|how does)\b/i.test(instruction)) {
    return explain(prompt, code);
  }
  return wantsEdit.test(instruction) ? explainedEdit(prompt, code) : undefined;
}

function jsonAnswer(request: ChatRequest, prompt: Prompt): string {
  const asked = oneLine(prompt.instruction, 80);
  const { responseFormat } = request;
  if (responseFormat.type === "json_schema") {
    return JSON.stringify(instanceOf(responseFormat.schema, asked), null, 2);
  }
  return JSON.stringify({ asked, model: request.model.id, messages: request.messages.length }, null, 2);
}
