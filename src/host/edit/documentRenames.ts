import * as vscode from "vscode";
import type { Clock } from "../../core/util/clock.ts";
import type { Disposable } from "../../core/util/disposable.ts";
import { cellsOf, fileOf, isInside, notebookOf } from "./notebookCells.ts";

/** Time for a document to come back under its new name, in ms. Other extensions may have their say before that. */
const graceMs = { will: 60_000, did: 3000 };

export interface Renaming {
  readonly oldUri: vscode.Uri;
  readonly newUri: vscode.Uri;
}

interface Rename {
  readonly to: vscode.Uri;
  /** Which cell it is, for a cell of a notebook: cells get other addresses in a renamed one. */
  readonly cell: number | undefined;
  /** Another document has that name until the rename is done. */
  readonly isTaken: boolean;
  readonly expiry: Disposable;
}

/** Where renamed documents are about to come back. */
export class DocumentRenames implements Disposable {
  readonly #clock: Clock;
  readonly #renames = new Map<vscode.TextDocument, Rename>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  has(document: vscode.TextDocument): boolean {
    return this.#renames.has(document);
  }

  /** Notes those of `documents` that a rename concerns. */
  note(
    { oldUri, newUri }: Renaming,
    documents: Iterable<vscode.TextDocument>,
    when: keyof typeof graceMs,
  ): void {
    for (const document of documents) {
      const known = this.#renames.get(document);
      const file = fileOf(document);
      // A notebook that is closed already was noted while it was open.
      const to = isInside(file, oldUri)
        ? newUri.with({ path: newUri.path + file.path.slice(oldUri.path.length) })
        : known && isInside(known.to, newUri)
          ? known.to
          : undefined;
      if (to === undefined) continue;
      const notebook = notebookOf(document);
      const cell = notebook ? cellsOf(notebook).indexOf(document) : known?.cell;
      known?.expiry.dispose();
      const expiry = this.#clock.setTimeout(() => this.#renames.delete(document), graceMs[when]);
      const isTaken = when === "will" && documentAt(to, cell) !== undefined;
      this.#renames.set(document, { to, cell, isTaken, expiry });
    }
  }

  /** The documents that have come back, each with what it was before; each once. */
  take(): [old: vscode.TextDocument, now: vscode.TextDocument][] {
    return [...this.#renames].flatMap(([old, rename]) => {
      const now = rename.isTaken ? undefined : documentAt(rename.to, rename.cell);
      if (now === undefined || now === old) return [];
      rename.expiry.dispose();
      this.#renames.delete(old);
      return [[old, now]];
    });
  }

  dispose(): void {
    for (const { expiry } of this.#renames.values()) expiry.dispose();
    this.#renames.clear();
  }
}

function documentAt(file: vscode.Uri, cell: number | undefined): vscode.TextDocument | undefined {
  const isIt = ({ uri }: { readonly uri: vscode.Uri }): boolean => uri.toString() === file.toString();
  if (cell === undefined) return vscode.workspace.textDocuments.find(isIt);
  const notebook = vscode.workspace.notebookDocuments.find(isIt);
  return notebook && cellsOf(notebook)[cell];
}
