import * as vscode from "vscode";
import { actionInstruction, type EditAction } from "../../core/edit/instructions.ts";
import { instructionTitle } from "../../core/edit/instructionTitle.ts";
import type { Decision } from "../../core/edit/review.ts";
import type { Rules } from "../../core/edit/rules.ts";
import type { LineRange } from "../../core/edit/target.ts";
import type { Clock } from "../../core/util/clock.ts";
import { DisposableStore } from "../../core/util/disposable.ts";
import { assertNever } from "../../core/util/assertNever.ts";
import type { Log } from "../log.ts";
import type { NotifyAction } from "../notify.ts";
import { type ChangeRef, toChangeRef } from "./changeRef.ts";
import { CodeApplier, type CodeToApply } from "./codeApplier.ts";
import { DocumentFollower } from "./documentFollower.ts";
import { EditReports, type Notify } from "./editReports.ts";
import { EditSession, type EditTask, type StreamAnswer } from "./editSession.ts";
import { EditView } from "./editView.ts";
import { InstructionInput, type InstructionMemory } from "./instructionInput.ts";
import { changeAtCursor, nextChange } from "./nextChange.ts";
import { show } from "./notebookCells.ts";
import { RejectedEdit } from "./rejectedEdit.ts";
import { SessionList } from "./sessionList.ts";
import { findProblem, problemsIn } from "./problems.ts";
import { TestWriter } from "./testWriter.ts";
import { type PickedTarget, TargetPicker } from "./targetPicker.ts";

export interface EditServiceDeps {
  readonly stream: StreamAnswer;
  readonly notify: Notify;
  /** A failed request in words, with the buttons that help, such as `retry` or “Set API Token”. */
  readonly describeError: (
    error: unknown,
    retry: NotifyAction,
  ) => {
    readonly message: string;
    readonly actions: readonly NotifyAction[];
  };
  /** Tells the person of a failure of Valar itself. */
  readonly onError: (error: unknown) => Promise<void>;
  readonly log: Pick<Log, "error">;
  /** The workspace's rules for the code of a document. Does not throw. */
  readonly rules: (uri: vscode.Uri) => Promise<readonly Rules[]>;
  readonly memory: InstructionMemory;
  readonly clock: Clock;
}

