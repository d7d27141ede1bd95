import * as vscode from "vscode";
import type { TextContext } from "../../core/chat/conversation.ts";
import type { Git } from "../git.ts";
import { pathConcerns, textConcerns } from "./concerns.ts";
import type { Concern } from "./consent.ts";
import { numberText } from "./cutNote.ts";
import { openDocument } from "./readText.ts";
import { fileContext, selectedContext } from "./textItems.ts";

/** Something that could come along by itself, read, with what speaks against it. */
export interface AmbientItem {
  /** The same for whatever the editor shows, so that switching it off lasts; another one where something is wrong. */
  readonly id: string;
  readonly item: TextContext;
  readonly uri: vscode.Uri;
  readonly concerns: readonly Concern[];
  /** Unless the person has switched it. */
  readonly isUsual: boolean;
}

/** A file that nobody asked for goes along whole up to this; of a longer one, what is in view. */
const wholeFileBytes = 24 * 1024;
/** Lines around those in view. */
const around = 20;

/** What is selected, else the file; undefined when there is nothing in it. */
export async function editorItem(
  editor: vscode.TextEditor,
  isFileUsual: boolean,
  maxBytes: number,
  git: Pick<Git, "isIgnored">,
  signal: AbortSignal,
): Promise<AmbientItem | undefined> {
  const { document, selection } = editor;
  const item = selection.isEmpty ? await shownPart(editor) : selectedContext(document, selection, maxBytes);
  if (item.text.trim() === "") return undefined;
  const concerns = [...(await pathConcerns(document.uri, git, signal)), ...textConcerns(item.text)];
  const isUsual = concerns.length === 0 && (isFileUsual || !selection.isEmpty);
  const id = concerns.length === 0 ? "editor" : `editor:${document.uri.toString()}`;
  return { id, item, uri: document.uri, concerns, isUsual };
}

async function shownPart({ document, visibleRanges }: vscode.TextEditor): Promise<TextContext> {
  const whole = await fileContext(document.uri, wholeFileBytes);
  if (whole.cut === undefined) return whole;
  const first = (visibleRanges.at(0)?.start.line ?? 0) - around;
  const last = (visibleRanges.at(-1)?.end.line ?? 0) + around;
  const range = document.validateRange(new vscode.Range(Math.max(first, 0), 0, last, 0));
  const part = selectedContext(document, range.with({ end: lineEnd(document, range.end) }), wholeFileBytes);
  const lines = `${numberText(part.startLine ?? 1)}–${numberText(part.endLine ?? 1)}`;
  return {
    ...part,
    kind: "file",
    cut: vscode.l10n.t("lines in view, {0} of {1}", lines, numberText(document.lineCount)),
  };
}

function lineEnd(document: vscode.TextDocument, { line }: vscode.Position): vscode.Position {
  return document.lineAt(line).range.end;
}

/** Where agents look for a project's rules. */
export const rulesFiles: readonly string[] = ["AGENTS.md", ".github/copilot-instructions.md"];

/** Where the rules of these folders of the workspace are, if there are any. */
export function rulesUris(
  folders: readonly vscode.WorkspaceFolder[] = vscode.workspace.workspaceFolders ?? [],
): readonly vscode.Uri[] {
  return folders.flatMap(({ uri }) => rulesFiles.map((file) => vscode.Uri.joinPath(uri, file)));
}

/** Undefined when there is no such file or nothing in it. */
export async function rulesItem(
  uri: vscode.Uri,
  maxBytes: number,
  git: Pick<Git, "isIgnored">,
  signal: AbortSignal,
): Promise<AmbientItem | undefined> {
  if (!(await isFile(uri))) return undefined;
  const item = await fileContext(uri, maxBytes, "rules");
  if (item.text.trim() === "") return undefined;
  const concerns = [...(await pathConcerns(uri, git, signal)), ...textConcerns(item.text)];
  return { id: `rules:${uri.toString()}`, item, uri, concerns, isUsual: concerns.length === 0 };
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  if (openDocument(uri) !== undefined) return true;
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}
