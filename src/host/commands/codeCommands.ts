import * as vscode from "vscode";
import type { ContextItem } from "../../core/chat/conversation.ts";
import type { SendResult } from "../../protocol/chat.ts";
import { notify } from "../notify.ts";

/** A problem that VS Code shows, such as a compiler's error. */
export interface ProblemPlace {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  readonly message: string;
}

export interface CodeCommandsDeps {
  /** Undefined when the person was asked whether it may be sent and said no. Throws `UserError`. */
  readonly context: (document: vscode.TextDocument, range: vscode.Range) => Promise<ContextItem | undefined>;
  readonly send: (text: string, context: readonly ContextItem[]) => Promise<SendResult>;
  readonly addContext: (item: ContextItem) => Promise<void>;
  /** Puts a text into the empty box of the panel. */
  readonly offerDraft: (text: string) => Promise<void>;
  readonly focusChat: () => Promise<void>;
  /** Where a problem is that the lightbulb names; undefined when it names none. */
  readonly findProblem: (argument: unknown) => Promise<ProblemPlace | "gone" | undefined>;
  /** The function or block around a position, by the language's symbols. */
  readonly enclosing: (
    document: vscode.TextDocument,
    position: vscode.Position,
  ) => Promise<vscode.Range | undefined>;
}

/** “Explain Selection” and “Add Selection to Chat”. */
export class CodeCommands {
  readonly #deps: CodeCommandsDeps;

  constructor(deps: CodeCommandsDeps) {
    this.#deps = deps;
  }

  /** Explains a problem in the code around it, or, without one, the selection. */
  async explain(about?: unknown): Promise<void> {
    const problem = await this.#deps.findProblem(about);
    if (problem === "gone") {
      await notify("info", vscode.l10n.t("This problem is not there any more."));
      return;
    }
    if (problem) {
      await this.#explainProblem(problem);
      return;
    }
    const item = await this.#selected(vscode.l10n.t("Explain Whole File"), (whole) => this.#explain(whole));
    if (item) {
      await this.#explain(item);
    }
  }

  async addToChat(): Promise<void> {
    const item = await this.#selected(vscode.l10n.t("Add Whole File"), (whole) => this.#add(whole));
    if (item) {
      await this.#add(item);
    }
  }

  async #add(item: ContextItem): Promise<void> {
    await this.#deps.addContext(item);
    await this.#deps.focusChat();
  }

  async #explainProblem({ document, range, message }: ProblemPlace): Promise<void> {
    const around = await this.#deps.enclosing(document, range.start);
    const item = await this.#deps.context(document, around?.contains(range) === true ? around : range);
    if (item) {
      await this.#explain(item, vscode.l10n.t("Explain this problem: {0}", message));
    }
  }

  async #explain(item: ContextItem, question = vscode.l10n.t("Explain this code.")): Promise<void> {
    await this.#deps.focusChat();
    const result = await this.#deps.send(question, [item]);
    if (result.type === "accepted" || result.type === "queued") {
      return;
    }
    // Keep what was asked where the person can send it later, and choose what to leave out.
    await this.#deps.addContext(item);
    await this.#deps.offerDraft(question);
    if (result.type === "rejected") {
      await notify("warning", `${result.error.message} ${result.error.hint}`);
    }
  }

  /** The selection, or the function around the cursor; else says what to do and offers the whole file. */
  async #selected(
    wholeFileLabel: string,
    useWholeFile: (item: ContextItem) => Promise<void>,
  ): Promise<ContextItem | undefined> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      await notify("info", vscode.l10n.t("Open a file and select code first."), [
        {
          label: vscode.l10n.t("Open File…"),
          run: () => vscode.commands.executeCommand("workbench.action.quickOpen"),
        },
      ]);
      return undefined;
    }
    const { document, selection } = editor;
    if (!selection.isEmpty) {
      return this.#deps.context(document, selection);
    }
    const around = await this.#deps.enclosing(document, selection.active);
    if (around) {
      return this.#deps.context(document, around);
    }
    if (document.getText().trim() === "") {
      await notify("info", vscode.l10n.t("This file is empty. Write or open some code first."));
      return undefined;
    }
    const everything = new vscode.Range(0, 0, document.lineCount, 0);
    await notify("info", vscode.l10n.t("Nothing is selected. Select the code you mean."), [
      {
        label: wholeFileLabel,
        run: async () => {
          const whole = await this.#deps.context(document, document.validateRange(everything));
          await (whole && useWholeFile(whole));
        },
      },
    ]);
    return undefined;
  }
}
