import * as vscode from "vscode";
import { commandIds, type CommandId } from "../contributions.ts";
import type { Log } from "../log.ts";
import { notifyFailure } from "../notifyFailure.ts";

/** A handler for every command: a missing one does not compile. Menus and CodeLens may hand in an argument. */
export type CommandTable = { readonly [K in CommandId]: (argument?: unknown) => unknown };

/** Registers every command. A handler that fails tells the person; nothing is swallowed. */
export function registerCommands(table: CommandTable, log: Log): vscode.Disposable {
  const registrations = commandIds.map((id) =>
    vscode.commands.registerCommand(id, async (argument?: unknown) => {
      try {
        await table[id](argument);
      } catch (error) {
        await notifyFailure(`Command ${id} failed`, error, log);
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
