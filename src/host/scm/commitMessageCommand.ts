import * as vscode from "vscode";
import type { ChatEvent, ChatMessage } from "../../core/api/types.ts";
import { visibleText } from "../../core/markdown/invisible.ts";
import { commitPrompt, commitText } from "../../core/scm/commitPrompt.ts";
import { toAbortSignal } from "../cancellation.ts";
import type { Git, GitRepository } from "../git.ts";
import type { NotifyAction } from "../notify.ts";
import { readChanges, secretChanges } from "./changes.ts";

export interface CommitMessageDeps {
  readonly git: Pick<Git, "repositories" | "absence">;
  /** Prepares a request and streams its answer. Throws `ApiError`. */
  readonly stream: (messages: readonly ChatMessage[], signal: AbortSignal) => AsyncIterable<ChatEvent>;
  readonly notify: (
    severity: "info" | "warning" | "error",
    message: string,
    actions?: readonly NotifyAction[],
  ) => Promise<void>;
  /** What a failed request says, and the buttons that help, such as `retry`. */
  readonly describeError: (
    error: unknown,
    retry: NotifyAction,
  ) => {
    readonly message: string;
    readonly actions: readonly NotifyAction[];
  };
}

const pastCommits = 12;
/** Files that may be secret and are named; of more, how many there are is said. */
const maxNamed = 10;

/** “Generate Commit Message”: streams a message for the staged, or else all, changes into the box of git's view. */
export class CommitMessageCommand {
  readonly #deps: CommitMessageDeps;
  readonly #running = new Set<GitRepository>();

  constructor(deps: CommitMessageDeps) {
    this.#deps = deps;
  }

  /** `source` is what the SCM view's title hands over: the repository whose button it was. */
  async run(source?: unknown): Promise<void> {
    const repository = await this.#repository(source);
    if (repository === undefined || this.#running.has(repository)) {
      return;
    }
    this.#running.add(repository);
    try {
      await this.#generate(repository);
    } catch (error) {
      const { message, actions } = this.#deps.describeError(error, this.#again(repository));
      void this.#deps.notify("error", message, actions);
    } finally {
      this.#running.delete(repository);
    }
  }

  async #generate(repository: GitRepository): Promise<void> {
    const changes = await readChanges(repository);
    if (changes === undefined) {
      void this.#deps.notify("info", vscode.l10n.t("There are no changes to write a commit message for."));
      return;
    }
    if (!(await mayBeSent(secretChanges(repository, changes)))) {
      return;
    }
    const draft = repository.inputBox.value;
    const past = await pastMessages(repository);
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t("Writing the commit message…"),
        cancellable: true,
      },
      (_progress, token) => this.#stream(repository, commitPrompt({ ...changes, past, draft }), token),
    );
  }

  /**
   * Writes the message as it comes. Stops when the person writes into the box; a cancel or a failure brings back what
   * was there.
   */
  async #stream(
    repository: GitRepository,
    messages: readonly ChatMessage[],
    token: vscode.CancellationToken,
  ): Promise<void> {
    const { notify } = this.#deps;
    const box = new WrittenBox(repository.inputBox);
    const answer = { content: "", reasoning: "", refusal: "" };
    let truncated = false;
    try {
      for await (const event of this.#deps.stream(messages, toAbortSignal(token))) {
        if (event.type === "finished") ({ truncated } = event.finish);
        if (event.type !== "delta") continue;
        answer[event.channel] += event.text;
        if (event.channel === "content" && !box.write(commitText(answer.content))) {
          void notify("info", vscode.l10n.t("You changed the commit message, so Valar stopped writing it."));
          return;
        }
      }
    } catch (error) {
      box.restore();
      throw error;
    }
    if (token.isCancellationRequested) {
      box.restore();
    } else if (commitText(answer.content) === "") {
      box.restore();
      void notify("warning", emptyText(answer.refusal, truncated), [this.#again(repository)]);
    } else if (truncated) {
      void notify("warning", vscode.l10n.t("The commit message stopped at the token limit."));
    }
  }

  #again(repository: GitRepository): NotifyAction {
    return { label: vscode.l10n.t("Try Again"), run: () => this.run(repository) };
  }

  async #repository(source: unknown): Promise<GitRepository | undefined> {
    const repositories = await this.#deps.git.repositories(new AbortController().signal);
    const root = rootOf(source);
    const active = vscode.window.activeTextEditor?.document.uri.toString() ?? "";
    const found =
      repositories.find(({ rootUri }) => rootUri.toString() === root) ??
      (repositories.length === 1 ? repositories[0] : undefined) ??
      repositories.find(({ rootUri }) => active.startsWith(`${rootUri.toString()}/`));
    if (found !== undefined || repositories.length === 0) {
      if (found === undefined) {
        this.#tellAbsence();
      }
      return found;
    }
    const items = repositories.map((repository) => ({
      label: vscode.workspace.asRelativePath(repository.rootUri),
      repository,
    }));
    const placeHolder = vscode.l10n.t("The repository to write a commit message for");
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.repository;
  }

  #tellAbsence(): void {
    const { message, hint } = this.#deps.git.absence();
    const manageTrust = {
      label: vscode.l10n.t("Manage Trust"),
      run: () => vscode.commands.executeCommand("workbench.trust.manage"),
    };
    void this.#deps.notify("info", `${message} ${hint}`, vscode.workspace.isTrusted ? [] : [manageTrust]);
  }
}

