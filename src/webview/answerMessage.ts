import { assertNever } from "../core/util/assertNever.ts";
import type { AnswerState, AnswerView } from "../protocol/chat.ts";
import { answerFooter } from "./answerFooter.ts";
import { element } from "./dom.ts";
import { errorPart } from "./errorPart.ts";
import { GrowingText } from "./growingText.ts";
import type { PanelContext } from "./panelContext.ts";
import { PhasePart } from "./phasePart.ts";
import { ReasoningPart } from "./reasoningPart.ts";
import { SentenceReader } from "./sentenceReader.ts";

/** One answer on the page, from its request to its figures. */
export class AnswerMessage {
  readonly element: HTMLElement;
  readonly #context: PanelContext;
  readonly #reasoning: ReasoningPart;
  readonly #content: GrowingText;
  readonly #refusal: GrowingText;
  readonly #phase: PhasePart;
  /** What follows the text once the answer has ended. */
  readonly #end = element("div", "answerEnd");
  readonly #reader = new SentenceReader();
  #answer: AnswerView | undefined;

  constructor(id: string, context: PanelContext) {
    this.#context = context;
    this.#reasoning = new ReasoningPart(id, context);
    this.#content = new GrowingText(context);
    this.#refusal = new GrowingText(context);
    this.#phase = new PhasePart(context);
    this.#refusal.element.className = "refusal";
    this.element = element(
      "article",
      "message answer",
      this.#reasoning.element,
      this.#content.element,
      this.#refusal.element,
      this.#phase.element,
      this.#end,
    );
    this.element.setAttribute("aria-label", context.strings.valar);
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
    this.#content.show(answer.isJson === true ? asJsonBlock(answer.content) : answer.content, !isRunning);
    this.#refusal.element.hidden = answer.refusal === "";
    this.#refusal.show(answer.refusal, !isRunning);
    this.#phase.update(answer.state.type === "running" ? answer.state.phase : undefined);
    this.element.classList.toggle("running", isRunning);
    if (answer.state !== before?.state || answer.figures !== before.figures) this.#showEnd(answer);
    if (before !== undefined) this.#read(before, answer);
  }

  #showEnd(answer: AnswerView): void {
    this.#context.keepFocus(this.#end);
    if (answer.state.type === "running") {
      this.#end.replaceChildren();
      return;
    }
    const note = this.#note(answer);
    const parts: HTMLElement[] = note === undefined ? [] : [element("div", "note", note)];
    if (answer.state.type === "failed") {
      const { error } = answer.state;
      const act = this.#context.errorAction;
      parts.push(errorPart(error, this.#context.strings, (action) => act(answer.id, action)));
    }
    this.#end.replaceChildren(
      ...parts,
      answerFooter(answer, () => answer.content || answer.refusal, this.#context),
    );
  }

  #note(answer: AnswerView): string | undefined {
    const { strings } = this.#context;
    const { state } = answer;
    switch (state.type) {
      case "cancelled":
        return strings.stopped;
      case "complete":
        if (state.truncated) return strings.truncated;
        if (answer.refusal !== "") return strings.refused;
        return answer.content.trim() === "" ? strings.emptyAnswer : undefined;
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

/** JSON as one code block. It stays open: what the model wrote must not be able to end it. */
function asJsonBlock(content: string): string {
  return content === "" ? "" : `${"`".repeat(16)}json\n${content}`;
}

function endText(state: AnswerState): string | undefined {
  return state.type === "failed" ? `${state.error.message} ${state.error.hint}` : undefined;
}
