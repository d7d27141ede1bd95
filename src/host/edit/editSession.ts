import * as vscode from "vscode";
import type { ChatEvent, ChatMessage } from "../../core/api/types.ts";
import type { DocumentChange } from "../../core/edit/anchor.ts";
import {
  AnswerCollector,
  propose,
  type Activity,
  type EditOutcome,
} from "../../core/edit/answerCollector.ts";
import { divergedAnswer } from "../../core/edit/divergedAnswer.ts";
import { toHunks, type DiffLine, type Hunk } from "../../core/edit/hunks.ts";
import { applyEdits, isWritten, minimalEdits } from "../../core/edit/minimalEdits.ts";
import { editPrompt, type EditPrompt } from "../../core/edit/prompt.ts";
import { changesOf, hunksOf, type Change, type Decision, type Decisions } from "../../core/edit/review.ts";
import {
  isFinal,
  reduceEdit,
  type EditEvent,
  type EditFailure,
  type EditState,
  type EndCause,
  type Proposal,
} from "../../core/edit/session.ts";
import type { Rules } from "../../core/edit/rules.ts";
import { streamDiff } from "../../core/edit/streamDiff.ts";
import type { EditTarget, LineRange } from "../../core/edit/target.ts";
import { TargetTracker } from "../../core/edit/targetTracker.ts";
import { Emitter } from "../../core/util/emitter.ts";
import { eolOf, pathOf, readTarget } from "./documentTarget.ts";
import { writeEdits } from "./documentWriter.ts";
import { isDeleted } from "./isDeleted.ts";
import { notebookOf, openAgain } from "./notebookCells.ts";

/** How often an edit is written anew when typing kept VS Code from taking it. */
const maxWrites = 3;

/**
 * Asks the model. Ends without an error when `signal` aborts. The same array of messages again means the same
 * request, tried again after it failed: it must not be billed twice.
 */
export type StreamAnswer = (
  messages: readonly ChatMessage[],
  signal: AbortSignal,
) => AsyncGenerator<ChatEvent, void>;

export interface EditTask {
  /** Names the edit in titles, such as “Refactor Selection”. */
  readonly title: string;
  readonly instruction: string;
  /** Asks in another way than for the replacement of a selection. */
  readonly prompt?: (target: EditTarget, instruction: string, rules: readonly Rules[]) => EditPrompt;
}

/** One edit of one place in one document, from the request to its end. The document changes by `accept` alone. */
export class EditSession {
  readonly id: string;
  readonly task: EditTask;
  readonly #changed = new Emitter<EditSession>();
  readonly onDidChange = this.#changed.event;
  readonly #target: EditTarget;
  readonly #tracker: TargetTracker;
  readonly #encoding: string;
  readonly #abort = new AbortController();
  readonly #streamed: DiffLine[] = [];
  #document: vscode.TextDocument;
  /** Known here once it is closed. */
  #notebook: vscode.NotebookDocument | undefined;
  #state: EditState = { type: "queued" };
  #prompt: EditPrompt | undefined;
  #collector: AnswerCollector | undefined;
  #isWriting = false;
  /** What changed while VS Code was asked to write. */
  #meanwhile: (readonly DocumentChange[])[] | undefined;

  constructor(id: string, document: vscode.TextDocument, lines: LineRange, task: EditTask) {
    this.id = id;
    this.task = task;
    this.#document = document;
    this.#notebook = notebookOf(document);
    this.#target = readTarget(document, lines);
    const start = document.offsetAt(new vscode.Position(lines.first, 0));
    this.#tracker = new TargetTracker(this.#target.lines, start, eolOf(document));
    this.#encoding = document.encoding;
  }

  get document(): vscode.TextDocument {
    return this.#document;
  }

  get state(): EditState {
    return this.#state;
  }

