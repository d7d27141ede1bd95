import { assertNever } from "../core/util/assertNever.ts";
import { prettyJson } from "../core/util/prettyJson.ts";
import type { AnswerState, AnswerView, BranchView } from "../protocol/chat.ts";
import { answerFooter } from "./answerFooter.ts";
import { element } from "./dom.ts";
import { errorPart } from "./errorPart.ts";
import { GrowingText } from "./growingText.ts";
import { keepFocus } from "./keepFocus.ts";
import type { PanelContext } from "./panelContext.ts";
import { PhasePart } from "./phasePart.ts";
import { ReasoningPart } from "./reasoningPart.ts";
import { SentenceReader } from "./sentenceReader.ts";

/** From here on the sections of an answer are laid out one by one, characters. */
const longFrom = 8000;

/** One answer on the page, from its request to its figures. */
export class AnswerMessage {
  readonly #element: HTMLElement;
  readonly #context: PanelContext;
  readonly #reasoning: ReasoningPart;
  readonly #content: GrowingText;
  readonly #refusal: GrowingText;
  readonly #phase: PhasePart;
  /** What follows the text once the answer has ended. */
  readonly #end = element("div", "answerEnd");
  readonly #reader = new SentenceReader();
  #answer: AnswerView | undefined;

  constructor(host: HTMLElement, id: string, context: PanelContext) {
    this.#element = host;
    this.#context = context;
    this.#reasoning = new ReasoningPart(id, context);
    this.#content = new GrowingText(context);
    this.#refusal = new GrowingText(context);
    this.#phase = new PhasePart(context);
    this.#refusal.element.className = "refusal";
    host.replaceChildren(
      this.#reasoning.element,
      this.#content.element,
      this.#refusal.element,
      this.#phase.element,
      this.#end,
    );
  }

  update(answer: AnswerView): void {
    const before = this.#answer;
    if (answer === before) return;
    this.#answer = answer;
    const isRunning = answer.state.type === "running";
    this.#reasoning.update({
      text: answer.reasoning,
      isRunning: isRunning && answer.content === "" && answer.refusal === "",
      durationMs: answer.figures?.reasoningMs,
    });
    this.#content.show(answer.isJson === true ? jsonBlock(answer) : answer.content, !isRunning);
    this.#refusal.element.hidden = answer.refusal === "";
    this.#refusal.show(answer.refusal, !isRunning);
    this.#phase.update(answer.state.type === "running" ? answer.state.phase : undefined);
    this.#element.classList.toggle("running", isRunning);
    this.#element.classList.toggle("long", answer.content.length + answer.reasoning.length > longFrom);
    if (
      answer.state !== before?.state ||
      answer.figures !== before.figures ||
      !isSame(answer.branch, before.branch) ||
      answer.hasRequest !== before.hasRequest
    )
      this.#showEnd(answer);
    if (before !== undefined) this.#read(before, answer);
  }

  #showEnd(answer: AnswerView): void {
    const change = (): void => this.#end.replaceChildren(...this.#endParts(answer));
    keepFocus(this.#end, change, this.#context.focusBox);
  }

  #endParts(answer: AnswerView): HTMLElement[] {
    const { state } = answer;
    if (state.type === "running") return [];
    const note = this.#note(answer);
    const parts: HTMLElement[] = note === undefined ? [] : [element("div", "note", note)];
    if (state.type === "failed") {
      const act = this.#context.errorAction;
      parts.push(errorPart(state.error, this.#context.strings, (action) => act(answer.id, action)));
    }
    return [...parts, answerFooter(answer, () => answer.content || answer.refusal, this.#context)];
  }

  #note(answer: AnswerView): string | undefined {
    const { strings } = this.#context;
    const { state } = answer;
    switch (state.type) {
      case "cancelled":
        return answer.content + answer.reasoning + answer.refusal === ""
          ? strings.stoppedEarly
          : strings.stopped;
      case "complete":
        if (state.filtered === true) return strings.filtered;
        if (state.truncated) return strings.truncated;
        if (answer.refusal !== "") return strings.refused;
        if (answer.content.trim() === "") return strings.emptyAnswer;
        return answer.isJson === true && prettyJson(answer.content) === undefined
          ? strings.invalidJson
          : undefined;
      case "running":
      case "failed":
        return undefined;
      default:
        return assertNever(state);
    }
  }

  /** Reads out what is new since `before`, in whole sentences. */
  #read(before: AnswerView, answer: AnswerView): void {
    const { say } = this.#context;
    if (answer.content.length > before.content.length) {
      say(this.#reader.take(answer.content.slice(before.content.length)));
    }
    if (answer.state.type === "running" || before.state.type !== "running") return;
    say(this.#reader.end());
    say(endText(answer.state) ?? this.#note(answer) ?? "");
  }
}

/**
 * JSON as one code block, as it comes while it comes, and indented in the end. The block stays open: what the model
 * wrote must not be able to end it.
 */
function jsonBlock({ content, state }: AnswerView): string {
  if (content === "") return "";
  const pretty = state.type === "running" ? undefined : prettyJson(content);
  return `${"`".repeat(16)}json\n${pretty ?? content}`;
}

function endText(state: AnswerState): string | undefined {
  return state.type === "failed" ? `${state.error.message} ${state.error.hint}` : undefined;
}

function isSame(a: BranchView | undefined, b: BranchView | undefined): boolean {
  return a?.index === b?.index && a?.count === b?.count;
}
