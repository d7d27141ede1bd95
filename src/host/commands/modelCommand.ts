import * as vscode from "vscode";
import type { ModelEntry } from "../../core/api/types.ts";

/** “Select Model…”: a pick of what `GET /models` lists; the choice is written to the setting. */
export class ModelCommand {
  readonly #listModels: (signal: AbortSignal) => Promise<readonly ModelEntry[]>;
  readonly #current: () => string;
  readonly #nameOf: (id: string) => string;

  /** `listModels` throws `ApiError`; the command's caller shows it. */
  constructor(
    listModels: (signal: AbortSignal) => Promise<readonly ModelEntry[]>,
    current: () => string,
    nameOf: (id: string) => string,
  ) {
    this.#listModels = listModels;
    this.#current = current;
    this.#nameOf = nameOf;
  }

  async run(): Promise<void> {
    const controller = new AbortController();
    const current = this.#current();
    const items = this.#listModels(controller.signal).then((models) =>
      models
        .map((model) => ({
          label: this.#nameOf(model.id),
          description: model.id === current ? vscode.l10n.t("current") : "",
          detail: model.id,
        }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    );
    try {
      const chosen = await vscode.window.showQuickPick(items, {
        title: vscode.l10n.t("Select Model"),
        placeHolder: vscode.l10n.t("The model that answers in the chat and edits code"),
        matchOnDetail: true,
      });
      if (chosen) {
        await saveModel(chosen.detail);
      }
    } finally {
      controller.abort();
    }
  }
}

/** Writes where the value now comes from, so that the choice takes effect. */
async function saveModel(id: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const inspected = configuration.inspect("valar.model");
  const isWorkspaceValue = inspected?.workspaceValue !== undefined;
  const target = isWorkspaceValue ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update("valar.model", id, target);
}
