import * as vscode from "vscode";
import { priceText } from "../models/modelView.ts";
import type { ModelView } from "../../protocol/chat.ts";

/** What the command needs of the model choices. */
export interface ModelCommandParts {
  current(): { readonly model: ModelView };
  list(signal: AbortSignal): Promise<readonly ModelView[]>;
  chooseModel(id: string): Promise<void>;
}

/** “Select Model…”: a pick of the models there are, with prices and abilities. */
export class ModelCommand {
  readonly #choices: ModelCommandParts;

  constructor(choices: ModelCommandParts) {
    this.#choices = choices;
  }

  async run(): Promise<void> {
    const controller = new AbortController();
    const current = this.#choices.current().model.id;
    try {
      const items = this.#choices
        .list(controller.signal)
        .then((models) => models.map((model) => modelItem(model, model.id === current)));
      const chosen = await vscode.window.showQuickPick(items, {
        title: vscode.l10n.t("Select Model"),
        placeHolder: vscode.l10n.t("The model that answers in the chat and edits code"),
        matchOnDescription: true,
        matchOnDetail: true,
      });
      if (chosen) {
        await this.#choices.chooseModel(chosen.id);
      }
    } finally {
      controller.abort();
    }
  }
}

interface ModelItem extends vscode.QuickPickItem {
  readonly id: string;
}

/** Exported for its test. */
export function modelItem(model: ModelView, isCurrent: boolean): ModelItem {
  const { l10n } = vscode;
  const abilities = [
    ...(isCurrent ? [l10n.t("current")] : []),
    ...(model.isKnown ? [] : [l10n.t("unknown to this version")]),
    ...(model.imageInput === true ? [l10n.t("images")] : []),
    ...(model.reasoning === true ? [l10n.t("reasoning")] : []),
  ];
  const prices = model.windows.map((window) => l10n.t("{0}: {1}", window.name, priceText(window)));
  return {
    id: model.id,
    label: model.name,
    description: abilities.join(", "),
    detail: [...(model.isKnown ? [model.id] : []), ...prices].join(" · "),
  };
}