  get isOver(): boolean {
    return isFinal(this.#state);
  }

  /** Whether it ended because its file was closed. */
  get isClosed(): boolean {
    return this.#state.type === "ended" && this.#state.cause === "closed";
  }

  /** Whether the target still holds the text it was read with. */
  get isIntact(): boolean {
    return this.#tracker.intact;
  }

  /** Whether nothing is left of the target. */
  get isGone(): boolean {
    const { start, end } = this.#tracker.anchor;
    return start === end && this.#target.lines.join("") !== "";
  }

  get oldLines(): readonly string[] {
    return this.#target.lines;
  }

  /** The model's words so far. */
  get answer(): string {
    return this.#collector?.text ?? "";
  }

  get activity(): Activity {
    return this.#collector?.activity ?? "sending";
  }

  /** Where the target is now. */
  get range(): vscode.Range {
    const { start, end } = this.#tracker.anchor;
    return new vscode.Range(this.#document.positionAt(start), this.#document.positionAt(end));
  }

  /** The changes known so far, or, once the answer is complete, all of them, with what was said about each. */
  get changes(): readonly Change[] {
    return changesOf(this.#allHunks, this.#decisions);
  }

  /** What the edit would change as things stand: all but what was rejected. */
  get hunks(): readonly Hunk[] {
    return hunksOf(this.#allHunks, this.#decisions, ["accepted", undefined]);
  }

  get #allHunks(): readonly Hunk[] {
    return this.#proposal?.hunks ?? toHunks(this.#streamed);
  }

  get #decisions(): Decisions {
    const state = this.#state;
    return state.type === "reviewing" || state.type === "stale" ? state.decisions : new Map();
  }

  /** How many of the target's lines the answer has passed. */
  get linesPassed(): number {
    if (this.#proposal !== undefined) return this.#target.lines.length;
    return this.#streamed.filter((line) => line.type !== "added").length;
  }

  get #proposal(): Proposal | undefined {
    const state = this.#state;
    return state.type === "reviewing" || state.type === "stale" ? state.proposal : undefined;
  }

  /** The whole document with the new code in place, for the diff editor. */
  get proposedText(): string {
    const text = this.#document.getText();
    const { start, end } = this.#tracker.anchor;
    const eol = eolOf(this.#document);
    const edits = this.#proposal ? minimalEdits(this.#target.lines, this.hunks, eol) : [];
    return text.slice(0, start) + applyEdits(this.#target.lines.join(eol), edits) + text.slice(end);
  }

  /**
   * Sends the request and reads the answer to its end. Never throws: a failure becomes the state. `failed` is the
   * session whose request this repeats: if it asks for the very same, it is the same request.
   */
  async run(stream: StreamAnswer, rules: readonly Rules[], failed?: EditSession): Promise<void> {
    const { instruction, prompt } = this.task;
    const target = this.#target;
    const own =
      prompt?.(target, instruction, rules) ??
      editPrompt({ path: pathOf(this.#document), target, instruction, rules });
    const earlier =
      failed?.state.type === "failed" && failed.state.failure.type === "request" && failed.#prompt;
    this.#prompt = earlier && JSON.stringify(earlier) === JSON.stringify(own) ? earlier : own;
    const { messages, tag } = this.#prompt;
    this.#send({ type: "started" });
    try {
      await this.#read(stream(messages, this.#abort.signal), tag);
    } catch (error) {
      const replay = divergedAnswer(error);
      if (replay === undefined) this.#send({ type: "failed", failure: { type: "request", error } });
      else await this.#read(replay, tag);
    }
  }

  /** Reads one answer from its beginning to its end; nothing is kept of an earlier one. */
  async #read(events: AsyncIterable<ChatEvent>, tag: string): Promise<void> {
    const collector = new AnswerCollector(this.#target, tag, () => this.#changed.fire(this));
    this.#collector = collector;
    this.#streamed.length = 0;
    for await (const line of streamDiff(this.#target.lines, collector.lines(events))) {
      if (this.isOver) return;
      this.#streamed.push(line);
      this.#changed.fire(this);
    }
    if (!this.isOver) this.#conclude(collector.outcome());
  }

  /** Starts with code that is there already, such as a failed answer's candidate. */
  review(lines: readonly string[]): void {
    this.#send({ type: "started" });
    this.#conclude(propose(this.#target.lines, lines));
  }

  #conclude(outcome: EditOutcome): void {
    this.#send(
      outcome.ok
        ? { type: "completed", proposal: outcome.proposal }
        : { type: "failed", failure: outcome.failure },
    );
  }

  /** Follows the document. */
  documentChanged(event: vscode.TextDocumentChangeEvent): void {
    if (event.contentChanges.length === 0) return;
    const changes = event.contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      offset: rangeOffset,
      length: rangeLength,
      text,
    }));
    if (this.#meanwhile === undefined) this.#follow(changes);
    else this.#meanwhile.push(changes);
  }

  #follow(changes: readonly DocumentChange[]): void {
    const document = this.#document;
    const intact = this.#tracker.update(changes, () => document.getText(), eolOf(document));
    this.#send({ type: intact ? "restored" : "touched" });
    this.#changed.fire(this);
  }

  /** The document lives on under another name. False when it is not the same text. */
  rename(document: vscode.TextDocument): boolean {
    const text = document.getText();
    const isSame =
      text === this.#document.getText() || this.#tracker.plan([], text, eolOf(document)) !== undefined;
    if (isSame) this.#moveTo(document);
    this.#changed.fire(this);
    return isSame;
  }

  /**
   * Opens the closed document again. False when its cell or the target is gone, or the target is in several places.
   * Throws when the file cannot be opened.
   */
  async reopen(): Promise<boolean> {
    const document = await openAgain(this.#document, this.#notebook);
    if (document === undefined) return false;
    this.#moveTo(document);
    return this.#tracker.reopen(document.getText(), eolOf(document));
  }

  #moveTo(document: vscode.TextDocument): void {
    this.#document = document;
    this.#notebook = notebookOf(document);
  }

  /**
   * Takes a decision about one change, or all that wait. The last one ends the edit: what was accepted is written,
   * all at once. False when it is not, or no longer, to be applied.
   */
  async decide(change: number | "rest", decision: Decision): Promise<boolean> {
    if (this.#state.type !== "reviewing" || this.#isWriting) return false;
    const event = { type: "decided", change, decision } as const;
    const decided = reduceEdit(this.#state, event);
    const decisions = decided.type === "reviewing" ? decided.decisions : new Map();
    if (hunksOf(this.#allHunks, decisions, [undefined]).length > 0) {
      this.#send(event);
      return true;
    }
    const hunks = hunksOf(this.#allHunks, decisions, ["accepted"]);
    if (hunks.length > 0) return this.#write(hunks);
    this.reject();
    return true;
  }

  /** Accepts and writes all that was not rejected. */
  accept(): Promise<boolean> {
    return this.decide("rest", "accepted");
  }

  /** Until the code is in the document, the last decision counts as not taken. */
  async #write(hunks: readonly Hunk[]): Promise<boolean> {
    this.#isWriting = true;
    try {
      for (let writes = 0; writes < maxWrites; writes++) {
        const written = await this.#tryToWrite(hunks);
        if (written !== "again") return written;
      }
    } finally {
      this.#isWriting = false;
    }
    return this.#fail({ type: "notWritten" });
  }

  /** `again` when the document changed elsewhere before VS Code took the edit. */
  async #tryToWrite(hunks: readonly Hunk[]): Promise<boolean | "again"> {
    if (this.#document.isClosed) return this.#fail({ type: "notWritten" });
    if (await isDeleted(this.#document.uri)) {
      this.end("deleted");
      return false;
    }
    // Whatever came while the disk was asked has been dealt with.
    if (this.#state.type !== "reviewing") return false;
    if (this.#document.encoding !== this.#encoding) {
      this.end("encodingChanged");
      return false;
    }
    const before = this.#document.getText();
    const edits = this.#tracker.plan(hunks, before, eolOf(this.#document));
    if (edits === undefined) {
      this.#send({ type: "touched" });
      return false;
    }
    const meanwhile: (readonly DocumentChange[])[] = [];
    this.#meanwhile = meanwhile;
    try {
      await writeEdits(this.#document, edits);
    } finally {
      this.#meanwhile = undefined;
    }
    if (isWritten(before, edits, meanwhile)) {
      this.#send({ type: "accepted" });
      return true;
    }
    for (const changes of meanwhile) this.#follow(changes);
    return meanwhile.length > 0 ? "again" : this.#fail({ type: "notWritten" });
  }

  reject(): void {
    this.#send({ type: "rejected" });
  }

  end(cause: EndCause): void {
    this.#send({ type: "ended", cause });
  }

  #fail(failure: EditFailure): false {
    this.#send({ type: "failed", failure });
    return false;
  }

  #send(event: EditEvent): void {
    const before = this.#state;
    this.#state = reduceEdit(before, event);
    if (this.#state === before) return;
    if (this.isOver) this.#abort.abort();
    this.#changed.fire(this);
  }
}
