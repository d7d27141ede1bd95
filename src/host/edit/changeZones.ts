import * as vscode from "vscode";
import { groupHtml, noteHtml } from "../../core/edit/groupHtml.ts";
import { countLines } from "../../core/edit/hunks.ts";
import type { Change } from "../../core/edit/review.ts";
import { assertNever } from "../../core/util/assertNever.ts";
import type { ChangeRef } from "./changeRef.ts";
import type { EditSession } from "./editSession.ts";
import { isCell } from "./notebookCells.ts";

/** Where the menus of package.json know the zones by. */
const controllerId = "valar.edits";

/**
 * Shows the new code of each change under the lines it replaces. The zones are comment threads: the only place
 * inside an editor that stable API lets an extension fill without touching the document.
 */
export class ChangeZones implements vscode.Disposable {
  readonly #controller: Pick<vscode.CommentController, "createCommentThread" | "dispose">;
  readonly #threads = new Map<EditSession, vscode.CommentThread[]>();

  constructor(
    controller: Pick<
      vscode.CommentController,
      "createCommentThread" | "dispose"
    > = vscode.comments.createCommentController(controllerId, "Valar"),
  ) {
    this.#controller = controller;
  }

  /** Brings the zones of one edit up to date; an edit that is over has none. */
  render(session: EditSession): void {
    // In cells VS Code keeps room for such threads, and draws none.
    const isShown = !session.isOver && session.state.type !== "stale" && !isCell(session.document);
    const threads = this.#threadsIn(session);
    const changes = isShown ? session.changes : [];
    const zones = changes.flatMap((change) => zoneOf(session, change, changes.length));
    zones.forEach((zone, index) => {
      const thread = threads[index] ?? this.#create(session, zone);
      threads[index] = thread;
      update(thread, zone);
    });
    for (const thread of threads.splice(zones.length)) thread.dispose();
    if (threads.length > 0) this.#threads.set(session, threads);
    else this.#threads.delete(session);
  }

  /** A thread cannot move to another document: once the file has another name, there are none of it. */
  #threadsIn(session: EditSession): vscode.CommentThread[] {
    const threads = this.#threads.get(session) ?? [];
    const uri = session.document.uri.toString();
    if (threads.every((thread) => thread.uri.toString() === uri)) return threads;
    for (const thread of threads) thread.dispose();
    return [];
  }

  /** The edit, and the change of it, that a zone's menu was used on. */
  changeOf(thread: unknown): ChangeRef | undefined {
    for (const [session, threads] of this.#threads) {
      const index = threads.findIndex((own) => own === thread);
      // While it is reviewed, each change has its zone.
      if (index !== -1) return { edit: session.id, change: index };
    }
    return undefined;
  }

  dispose(): void {
    this.#controller.dispose();
  }

  #create(session: EditSession, zone: Zone): vscode.CommentThread {
    const range = new vscode.Range(zone.line, 0, zone.line, 0);
    const thread = this.#controller.createCommentThread(session.document.uri, range, []);
    thread.canReply = false;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    return thread;
  }
}

interface Zone {
  /** The document's line under which it stands. */
  readonly line: number;
  readonly html: string;
  readonly title: string;
  readonly counts: string;
  /** What its menu offers: about the whole edit, or about one of its several changes. */
  readonly state: "streaming" | "reviewing" | "part" | "partAccepted" | "partRejected";
}

function zoneOf(session: EditSession, change: Change, several: number): Zone[] {
  const isReviewing = session.state.type === "reviewing";
  const html = bodyOf(session, change, isReviewing);
  if (html === undefined) return [];
  const { added, removed } = countLines(change.hunks);
  const position =
    several > 1 && isReviewing ? vscode.l10n.t("change {0} of {1}", change.index + 1, several) : undefined;
  return [
    {
      line: Math.max(0, session.range.start.line + change.oldEnd - 1),
      html,
      title: [session.task.title, position].filter((part) => part !== undefined).join(" · "),
      counts: isReviewing ? countsOf(change, `+${added} −${removed}`) : vscode.l10n.t("Writing…"),
      state: isReviewing ? (several > 1 ? partState(change) : "reviewing") : "streaming",
    },
  ];
}

/** Undefined while nothing new is there to show. */
function bodyOf(session: EditSession, change: Change, isReviewing: boolean): string | undefined {
  if (change.decision === "rejected")
    return noteHtml(vscode.l10n.t("Rejected: these lines stay as they are."));
  const leftOut = (lines: number): string => vscode.l10n.t("… {0} more lines: see Show Diff", lines);
  const html = groupHtml(change, session.oldLines, leftOut);
  return html ?? (isReviewing ? noteHtml(vscode.l10n.t("These lines are taken out.")) : undefined);
}

function countsOf({ decision }: Change, counts: string): string {
  switch (decision) {
    case "accepted":
      return vscode.l10n.t("{0} · accepted, written with the last decision", counts);
    case "rejected":
      return vscode.l10n.t("{0} · rejected", counts);
    case undefined:
      return counts;
    default:
      return assertNever(decision);
  }
}

function partState({ decision }: Change): Zone["state"] {
  if (decision === undefined) return "part";
  return decision === "accepted" ? "partAccepted" : "partRejected";
}

/** Sets only what changed: every set is a message to the window and a new layout. */
function update(thread: vscode.CommentThread, zone: Zone): void {
  if (thread.range?.start.line !== zone.line) thread.range = new vscode.Range(zone.line, 0, zone.line, 0);
  if (thread.label !== zone.title) thread.label = zone.title;
  if (thread.contextValue !== zone.state) thread.contextValue = zone.state;
  const [shown] = thread.comments;
  const isShown =
    shown?.body instanceof vscode.MarkdownString &&
    shown.body.value === zone.html &&
    shown.label === zone.counts;
  if (isShown) return;
  const body = new vscode.MarkdownString(zone.html);
  body.supportHtml = true;
  thread.comments = [
    { body, mode: vscode.CommentMode.Preview, author: { name: "Valar" }, label: zone.counts },
  ];
}
