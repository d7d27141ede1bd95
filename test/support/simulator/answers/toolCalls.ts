import { createHash } from "node:crypto";
import type { ChatRequest, OfferedTool } from "../chatRequest.ts";
import type { AnswerToolCall } from "./answer.ts";
import { instanceOf } from "./jsonInstance.ts";

/** The tool calls that a request leads to: those the person asks for (“call f with {…}”), or one that must be. */
export function toolCallsFor(request: ChatRequest, text: string): AnswerToolCall[] {
  const { tools, toolChoice } = request;
  if (toolChoice.type === "none" || tools.length === 0) return [];
  const afterResult = request.messages.at(-1)?.role === "tool";
  const asked = afterResult ? [] : askedCalls(text, tools);
  const wanted =
    toolChoice.type === "one" ? asked.filter(({ tool }) => tool.name === toolChoice.name) : asked;
  const must = afterResult ? undefined : mandatoryTool(request);
  const calls = wanted.length > 0 ? wanted : must ? [{ tool: must, input: undefined }] : [];
  const allowed = request.parallelToolCalls ? calls : calls.slice(0, 1);
  return allowed.map(({ tool, input }, index) => {
    const given =
      input ??
      (tool.kind === "custom" ? text : JSON.stringify(instanceOf(tool.parameters, text.slice(0, 80))));
    const hash = createHash("sha256").update(`${tool.name}\n${given}\n${index}\n${request.messages.length}`);
    return { kind: tool.kind, id: `call_${hash.digest("hex").slice(0, 24)}`, name: tool.name, input: given };
  });
}

function mandatoryTool(request: ChatRequest): OfferedTool | undefined {
  const { tools, toolChoice } = request;
  if (toolChoice.type === "one") return tools.find((tool) => tool.name === toolChoice.name);
  return toolChoice.type === "required" ? tools[0] : undefined;
}

function askedCalls(
  text: string,
  tools: readonly OfferedTool[],
): { tool: OfferedTool; input: string | undefined }[] {
  const found: { tool: OfferedTool; input: string | undefined }[] = [];
  for (const match of text.matchAll(
    /\b(?:call|use|and)\s+(?:the\s+tool\s+)?[`"']?([\w-]+)[`"']?(?:\s+with\s+)?/gi,
  )) {
    const tool = tools.find(({ name }) => name === match[1]);
    if (tool) found.push({ tool, input: jsonAt(text, match.index + match[0].length) });
  }
  return found;
}

/** The JSON object that starts at this place. */
function jsonAt(text: string, start: number): string | undefined {
  if (text[start] !== "{") return undefined;
  for (let end = text.indexOf("}", start); end >= 0; end = text.indexOf("}", end + 1)) {
    const candidate = text.slice(start, end + 1);
    try {
      JSON.parse(candidate);
      return candidate;
    } catch {
      // Not its end yet.
    }
  }
  return undefined;
}

/** What the model says once tool results are there. */
export function toolResultAnswer(request: ChatRequest): string {
  const results = request.messages.slice(
    request.messages.findLastIndex((message) => message.role !== "tool") + 1,
  );
  const quotes = results.map(({ text }) => {
    const short = text.length > 400 ? `${text.slice(0, 400)}…` : text;
    return short.replaceAll(/^/gm, "> ");
  });
  const what = results.length === 1 ? "The tool answered" : `${results.length} tools answered`;
  return `${what}:\n\n${quotes.join("\n\n")}`;
}
