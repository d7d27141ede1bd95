import * as vscode from "vscode";
import { commandIds, type CommandId } from "../contributions.ts";
import type { Log } from "../log.ts";
import { notify } from "../notify.ts";

/** A handler for every command: a missing one does not compile. Menus and CodeLens may hand in an argument. */
export type CommandTable = { readonly [K in CommandId]: (argument?: unknown) => unknown };

/** Registers every command. A handler that fails tells the person; nothing is swallowed. */
export function registerCommands(table: CommandTable, log: Log): vscode.Disposable {
  const registrations = commandIds.map((id) =>
    vscode.commands.registerCommand(id, async (argument?: unknown) => {
      try {
        await table[id](argument);
      } catch (error) {
        log.error(`Command ${id} failed`, error);
        const message = error instanceof Error ? error.message : String(error);
        await notify("error", vscode.l10n.t("Valar: {0}", message), [
          { label: vscode.l10n.t("Show Log"), run: () => log.show() },
        ]);
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