/** Asks before what looks like a secret is sent. */
async function mayBeSent(secrets: readonly string[]): Promise<boolean> {
  if (secrets.length === 0) return true;
  const send = vscode.l10n.t("Send Anyway");
  const names = visibleText(secrets.slice(0, maxNamed).join(", "));
  const more = secrets.length - maxNamed;
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "The changes hold what looks like secrets, in: {0}. Send them to Valar?",
      more > 0 ? vscode.l10n.t("{0} and {1} more", names, String(more)) : names,
    ),
    { modal: true },
    send,
  );
  return chosen === send;
}

function emptyText(refusal: string, truncated: boolean): string {
  if (refusal !== "") return vscode.l10n.t("The model declined: {0}", refusal);
  return truncated
    ? vscode.l10n.t("The answer stopped at the token limit, before there was a commit message.")
    : vscode.l10n.t("The model’s answer holds no commit message.");
}

/**
 * The box as long as Valar alone writes into it. VS Code reports each text back once it shows it, and takes that for the
 * box's text until then: what was written before, but not before what was reported last, is no change of the person's.
 */
class WrittenBox {
  readonly #box: GitRepository["inputBox"];
  readonly #draft: string;
  readonly #written: string[];
  /** Number of the text that was reported last. */
  #reported = 0;

  constructor(box: GitRepository["inputBox"]) {
    this.#box = box;
    this.#draft = box.value;
    this.#written = [box.value];
  }

  /** False, with nothing written, when the person has changed the text meanwhile. */
  write(text: string): boolean {
    const at = this.#written.lastIndexOf(this.#box.value);
    if (at < this.#reported) {
      return false;
    }
    // The newest may just be what was written.
    this.#reported = at < this.#written.length - 1 ? at : this.#reported;
    this.#box.value = text;
    this.#written.push(text);
    // The box may keep the text in another form.
    if (this.#box.value !== text) {
      this.#written.push(this.#box.value);
    }
    return true;
  }

  /** Brings back what the person had there, unless they have changed it since. */
  restore(): void {
    this.write(this.#draft);
  }
}

/** The address of the repository that a menu of the SCM view, or a caller, names. */
function rootOf(source: unknown): string | undefined {
  const isNamed = typeof source === "object" && source !== null && "rootUri" in source;
  return isNamed && source.rootUri instanceof vscode.Uri ? source.rootUri.toString() : undefined;
}

/** A repository without commits has no log. */
async function pastMessages(repository: GitRepository): Promise<readonly string[]> {
  if (repository.state.HEAD?.commit === undefined) {
    return [];
  }
  return (await repository.log({ maxEntries: pastCommits })).map(({ message }) => message);
}
