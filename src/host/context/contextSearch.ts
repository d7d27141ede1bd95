import * as vscode from "vscode";
import { type Candidate, rank } from "../../core/context/rank.ts";
import { visibleText } from "../../core/markdown/invisible.ts";
import type { Clock } from "../../core/util/clock.ts";
import type { SuggestionView } from "../../protocol/chat.ts";
import type { Git } from "../git.ts";
import type { ActiveEditor } from "./activeEditor.ts";
import { countText, workspaceProblems } from "./diagnostics.ts";
import { isImagePath } from "./imageContext.ts";
import { isReadable } from "./places.ts";
import { suggestionId } from "./suggestionId.ts";
import { workspaceSymbols } from "./symbols.ts";
import { foldersOf, type WorkspaceFiles } from "./workspaceFiles.ts";

const maxSuggestions = 50;
/** A single letter fits almost every symbol there is. */
const minSymbolQuery = 2;

/** Of equal matches, what is at hand comes first. */
const bonuses = { fixed: 6, open: 5, file: 0, symbol: -1, folder: -2 } as const;

export interface ContextSearchDeps {
  readonly editor: ActiveEditor;
  readonly files: WorkspaceFiles;
  readonly git: Git;
  readonly clock: Clock;
  readonly isTrusted: () => boolean;
}

type Found = Candidate<SuggestionView>;

/** Finds what can be attached. */
export class ContextSearch {
  readonly #deps: ContextSearchDeps;

  constructor(deps: ContextSearchDeps) {
    this.#deps = deps;
  }

  /** At most 50, best first; for an empty query, and in a workspace that is not trusted, only what is at hand. */
  async search(query: string, signal: AbortSignal): Promise<readonly SuggestionView[]> {
    const wanted = query.trim();
    const atHand = [...this.#fixed(), ...openFiles()];
    if (wanted === "") {
      return unique(atHand)
        .slice(0, maxSuggestions)
        .map(({ value }) => shown(value));
    }
    const { clock, files, isTrusted } = this.#deps;
    if (!isTrusted()) return rank(wanted, unique(atHand), maxSuggestions).map(shown);
    const [listed, symbols] = await Promise.all([
      files.list(signal),
      wanted.length < minSymbolQuery ? [] : workspaceSymbols(wanted, clock, signal),
    ]);
    const all = [
      ...atHand,
      ...listed.map(({ uri, path }) => fileCandidate(uri, path, bonuses.file)),
      ...foldersOf(listed).map(({ uri, path }) => folderCandidate(uri, path)),
      ...symbols.filter(({ location }) => isReadable(location.uri)).map(symbolCandidate),
    ];
    return rank(wanted, unique(all), maxSuggestions).map(shown);
  }

  /** The entries that are no files, as far as there is something to them now. */
  #fixed(): readonly Found[] {
    const editor = this.#deps.editor.current;
    const problems = workspaceProblems();
    const changes = this.#deps.git.openRepositories().reduce((sum, { state }) => sum + changeCount(state), 0);
    return [
      ...(editor === undefined ? [] : editorEntries(editor)),
      ...(problems.length === 0
        ? []
        : [fixed("problems", "problems", vscode.l10n.t("Problems"), countText(problems))]),
      ...(changes === 0
        ? []
        : [fixed("changes", "changes", vscode.l10n.t("Git Changes"), changesDetail(changes))]),
      ...(vscode.window.activeTerminal === undefined
        ? []
        : [
            fixed(
              "terminal",
              "terminal",
              vscode.l10n.t("Terminal Selection"),
              vscode.window.activeTerminal.name,
            ),
          ]),
    ];
  }
}

function editorEntries({ document, selection }: vscode.TextEditor): readonly Found[] {
  const path = vscode.workspace.asRelativePath(document.uri);
  const lines = `${String(selection.start.line + 1)}-${String(selection.end.line + 1)}`;
  const file = fixed("currentFile", "file", vscode.l10n.t("Current File"), path);
  return selection.isEmpty
    ? [file]
    : [fixed("selection", "selection", vscode.l10n.t("Selection"), `${path}:${lines}`), file];
}

function changeCount({
  indexChanges,
  workingTreeChanges,
  mergeChanges,
  untrackedChanges = [],
}: ReturnType<Git["openRepositories"]>[number]["state"]): number {
  const changes = [...indexChanges, ...workingTreeChanges, ...mergeChanges, ...untrackedChanges];
  return new Set(changes.map(({ uri }) => uri.toString())).size;
}

function changesDetail(count: number): string {
  return count === 1 ? vscode.l10n.t("1 file") : vscode.l10n.t("{0} files", count);
}

function fixed(
  type: "selection" | "currentFile" | "problems" | "changes" | "terminal",
  kind: SuggestionView["kind"],
  label: string,
  detail: string,
): Found {
  return {
    value: { id: suggestionId({ type }), kind, label, detail },
    text: label,
    bonus: bonuses.fixed,
  };
}

/** The files in tabs, in their order. */
function openFiles(): readonly Found[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .map(({ input }) => input)
    .filter(
      (input) =>
        input instanceof vscode.TabInputText ||
        input instanceof vscode.TabInputNotebook ||
        input instanceof vscode.TabInputCustom,
    )
    .filter(({ uri }) => isReadable(uri))
    .map(({ uri }) => fileCandidate(uri, vscode.workspace.asRelativePath(uri), bonuses.open));
}

function fileCandidate(uri: vscode.Uri, path: string, bonus: number): Found {
  const kind = isImagePath(path) ? "image" : "file";
  return { value: { id: suggestionId({ type: "file", uri }), kind, ...named(path) }, text: path, bonus };
}

function folderCandidate(uri: vscode.Uri, path: string): Found {
  const value = { id: suggestionId({ type: "folder", uri }), kind: "folder", ...named(path) } as const;
  return { value, text: path, bonus: bonuses.folder };
}

function symbolCandidate({ name, location }: vscode.SymbolInformation): Found {
  const { uri, range } = location;
  const id = suggestionId({ type: "symbol", uri, line: range.start.line, name });
  const detail = `${vscode.workspace.asRelativePath(uri)}:${String(range.start.line + 1)}`;
  return { value: { id, kind: "symbol", label: name, detail }, text: name, bonus: bonuses.symbol };
}

/** The last part of a path as the label, the way to it as the detail. */
function named(path: string): { readonly label: string; readonly detail: string } {
  const slash = path.lastIndexOf("/");
  return { label: path.slice(slash + 1), detail: path.slice(0, Math.max(slash, 0)) };
}

/** Names of files and symbols are others' words. */
function shown(suggestion: SuggestionView): SuggestionView {
  return { ...suggestion, label: visibleText(suggestion.label), detail: visibleText(suggestion.detail) };
}

/** The first of each id. */
function unique(candidates: readonly Found[]): readonly Found[] {
  const ids = new Set<string>();
  return candidates.filter(({ value: { id } }) => !ids.has(id) && ids.add(id));
}
