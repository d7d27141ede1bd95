import * as vscode from "vscode";
import type { ChatEvent, ChatMessage } from "../../core/api/types.ts";
import { changedPaths, commitPrompt, commitText } from "../../core/scm/commitPrompt.ts";
import { toAbortSignal } from "../cancellation.ts";
import type { Git, GitRepository } from "../git.ts";
import type { NotifyAction } from "../notify.ts";

export interface CommitMessageDeps {
  readonly git: Git;
  /** Prepares a request and streams its answer. Throws `ApiError`. */
  readonly stream: (messages: readonly ChatMessage[], signal: AbortSignal) => AsyncIterable<ChatEvent>;
  readonly isSecretPath: (path: string) => boolean;
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
    } finally {
      this.#running.delete(repository);
    }
  }

  async #generate(repository: GitRepository): Promise<void> {
    const staged = await repository.diff(true);
    const diff = staged.trim() === "" ? await repository.diff(false) : staged;
    if (diff.trim() === "") {
      void this.#deps.notify("info", vscode.l10n.t("There are no changes to write a commit message for."));
      return;
    }
    if (!(await this.#mayBeSent(diff))) {
      return;
    }
    const { inputBox } = repository;
    const draft = inputBox.value;
    const past = await pastMessages(repository);
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t("Writing the commit message…"),
        cancellable: true,
      },
      (_progress, token) => this.#stream(repository, commitPrompt({ diff, past, draft }), token),
    );
  }

  /** Writes the message as it comes. Stops when the person writes into the box; a cancel brings back what was there. */
  async #stream(
    repository: GitRepository,
    messages: readonly ChatMessage[],
    token: vscode.CancellationToken,
  ): Promise<void> {
    const { notify } = this.#deps;
    const box = new WrittenBox(repository.inputBox);
    let answer = "";
    try {
      for await (const event of this.#deps.stream(messages, toAbortSignal(token))) {
        if (event.type === "finished" && event.finish.truncated) {
          void notify("warning", vscode.l10n.t("The commit message stopped at the token limit."));
        }
        if (event.type !== "delta" || event.channel !== "content") {
          continue;
        }
        answer += event.text;
        if (!box.write(commitText(answer))) {
          void notify("info", vscode.l10n.t("You changed the commit message, so Valar stopped writing it."));
          return;
        }
      }
      if (token.isCancellationRequested) {
        box.restore();
      }
    } catch (error) {
      box.restore();
      const retry = { label: vscode.l10n.t("Try Again"), run: () => this.run(repository) };
      const { message, actions } = this.#deps.describeError(error, retry);
      void notify("error", message, actions);
    }
  }

  /** Asks before a file that looks like a secret is sent. */
  async #mayBeSent(diff: string): Promise<boolean> {
    const secrets = changedPaths(diff).filter((path) => this.#deps.isSecretPath(path));
    if (secrets.length === 0) {
      return true;
    }
    const send = vscode.l10n.t("Send Anyway");
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        "The changes hold files that look like secrets: {0}. Send them to Valar?",
        secrets.join(", "),
      ),
      { modal: true },
      send,
    );
    return chosen === send;
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
        const { message, hint } = this.#deps.git.absence();
        void this.#deps.notify("info", `${message} ${hint}`);
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
}

/** The box as long as Valar alone writes into it. */
class WrittenBox {
  readonly #box: GitRepository["inputBox"];
  readonly #draft: string;
  #written: string;

  constructor(box: GitRepository["inputBox"]) {
    this.#box = box;
    this.#draft = box.value;
    this.#written = box.value;
  }

  /** False, with nothing written, when the person has changed the text meanwhile. */
  write(text: string): boolean {
    if (this.#box.value !== this.#written) {
      return false;
    }
    this.#box.value = text;
    // The box may keep the text in another form.
    this.#written = this.#box.value;
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
