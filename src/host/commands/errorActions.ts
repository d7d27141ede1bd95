import * as vscode from "vscode";
import {
  type AnswerActionId,
  type ErrorActionId,
  type ErrorView,
  isResend,
  type ResendId,
} from "../../protocol/chat.ts";
import type { Log } from "../log.ts";
import { notify, type NotifyAction } from "../notify.ts";
import { openSettings } from "../openSettings.ts";
import { errorView, thrownErrorView, toFailure } from "../errorView.ts";
import { dashboardUrl, type TokenCommands } from "./tokenCommands.ts";

/** The buttons of an error that go beyond its conversation. */
export type OuterErrorAction = Exclude<ErrorActionId, AnswerActionId>;

export interface ErrorActionsDeps {
  readonly token: Pick<TokenCommands, "setToken" | "getKey">;
  readonly log: Pick<Log, "show">;
  /** Changes what was in the way of a request. Throws `UserError`. */
  readonly clearWay: (action: ResendId) => Promise<void>;
}

/** What is said of an error, and the buttons that help. */
export interface DescribedError {
  readonly message: string;
  readonly actions: readonly NotifyAction[];
}

/** Carries out the buttons of errors, and shows errors that stand in no conversation. */
export class ErrorActions {
  readonly #deps: ErrorActionsDeps;

  constructor(deps: ErrorActionsDeps) {
    this.#deps = deps;
  }

  clearWay(action: ResendId): Promise<void> {
    return this.#deps.clearWay(action);
  }

  async perform(action: OuterErrorAction): Promise<void> {
    const { token, log } = this.#deps;
    const actions: Readonly<Record<OuterErrorAction, () => unknown>> = {
      setToken: () => token.setToken(),
      getKey: () => token.getKey(),
      openBilling: () => vscode.env.openExternal(vscode.Uri.parse(dashboardUrl)),
      openSettings: () => openSettings("valar."),
      changeBudget: () => openSettings("valar.budget"),
      showLog: () => log.show(),
    };
    await actions[action]();
  }

  /** Shows an error as a message, with the buttons that make sense there. */
  async report(error: ErrorView): Promise<void> {
    await notify("error", `${error.message} ${error.hint}`, this.#outer(error.actions));
  }

  /** What a failed request says outside the chat, what helps first. `retry` makes the request once more. */
  describe(error: unknown, retry: NotifyAction): DescribedError {
    const view = errorView(toFailure(error));
    const isResent = view.actions.some(({ id }) => isResend(id));
    return {
      message: view.message,
      actions: view.actions.flatMap((action) => {
        const { id, label } = action;
        if (isResend(id)) return [{ label, run: () => this.#resend(id, retry) }];
        if (id === "retry" || id === "recover") return isResent ? [] : [retry];
        return this.#outer([action]);
      }),
    };
  }

  #outer(actions: ErrorView["actions"]): readonly NotifyAction[] {
    return actions.flatMap(({ id, label }) =>
      id === "retry" || id === "recover" || id === "showOther" || isResend(id)
        ? []
        : [{ label, run: () => this.perform(id) }],
    );
  }

  async #resend(action: ResendId, retry: NotifyAction): Promise<void> {
    try {
      await this.#deps.clearWay(action);
    } catch (error) {
      await this.report(thrownErrorView(error));
      return;
    }
    await retry.run();
  }
}
