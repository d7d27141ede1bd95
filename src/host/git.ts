import * as vscode from "vscode";
import { abortable } from "../core/util/abort.ts";
import type { Clock } from "../core/util/clock.ts";
import { UserError } from "./userError.ts";

/** The parts of VS Code's own git extension that Valar uses. Source: its `api/git.d.ts`, version 1. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** The box for the commit message. */
  readonly inputBox: { value: string };
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    readonly mergeChanges: readonly GitChange[];
    /** Empty unless they are shown in a group of their own. */
    readonly untrackedChanges?: readonly GitChange[];
  };
  /** Reads anew what `state` holds. */
  status(): Promise<void>;
  /** `cached`: what is staged against the last commit; else the files against what is staged. */
  diff(cached?: boolean): Promise<string>;
  /** Newest first. Throws where there is no commit yet. */
  log(options: { readonly maxEntries: number }): Promise<readonly { readonly message: string }[]>;
  /** Newer versions alone have it. Gives those of the paths that git ignores. */
  checkIgnore?(paths: string[]): Promise<ReadonlySet<string>>;
}

export interface GitChange {
  readonly uri: vscode.Uri;
  /** Where a renamed file was; else as `uri`. */
  readonly originalUri: vscode.Uri;
  readonly status: number;
}

/** `Status.UNTRACKED` of the git extension's API. */
const untracked = 7;

/** New files that git does not know yet. */
export function untrackedFiles({ workingTreeChanges, untrackedChanges = [] }: GitRepository["state"]) {
  const changes = [...workingTreeChanges.filter(({ status }) => status === untracked), ...untrackedChanges];
  return changes.map(({ uri }) => uri);
}

interface GitApi {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<string>;
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** Until git has looked through the workspace. */
const initializeMs = 3000;

const keptMs = 5000;
const maxKnown = 100;

/** VS Code's git extension; gives nothing where it is missing, switched off or not trusted. */
export class Git {
  readonly #clock: Clock;
  readonly #known = new Map<string, { readonly at: number; readonly isIgnored: boolean }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Why there are no repositories, and what helps. */
  absence(): UserError {
    if (!vscode.workspace.isTrusted) {
      return new UserError(
        vscode.l10n.t("Git is not used until you trust this workspace."),
        vscode.l10n.t("Manage Trust shows what that allows."),
      );
    }
    return vscode.extensions.getExtension("vscode.git") === undefined
      ? new UserError(
          vscode.l10n.t("VS Code’s Git extension cannot be reached."),
          vscode.l10n.t("It may be switched off, and in a browser it does not run beside Valar."),
        )
      : new UserError(
          vscode.l10n.t("No Git repository is open."),
          vscode.l10n.t("Open a folder that is one, and check that Git is installed and enabled."),
        );
  }

  async repositories(signal: AbortSignal): Promise<readonly GitRepository[]> {
    return (await abortable(this.#api(), signal))?.repositories ?? [];
  }

  /** Those that git has open already; starts nothing. */
  openRepositories(): readonly GitRepository[] {
    const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
    return extension?.isActive === true && extension.exports.enabled
      ? extension.exports.getAPI(1).repositories
      : [];
  }

  /** What git said is kept for a moment: each question starts a process. */
  async isIgnored(uri: vscode.Uri, signal: AbortSignal): Promise<boolean> {
    const key = uri.toString();
    const now = this.#clock.now();
    const known = this.#known.get(key);
    if (known !== undefined && now - known.at < keptMs) return known.isIgnored;
    const isIgnored = (await this.ignored([uri], signal)).size > 0;
    this.#known.delete(key);
    this.#known.set(key, { at: now, isIgnored });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size > maxKnown) this.#known.delete(oldest);
    }
    return isIgnored;
  }

  /** Those of the files that git ignores. */
  async ignored(uris: readonly vscode.Uri[], signal: AbortSignal): Promise<ReadonlySet<vscode.Uri>> {
    const api = await abortable(this.#api(), signal);
    const byRepository = new Map<GitRepository, vscode.Uri[]>();
    for (const uri of api === undefined ? [] : uris) {
      const repository = api?.getRepository(uri);
      if (repository) byRepository.set(repository, [...(byRepository.get(repository) ?? []), uri]);
    }
    const ignored = new Set<vscode.Uri>();
    for (const [repository, own] of byRepository) {
      const paths = await abortable(checkIgnore(repository, own), signal);
      for (const uri of own) if (paths.has(uri.fsPath)) ignored.add(uri);
    }
    return ignored;
  }

  async #api(): Promise<GitApi | undefined> {
    const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
    if (extension === undefined || !vscode.workspace.isTrusted) return undefined;
    const git = extension.isActive ? extension.exports : await extension.activate();
    if (!git.enabled) return undefined;
    const api = git.getAPI(1);
    if (api.state !== "initialized") await this.#initialized(api);
    return api;
  }

  #initialized(api: GitApi): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        listener.dispose();
        timer.dispose();
        resolve();
      };
      const listener = api.onDidChangeState(end);
      const timer = this.#clock.setTimeout(end, initializeMs);
    });
  }
}

/** Throws `UserError` when git cannot tell: then nothing goes out unasked. */
async function checkIgnore(
  repository: GitRepository,
  uris: readonly vscode.Uri[],
): Promise<ReadonlySet<string>> {
  try {
    return (await repository.checkIgnore?.(uris.map((uri) => uri.fsPath))) ?? new Set();
  } catch (cause) {
    const error = new UserError(
      vscode.l10n.t("Git could not say whether this is to be ignored."),
      vscode.l10n.t("Nothing was attached. Try again; the Git log says what is wrong."),
    );
    error.cause = cause;
    throw error;
  }
}
