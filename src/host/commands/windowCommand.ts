import * as vscode from "vscode";
import type { CompletionWindow } from "../../core/api/types.ts";
import { priceText } from "../models/modelView.ts";
import type { ModelView, WindowView } from "../../protocol/chat.ts";

/** What the command needs of the model choices. */
export interface WindowCommandParts {
  current(): { readonly model: ModelView; readonly window: CompletionWindow };
  chooseWindow(window: CompletionWindow): Promise<void>;
}

/** “Select Completion Window…”: a pick of those the model has, with the price of each. */
export class WindowCommand {
  readonly #choices: WindowCommandParts;

  constructor(choices: WindowCommandParts) {
    this.#choices = choices;
  }

  async run(): Promise<void> {
    const { model, window } = this.#choices.current();
    const items = model.windows.map((offered) => windowItem(offered, offered.id === window));
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t("Select Completion Window"),
      placeHolder: vscode.l10n.t("How soon {0} answers, and at what price", model.name),
      matchOnDetail: true,
    });
    if (chosen) {
      await this.#choices.chooseWindow(chosen.id);
    }
  }
}

/** Exported for its test. */
export function windowItem(
  window: WindowView,
  isCurrent: boolean,
): vscode.QuickPickItem & { readonly id: CompletionWindow } {
  return {
    id: window.id,
    label: window.name,
    description: isCurrent ? vscode.l10n.t("current") : "",
    detail: `${hint(window.id)} · ${priceText(window)}`,
  };
}

function hint(window: CompletionWindow): string {
  return window === "asap"
    ? vscode.l10n.t("Answers at once")
    : vscode.l10n.t("Within a minute, usually much faster");
}