/** Editing code in place: asks, streams, shows, and writes what is accepted. */
export class EditService implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #deps: EditServiceDeps;
  readonly #list = new SessionList();
  readonly #view: EditView;
  readonly #reports: EditReports;
  readonly #picker: TargetPicker;
  readonly #input: InstructionInput;
  readonly #applier: CodeApplier;
  readonly #tests: TestWriter;
  readonly #rejected: RejectedEdit;

  constructor(deps: EditServiceDeps) {
    this.#deps = deps;
    // Nobody awaits a message that lasts: what its buttons throw must not be lost.
    const notify: Notify = (...message) => deps.notify(...message).catch(deps.onError);
    const sessions = (): readonly EditSession[] => this.#list.all;
    this.#view = this.#store.add(new EditView(sessions, deps.clock, deps.onError));
    this.#rejected = this.#store.add(new RejectedEdit(deps.clock));
    this.#store.add(new DocumentFollower(() => this.#followed, deps.clock));
    this.#input = new InstructionInput(deps.memory);
    this.#picker = new TargetPicker(notify);
    this.#applier = new CodeApplier(notify, (document, { first, last, lines }) =>
      this.#reviewLines(document, { first, last }, { title: vscode.l10n.t("Apply"), instruction: "" }, lines),
    );
    this.#tests = new TestWriter(notify, (document, lines, task) => this.#run(document, lines, task));
    this.#reports = new EditReports(
      { ...deps, notify },
      {
        retry: (session) => this.#retry(session, session.task),
        review: (session, lines) => this.#reviewCandidate(session, lines),
        bringBack: (session, lines) => this.#bringBack(session, lines),
        reject: (session) => session.reject(),
        showAnswer: (session) => this.#view.documents.showAnswer(session),
      },
    );
  }

  /** Asks what to do with the selection and does it. Resolves when the answer is there, or nothing is to come. */
  async edit(editor = vscode.window.activeTextEditor): Promise<void> {
    if ((await this.#picker.pick(editor, { isBlankFine: true })) === undefined) return;
    const instruction = await this.#input.ask();
    if (instruction === undefined) return;
    const target = await this.#picker.pick(editor, { isBlankFine: true });
    if (target !== undefined)
      await this.#begin(target, { title: instructionTitle(instruction), instruction });
  }

  /** Does something ready-made with the selection, or the function around the cursor. Resolves as `edit` does. */
  async run(action: EditAction, editor = vscode.window.activeTextEditor): Promise<void> {
    const target = await this.#picker.pick(editor);
    if (target !== undefined) await this.#runAction(action, target);
  }

  /** Fixes one problem in the code around it; without an argument, what is wrong in the selection. */
  async fix(argument?: unknown): Promise<void> {
    const problem = await findProblem(argument);
    if (problem === undefined) return this.run("fix");
    if (problem === "gone") return this.#reports.problemGone();
    const { document, range } = problem;
    await vscode.window.showTextDocument(document);
    const target = await this.#picker.pickAround(document, range);
    if (target !== undefined) await this.#runAction("fix", target, range);
  }

  /** Writes tests for the code in view, in the project's framework and place. Resolves as `edit` does. */
  writeTests(): Promise<void> {
    return this.#tests.run();
  }

  /** Shows a code block of the conversation as an edit of the file it belongs into. Asks no model. */
  applyCode(code: CodeToApply): Promise<void> {
    return this.#applier.apply(code);
  }

  /**
   * Applies an edit, but for the changes that were rejected. `which`: what a CodeLens or a zone's menu hands in;
   * nothing for the edit at the cursor.
   */
  async accept(which?: unknown): Promise<void> {
    const session = await this.#wanted(which, ["reviewing", "stale"]);
    if (session === undefined) return;
    await session.accept();
    if (session.state.type === "stale") await this.#reports.stale(session);
  }

  /**
   * Drops an edit, or stops one that is still being written. The document stays as it is. Where changes were
   * accepted already, asks what is to become of them.
   */
  async reject(which?: unknown): Promise<void> {
    const session = this.#find(which, ["reviewing", "stale", "streaming", "queued"]);
    const accepted = session?.changes.filter(({ decision }) => decision === "accepted").length ?? 0;
    if (session?.state.type === "reviewing" && accepted > 0)
      await this.#reports.acceptedAlready(session, accepted);
    else session?.reject();
  }

  /** Shows the edit that was rejected last, or lost its file, for review once more. Asks no model. */
  async bringBack(): Promise<void> {
    const rejected = this.#rejected.kept;
    if (rejected === undefined) return this.#reports.nothingToReview();
    await this.#bringBack(rejected.session, rejected.lines);
  }

  /** Rejects what is not decided yet and writes what was accepted. */
  async rejectRemaining(which?: unknown): Promise<void> {
    const session = await this.#wanted(which, ["reviewing"]);
    if (session === undefined) return;
    await session.decide("rest", "rejected");
  }

  /** Decides one change: the one named, or the one at the cursor; where there is none, goes to the next. */
  async decide(decision: Decision, which?: unknown): Promise<void> {
    const session = await this.#wanted(which, ["reviewing", "stale"]);
    if (session === undefined) return;
    if (session.state.type === "stale") return this.#reports.stale(session);
    const change = this.#refOf(which)?.change ?? changeAtCursor(session);
    if (change === undefined) return this.nextChange();
    await session.decide(change, decision);
  }

  async showDiff(which?: unknown): Promise<void> {
    const session = await this.#wanted(which, ["reviewing"]);
    if (session === undefined) return;
    await this.#view.documents.showDiff(session);
  }

  /** Asks again, with the instruction to be changed. */
  async editAndRetry(which?: unknown): Promise<void> {
    const session = await this.#wanted(which, ["reviewing", "stale"]);
    if (session === undefined) return;
    const { task } = session;
    const instruction = await this.#input.ask(task.instruction);
    if (instruction === undefined) return;
    const title = instruction === task.instruction ? task.title : instructionTitle(instruction);
    await this.#retry(session, { ...task, title, instruction });
  }

  /** Puts the cursor on the next change that waits, in this file or another. */
  async nextChange(direction: 1 | -1 = 1): Promise<void> {
    if (!(await nextChange(this.#list.all, direction))) await this.#reports.nothingToReview();
  }

  dispose(): void {
    for (const session of this.#list.all) session.reject();
    this.#store.dispose();
  }

  /** As `#find`; says so when there is none, but for a lens or zone whose edit has ended meanwhile. */
  async #wanted(
    which: unknown,
    states: readonly EditSession["state"]["type"][],
  ): Promise<EditSession | undefined> {
    const session = this.#find(which, states);
    if (session === undefined && this.#refOf(which) === undefined) await this.#reports.nothingToReview();
    return session;
  }

  /** Those whose documents are watched: also the one that may be brought back. */
  get #followed(): readonly EditSession[] {
    const rejected = this.#rejected.kept?.session;
    return rejected === undefined ? this.#list.followed : [...this.#list.followed, rejected];
  }

  #find(which: unknown, states: readonly EditSession["state"]["type"][]): EditSession | undefined {
    return this.#list.find(this.#refOf(which), states);
  }

  /** A zone's menu hands in its thread, a CodeLens a reference. */
  #refOf(which: unknown): ChangeRef | undefined {
    return this.#view.changeOf(which) ?? toChangeRef(which) ?? (isThread(which) ? ended : undefined);
  }

  async #runAction(action: EditAction, target: PickedTarget, about?: vscode.Range): Promise<void> {
    const { document, lines } = target;
    const where = about ? { first: about.start.line, last: about.end.line } : lines;
    const problems = action === "fix" ? problemsIn(document, where) : [];
    const instruction = actionInstruction(action, problems);
    await this.#begin(target, { title: titleOf(action), instruction });
  }

  async #begin({ document, lines }: PickedTarget, task: EditTask): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    // The selection would hide the colours of the change; the cursor stays where it is.
    if (editor?.document === document) editor.selection = collapsed(editor.selection);
    await keepOpen(document);
    await this.#run(document, lines, task);
  }

  async #run(
    document: vscode.TextDocument,
    lines: LineRange,
    task: EditTask,
    failed?: EditSession,
  ): Promise<void> {
    const session = await this.#open(document, lines, task, () => this.#run(document, lines, task));
    if (session === undefined) return;
    const rules = await this.#deps.rules(document.uri);
    // It may be stopped meanwhile.
    if (!session.isOver) await session.run(this.#deps.stream, rules, failed);
  }

  /** A new session, unless another edit waits in the same lines; `again` starts anew when that one is rejected. */
  async #open(
    document: vscode.TextDocument,
    lines: LineRange,
    task: EditTask,
    again: () => Promise<void>,
  ): Promise<EditSession | undefined> {
    const other = this.#list.overlapping(document, lines);
    if (other !== undefined) {
      await this.#reports.overlap(other, async () => {
        other.reject();
        await again();
      });
      return undefined;
    }
    const session = new EditSession(crypto.randomUUID(), document, lines, task);
    this.#list.add(session);
    this.#rejected.forget();
    let seen = session.state;
    session.onDidChange(() => {
      this.#view.update(session);
      if (session.state === seen) return;
      const lines = "proposal" in seen ? seen.proposal?.lines : undefined;
      seen = session.state;
      if (lines !== undefined && (seen.type === "rejected" || session.isClosed))
        this.#rejected.keep(session, lines);
      void this.#reports.report(session, lines);
    });
    this.#view.update(session);
    return session;
  }

  async #retry(session: EditSession, task: EditTask): Promise<void> {
    // Of one that is over and forgotten, no one knows where its code is by now.
    const isFollowed = this.#list.followed.includes(session);
    session.reject();
    if (!isFollowed || !(await this.#reopen(session)) || session.isGone) return this.#reports.closed();
    const { document, range } = session;
    await this.#run(document, { first: range.start.line, last: range.end.line }, task, session);
  }

  async #bringBack(session: EditSession, lines: readonly string[]): Promise<void> {
    if (await this.#reopen(session, true)) await this.#reviewCandidate(session, lines);
    else await this.#reports.closed();
  }

  /**
   * Opens the file of an edit again if it was closed, and shows it. False when its code is not there any more, or no
   * file. VS Code may keep a document for minutes after its last tab is closed.
   */
  async #reopen(
    session: EditSession,
    isShown = session.isClosed || session.document.isClosed,
  ): Promise<boolean> {
    try {
      if (session.document.isClosed && !(await session.reopen())) return false;
    } catch (error) {
      this.#deps.log.error("The file of an edit could not be opened again", error);
      return false;
    }
    if (isShown) await show(session.document);
    return true;
  }

  async #reviewCandidate(session: EditSession, lines: readonly string[]): Promise<void> {
    const { document, range, task } = session;
    const isFollowed = this.#followed.includes(session);
    if (!isFollowed || document.isClosed || !session.isIntact) return this.#reports.closed();
    await this.#reviewLines(document, { first: range.start.line, last: range.end.line }, task, lines);
  }

  /** Reviews code that is there already. */
  async #reviewLines(
    document: vscode.TextDocument,
    range: LineRange,
    task: EditTask,
    lines: readonly string[],
  ): Promise<void> {
    const { version } = document;
    const again = () =>
      document.version === version ? this.#reviewLines(document, range, task, lines) : this.#reports.closed();
    const session = await this.#open(document, range, task, again);
    session?.review(lines);
  }
}

/** Named by a zone that is no more: it must not come to mean another edit. */
const ended: ChangeRef = { edit: "" };

function isThread(argument: unknown): boolean {
  return typeof argument === "object" && argument !== null && "comments" in argument && "range" in argument;
}

function collapsed({ active }: vscode.Selection): vscode.Selection {
  return new vscode.Selection(active, active);
}

/** A preview tab would be replaced by the next file looked at, and the edit would end with it. */
async function keepOpen(document: vscode.TextDocument): Promise<void> {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  const isPreview =
    tab?.isPreview === true &&
    tab.input instanceof vscode.TabInputText &&
    tab.input.uri.toString() === document.uri.toString();
  if (isPreview) await vscode.commands.executeCommand("workbench.action.keepEditor");
}

function titleOf(action: EditAction): string {
  switch (action) {
    case "refactor":
      return vscode.l10n.t("Refactor");
    case "fix":
      return vscode.l10n.t("Fix");
    case "docs":
      return vscode.l10n.t("Doc Comments");
    case "optimize":
      return vscode.l10n.t("Optimize");
    default:
      return assertNever(action);
  }
}
