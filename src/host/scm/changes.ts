import type { Uri } from "vscode";
import { type FileDiff, pathsOf, splitDiff } from "../../core/context/gitDiff.ts";
import { isSecretPath, secretSign } from "../../core/context/secrets.ts";
import { type GitChange, type GitRepository, untrackedFiles } from "../git.ts";

export interface Changes {
  readonly diff: string;
  /** What the diff is about, as git lists it. */
  readonly listed: readonly GitChange[];
  /** Paths of new files that the diff leaves out. */
  readonly untracked: readonly string[];
}

/** What is staged, or else everything; undefined when nothing is changed. */
export async function readChanges(repository: GitRepository): Promise<Changes | undefined> {
  await repository.status();
  const { indexChanges, workingTreeChanges, mergeChanges } = repository.state;
  const staged = await repository.diff(true);
  if (staged.trim() !== "") {
    return { diff: staged, listed: [...indexChanges, ...mergeChanges], untracked: [] };
  }
  const diff = await repository.diff(false);
  const added = untrackedFiles(repository.state);
  if (diff.trim() === "" && added.length === 0) return undefined;
  const known = workingTreeChanges.filter(({ uri }) => !added.includes(uri));
  const untracked = added.map((uri) => pathIn(repository, uri));
  return { diff, listed: [...known, ...mergeChanges], untracked };
}

/**
 * The files of a diff whose names, before or after the change, or whose lines look like secrets. Git's own list is asked
 * too: how a diff names files depends on the person's git settings.
 */
export function secretChanges(
  repository: GitRepository,
  { diff, listed: changes }: Pick<Changes, "diff" | "listed">,
): readonly string[] {
  const listed = changes
    .flatMap(({ uri, originalUri }) => [uri, originalUri])
    .filter(({ path }) => isSecretPath(path))
    .map((uri) => pathIn(repository, uri));
  const found = new Set(listed);
  for (const path of splitDiff(diff).flatMap(secretPathsOf)) {
    const isListed = listed.some((other) => path === other || path.endsWith(`/${other}`));
    if (!isListed) found.add(path.replace(/^[a-z]\//, ""));
  }
  return [...found];
}

/** A file's path from the root of its repository. */
function pathIn({ rootUri }: GitRepository, { path }: Uri): string {
  return path.startsWith(`${rootUri.path}/`) ? path.slice(rootUri.path.length + 1) : path;
}

function secretPathsOf(file: FileDiff): readonly string[] {
  const paths = pathsOf(file);
  const secret = paths.filter(isSecretPath);
  return secret.length === 0 && secretSign(file.text) !== undefined ? paths.slice(0, 1) : secret;
}
