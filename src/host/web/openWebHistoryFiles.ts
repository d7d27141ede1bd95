import type * as vscode from "vscode";
import { Sequencer } from "../../core/util/sequencer.ts";
import type { HistoryFiles } from "../historyFiles.ts";
import { type Exclusively, PiecedFiles } from "./piecedFiles.ts";
import { StorageFolder } from "./storageFolder.ts";

export function openWebHistoryFiles(folder: vscode.Uri): HistoryFiles {
  return new PiecedFiles({
    folder: new StorageFolder(folder),
    exclusively: exclusivelyIn(folder),
    writer: crypto.randomUUID().replaceAll("-", "").slice(0, 12),
    now: () => Date.now(),
  });
}

/** Tabs of a browser that have the same workspace open wait for each other, where the browser lets them. */
function exclusivelyIn(folder: vscode.Uri): Exclusively {
  if ("locks" in navigator) {
    return async (task, name = "") => navigator.locks.request(`valar ${folder.toString()} ${name}`, task);
  }
  const sequencers = new Map<string, Sequencer>();
  return (task, name = "") => {
    const sequencer = sequencers.get(name) ?? new Sequencer();
    sequencers.set(name, sequencer);
    return sequencer.run(task);
  };
}
