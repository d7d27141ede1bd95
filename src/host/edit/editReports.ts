import { l10n } from "vscode";
import type { NotifyAction } from "../notify.ts";
import type { EditServiceDeps } from "./editService.ts";
import type { EditSession } from "./editSession.ts";
import { endText, failureText } from "./failureText.ts";

/** Shows a message with buttons; resolves when it is answered or dismissed. */
export type Notify = (
  severity: "info" | "warning" | "error",
  message: string,
  actions?: readonly NotifyAction[],
) => Promise<void>;

/** What the buttons of messages do. */
export interface ReportActions {
  readonly retry: (session: EditSession) => Promise<void>;
  readonly review: (session: EditSession, lines: readonly string[]) => Promise<void>;
  readonly bringBack: (session: EditSession, lines: readonly string[]) => Promise<void>;
  readonly reject: (session: EditSession) => void;
  readonly showAnswer: (session: EditSession) => Promise<void>;
}

/** Tells a person what became of an edit: what happened, what was kept, what can be done. */
export class EditReports {
  readonly #notify: Notify;
  readonly #describeError: EditServiceDeps["describeError"];
  readonly #do: ReportActions;

  constructor(deps: Pick<EditServiceDeps, "notify" | "describeError">, actions: ReportActions) {
    this.#notify = deps.notify;
    this.#describeError = deps.describeError;
    this.#do = actions;
  }

  /** Called for every new state; most need no words. `lines`: the new code, if it was complete before. */
  async report(session: EditSession, lines?: readonly string[]): Promise<void> {
    const { state } = session;
    if (state.type === "failed") await this.#failed(session, state.failure);
    else if (session.isClosed) await this.#fileClosed(session, lines);
    else if (state.type === "ended") await this.#notify("info", endText(state.cause));
    else if (state.type === "stale") await this.stale(session);
  }

  async stale(session: EditSession): Promise<void> {
    const message = l10n.t(
      "You changed the code that Valar is editing, so its edit no longer fits. Your changes are kept; undoing them brings the edit back.",
    );
    await this.#notify("warning", message, [
      { label: l10n.t("Ask Again"), run: () => this.#do.retry(session) },
      { label: l10n.t("Reject Edit"), run: () => this.#do.reject(session) },
    ]);
  }

  /** Asked before accepted changes are dropped: they are not written yet. */
  async acceptedAlready(session: EditSession, accepted: number): Promise<void> {
    const message =
      accepted === 1
        ? l10n.t("You accepted 1 change of this edit, and it is not written yet.")
        : l10n.t("You accepted {0} changes of this edit, and they are not written yet.", accepted);
    await this.#notify("warning", message, [
      { label: l10n.t("Write Them, Reject the Rest"), run: () => session.decide("rest", "rejected") },
      { label: l10n.t("Reject All"), run: () => session.reject() },
    ]);
  }

  async overlap(other: EditSession, goOn: () => Promise<void>): Promise<void> {
    const message = l10n.t("Another edit is waiting in these lines ({0}).", other.task.title);
    await this.#notify("warning", message, [{ label: l10n.t("Reject It and Go On"), run: goOn }]);
  }

  async nothingToReview(): Promise<void> {
    await this.#notify("info", l10n.t("No edit is waiting for review."));
  }

  async problemGone(): Promise<void> {
    await this.#notify("info", l10n.t("This problem is not there any more."));
  }

  async closed(): Promise<void> {
    await this.#notify(
      "info",
      l10n.t("The code this edit was for is not there any more. Select it and start again."),
    );
  }

  async #fileClosed(session: EditSession, lines: readonly string[] | undefined): Promise<void> {
    const again =
      lines === undefined
        ? { label: l10n.t("Retry"), run: () => this.#do.retry(session) }
        : { label: l10n.t("Bring Back Edit"), run: () => this.#do.bringBack(session, lines) };
    await this.#notify("info", endText("closed"), [again]);
  }

  async #failed(
    session: EditSession,
    failure: Extract<EditSession["state"], { type: "failed" }>["failure"],
  ): Promise<void> {
    const retry = { label: l10n.t("Retry"), run: () => this.#do.retry(session) };
    const answer =
      session.answer === ""
        ? []
        : [{ label: l10n.t("Show Answer"), run: () => this.#do.showAnswer(session) }];
    if (failure.type === "request") {
      const { message, actions } = this.#describeError(failure.error, retry);
      await this.#notify("error", `${message} ${unchanged()}`, actions);
    } else if (failure.type === "unchanged") {
      await this.#notify("info", failureText(failure), [retry]);
    } else if (failure.type === "answer" && failure.candidate !== undefined) {
      const { candidate } = failure;
      const review = { label: l10n.t("Review the Code"), run: () => this.#do.review(session, candidate) };
      await this.#notify("warning", `${failureText(failure)} ${unchanged()}`, [review, retry, ...answer]);
    } else {
      await this.#notify("warning", `${failureText(failure)} ${unchanged()}`, [retry, ...answer]);
    }
  }
}

function unchanged(): string {
  return l10n.t("Your file is unchanged.");
}
