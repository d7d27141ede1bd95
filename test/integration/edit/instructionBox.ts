import * as vscode from "vscode";
import { deferred } from "../../../src/core/util/async.ts";
import { until } from "../../support/realVscode/until.ts";

/** Runs what asks for an instruction and answers with `text`, or, without one, with what the box holds. */
export async function answerBox(run: () => Promise<void>, text?: string): Promise<string> {
  const { createQuickPick } = vscode.window;
  const shown = deferred<string>();
  Object.assign(vscode.window, {
    createQuickPick: () => {
      const box = createQuickPick();
      const show = box.show.bind(box);
      box.show = () => {
        const { value } = box;
        if (text !== undefined) box.value = text;
        show();
        shown.resolve(value);
      };
      return box;
    },
  });
  let isOver = false;
  try {
    const ended = run().finally(() => (isOver = true));
    const value = await shown.promise;
    await until("the box to be answered", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return isOver;
    });
    await ended;
    return value;
  } finally {
    Object.assign(vscode.window, { createQuickPick });
  }
}
