import * as vscode from "vscode";
import type { TextContext } from "../../core/chat/conversation.ts";
import { type FileDiff, pathsOf, splitDiff } from "../../core/context/gitDiff.ts";
import { isSecretPath } from "../../core/context/secrets.ts";
import { abortable } from "../../core/util/abort.ts";
import { type Git, type GitRepository, untrackedFiles } from "../git.ts";
import { UserError } from "../userError.ts";
import { limited } from "./cutNote.ts";

/** What is changed and not committed, staged first, in every open repository. Throws `UserError` when nothing is. */
export async function changesContext(git: Git, maxBytes: number, signal: AbortSignal): Promise<TextContext> {
  const repositories = await git.repositories(signal);
  if (repositories.length === 0) {
    throw git.absence();
  }
  const parts = await Promise.all(repositories.map((repository) => changesOf(repository, signal)));
  const changed = parts.filter(({ text }) => text !== "");
  const leftOut = parts.flatMap((part) => part.leftOut);
  if (changed.length === 0) {
    throw new UserError(vscode.l10n.t("There are no changes that can be attached."), leftOutNote(leftOut));
  }
  const named = changed.map(({ name, text }) => (repositories.length === 1 ? text : `# ${name}\n\n${text}`));
  const { text, cut } = limited(named.join("\n"), maxBytes);
  const note = [cut ?? "", leftOutNote(leftOut)].filter((words) => words !== "").join("; ");
  return {
    kind: "changes",
    id: crypto.randomUUID(),
    path: vscode.l10n.t("Git Changes"),
    languageId: "diff",
    text,
    ...(note === "" ? {} : { cut: note }),
  };
}

interface Changes {
  readonly name: string;
  readonly text: string;
  /** Changes of files that may be secret. */
  readonly leftOut: readonly string[];
}

async function changesOf(repository: GitRepository, signal: AbortSignal): Promise<Changes> {
  const diffs = await abortable(Promise.all([repository.diff(true), repository.diff(false)]), signal);
  const [staged = [], working = []] = diffs.map(splitDiff);
  const isSecret = (file: FileDiff): boolean => pathsOf(file).some(isSecretPath);
  const section = (title: string, texts: readonly string[]): string =>
    texts.length === 0 ? "" : `# ${title}\n${texts.join("")}`;
  const open = (files: typeof staged) => files.filter((file) => !isSecret(file)).map(({ text }) => text);
  const addedLines = untrackedFiles(repository.state).map(
    (uri) => `${vscode.workspace.asRelativePath(uri)}\n`,
  );
  return {
    name: vscode.workspace.asRelativePath(repository.rootUri),
    text: [
      section("Staged", open(staged)),
      section("Not staged", open(working)),
      section("New files that Git does not know yet", addedLines),
    ]
      .filter((text) => text !== "")
      .join("\n"),
    leftOut: [...staged, ...working].filter(isSecret).map(({ paths }) => paths),
  };
}

function leftOutNote(leftOut: readonly string[]): string {
  const count = new Set(leftOut).size;
  if (count === 0) return "";
  return count === 1
    ? vscode.l10n.t("without one file that may be secret")
    : vscode.l10n.t("without {0} files that may be secret", count);
}
