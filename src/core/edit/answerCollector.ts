import type { ChatEvent, Finish } from "../api/types.ts";
import { assertNever } from "../util/assertNever.ts";
import { CodeAnswerReader } from "./codeAnswer.ts";
import { fitAnswer } from "./fitAnswer.ts";
import { toHunks } from "./hunks.ts";
import { PreviewIndent } from "./indentation.ts";
import { diffLines } from "./lineDiff.ts";
import type { EditFailure, Proposal } from "./session.ts";
import type { EditTarget } from "./target.ts";

export type EditOutcome =
  { readonly ok: true; readonly proposal: Proposal } | { readonly ok: false; readonly failure: EditFailure };

/** What a person waits for. */
export type Activity = "sending" | "thinking" | "writing" | "reconnecting" | "rateLimited";

/** Gathers one answer: its code lines while it streams, its outcome when it is over. */
export class AnswerCollector {
  readonly #target: EditTarget;
  readonly #tag: string;
  readonly #reader = new CodeAnswerReader();
  readonly #indent: PreviewIndent;
  #content = "";
  #refusal = "";
  #finish: Finish | undefined;
  #activity: Activity = "sending";
  readonly #onActivity: () => void;

  /** `onActivity` is called whenever `activity` is another. */
  constructor(target: EditTarget, tag: string, onActivity: () => void = () => undefined) {
    this.#target = target;
    this.#tag = tag;
    this.#onActivity = onActivity;
    this.#indent = new PreviewIndent(target.lines, target.indent);
  }

  /** The whole text so far, as the model wrote it. */
  get text(): string {
    return this.#content === "" ? this.#refusal : this.#content;
  }

  get activity(): Activity {
    return this.#activity;
  }

  /** Code lines as they become whole, indented as they will most likely be. Only `outcome` is to be applied. */
  async *lines(events: AsyncIterable<ChatEvent>): AsyncGenerator<string, void> {
    for await (const event of events) {
      this.#follow(event);
      const lines = this.#take(event);
      for (const line of lines) yield this.#indent.fit(line);
    }
  }

  /** To be called once, when `lines` is at its end. */
  outcome(): EditOutcome {
    const { answer } = this.#reader.end();
    const failure = this.#unfinished();
    if (failure !== undefined) return { ok: false, failure };
    const fitted = fitAnswer(answer, this.#target, this.#tag);
    if (fitted.ok) return propose(this.#target.lines, fitted.lines);
    const { problem, candidate } = fitted;
    return { ok: false, failure: { type: "answer", problem, ...(candidate && { candidate }) } };
  }

  #follow(event: ChatEvent): void {
    const activity = activityOf(event);
    if (activity === undefined || activity === this.#activity) return;
    this.#activity = activity;
    this.#onActivity();
  }

  #take(event: ChatEvent): readonly string[] {
    switch (event.type) {
      case "delta":
        if (event.channel === "refusal") this.#refusal += event.text;
        if (event.channel !== "content") return [];
        this.#content += event.text;
        return this.#reader.push(event.text);
      case "finished":
        this.#finish = event.finish;
        return [];
      case "phase":
      case "responded":
      case "toolCall":
      case "usage":
        return [];
      default:
        return assertNever(event);
    }
  }

  #unfinished(): EditFailure | undefined {
    if (this.#refusal !== "") return { type: "refusal", text: this.#refusal };
    if (this.#finish === undefined) return { type: "unverified" };
    if (this.#finish.truncated || this.#finish.reason === "length") return { type: "truncated" };
    if (this.#finish.reason !== undefined && this.#finish.reason !== "stop") {
      return { type: "stopped", reason: this.#finish.reason };
    }
    return this.#finish.verified && this.#finish.reason === "stop" ? undefined : { type: "unverified" };
  }
}

/** What an event says about what is going on; undefined when nothing. */
function activityOf(event: ChatEvent): Activity | undefined {
  if (event.type === "delta") return event.channel === "reasoning" ? "thinking" : "writing";
  if (event.type !== "phase") return undefined;
  switch (event.phase.type) {
    case "sending":
      return "sending";
    case "reconnecting":
    case "catchingUp":
      return "reconnecting";
    case "rateLimited":
      return "rateLimited";
    case "streaming":
      return undefined;
    default:
      return assertNever(event.phase);
  }
}

/** What a replacement changes; a replacement that changes nothing is no proposal. */
export function propose(oldLines: readonly string[], lines: readonly string[]): EditOutcome {
  const hunks = toHunks(diffLines(oldLines, lines));
  return hunks.length === 0
    ? { ok: false, failure: { type: "unchanged" } }
    : { ok: true, proposal: { lines, hunks } };
}
