import * as vscode from "vscode";
import type { Clock } from "../../core/util/clock.ts";
import { type Disposable, DisposableStore } from "../../core/util/disposable.ts";
import { ChangeZones } from "./changeZones.ts";
import { EditDecorations } from "./decorations.ts";
import { EditCodeLens } from "./editCodeLens.ts";
import type { ChangeRef } from "./changeRef.ts";
import type { EditSession } from "./editSession.ts";
import { EditStatus } from "./editStatus.ts";
import { isCell } from "./notebookCells.ts";
import { VirtualDocuments } from "./virtualDocuments.ts";

/** Between two drawings while an answer streams, in ms: quick enough to follow, slow enough to be calm. */
const frameMs = 120;

/** Everything a person sees of the edits, drawn at most once a frame. Never focuses or scrolls anything. */
export class EditView implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #sessions: () => readonly EditSession[];
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => Promise<void>;
  readonly #decorations = this.#store.add(new EditDecorations());
  readonly #zones = this.#store.add(new ChangeZones());
  readonly #status = this.#store.add(new EditStatus());
  readonly #codeLens: EditCodeLens;
  readonly documents: VirtualDocuments;
  readonly #dirty = new Set<EditSession>();
  /** Edits of cells whose diff was shown. */
  readonly #compared = new WeakSet<EditSession>();
  #frame: Disposable | undefined;
  #lensShown = "";

  /** `onError` tells the person what could not be shown. */
  constructor(
    sessions: () => readonly EditSession[],
    clock: Clock,
    onError: (error: unknown) => Promise<void>,
  ) {
    this.#sessions = sessions;
    this.#clock = clock;
    this.#onError = onError;
    this.#codeLens = this.#store.add(new EditCodeLens(sessions));
    this.documents = this.#store.add(
      new VirtualDocuments((id) => sessions().find((session) => session.id === id)),
    );
    this.#store.add(vscode.window.onDidChangeActiveTextEditor(() => this.#status.render(sessions())));
    this.#store.add(
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        this.#decorations.render(sessions(), editors);
        this.#compareCells(sessions());
      }),
    );
  }

  /** Draws soon, or at once when the edit has come to its end. */
  update(session: EditSession): void {
    this.#dirty.add(session);
    if (session.isOver) {
      this.#draw();
      void this.documents.close(session);
      return;
    }
    this.#frame ??= this.#clock.setTimeout(() => this.#draw(), frameMs);
  }

  /** The change a comment zone shows. */
  changeOf(zone: unknown): ChangeRef | undefined {
    return this.#zones.changeOf(zone);
  }

  dispose(): void {
    this.#frame?.dispose();
    this.#store.dispose();
  }

  #draw(): void {
    this.#frame?.dispose();
    this.#frame = undefined;
    const sessions = this.#sessions();
    for (const session of this.#dirty) {
      this.#zones.render(session);
      this.documents.refresh(session);
    }
    this.#dirty.clear();
    this.#decorations.render(sessions);
    this.#status.render(sessions);
    this.#compareCells(sessions);
    const lens = sessions.map(lensKey).join();
    if (lens !== this.#lensShown) this.#codeLens.refresh();
    this.#lensShown = lens;
  }

  /** VS Code draws no zones in notebooks, and nobody shall accept code unseen: there the diff opens by itself, once. */
  #compareCells(sessions: readonly EditSession[]): void {
    for (const session of sessions) {
      const { document, state } = session;
      if (state.type !== "reviewing" || !isCell(document) || this.#compared.has(session)) continue;
      if (!vscode.window.visibleTextEditors.some((editor) => editor.document === document)) continue;
      this.#compared.add(session);
      this.documents.showDiff(session, true).catch(this.#onError);
    }
  }
}

/** All that the CodeLens of an edit depend on. */
function lensKey({ id, state, activity, range, changes }: EditSession): string {
  const parts =
    state.type === "reviewing" ? changes.map(({ oldStart, decision }) => [oldStart, decision]) : [];
  return [id, state.type, activity, range.start.line, ...parts.flat()].join();
}
