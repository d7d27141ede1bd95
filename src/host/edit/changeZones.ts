import * as vscode from "vscode";
import { groupChanges, type ChangeGroup } from "../../core/edit/changeGroups.ts";
import { groupHtml } from "../../core/edit/groupHtml.ts";
import { countLines } from "../../core/edit/hunks.ts";
import type { EditSession } from "./editSession.ts";

/** Where the menus of package.json know the zones by. */
const controllerId = "valar.edits";

/**
 * Shows the new code of each change under the lines it replaces. The zones are comment threads: the only place
 * inside an editor that stable API lets an extension fill without touching the document.
 */
export class ChangeZones implements vscode.Disposable {
  readonly #controller = vscode.comments.createCommentController(controllerId, "Valar");
  readonly #threads = new Map<EditSession, vscode.CommentThread[]>();

  /** Brings the zones of one edit up to date; an edit that is over has none. */
  render(session: EditSession): void {
    const groups = session.isOver || session.state.type === "stale" ? [] : groupChanges(session.hunks);
    const threads = this.#threads.get(session) ?? [];
    const zones = groups.flatMap((group) => zoneOf(session, group, groups));
    zones.forEach((zone, index) => {
      const thread = threads[index] ?? this.#create(session, zone);
      threads[index] = thread;
      update(thread, zone);
    });
    for (const thread of threads.splice(zones.length)) thread.dispose();
    if (threads.length > 0) this.#threads.set(session, threads);
    else this.#threads.delete(session);
  }

  /** The edit that a zone's menu was used on. */
  sessionOf(thread: unknown): EditSession | undefined {
    for (const [session, threads] of this.#threads) {
      if (threads.some((own) => own === thread)) return session;
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
  /** `part`: one of several changes; what a zone offers must not take the others along. */
  readonly state: "streaming" | "reviewing" | "part";
}

function zoneOf(session: EditSession, group: ChangeGroup, groups: readonly ChangeGroup[]): Zone[] {
  const leftOut = (lines: number): string => vscode.l10n.t("… {0} more lines: see Show Diff", lines);
  const html = groupHtml(group, session.oldLines, leftOut);
  if (html === undefined) return [];
  const { added, removed } = countLines(group.hunks);
  const isReviewing = session.state.type === "reviewing";
  const position =
    groups.length > 1 && isReviewing
      ? vscode.l10n.t("change {0} of {1}", groups.indexOf(group) + 1, groups.length)
      : undefined;
  return [
    {
      line: Math.max(0, session.range.start.line + group.oldEnd - 1),
      html,
      title: [session.task.title, position].filter((part) => part !== undefined).join(" · "),
      counts: isReviewing ? `+${added} −${removed}` : vscode.l10n.t("Writing…"),
      state: isReviewing ? (groups.length > 1 ? "part" : "reviewing") : "streaming",
    },
  ];
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
