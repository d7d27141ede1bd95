import * as vscode from "vscode";
import type { ContextItem } from "../../core/chat/conversation.ts";
import {
  type BuiltInName,
  builtInNames,
  builtInPrompts,
  fillPrompt,
  isBuiltIn,
  parseCommand,
  type SlashCommand,
} from "../../core/chat/slashCommands.ts";
import { DisposableStore } from "../../core/util/disposable.ts";
import type { SlashCommandView } from "../../protocol/chat.ts";
import type { ExpandedPrompt, PromptSource } from "../chat/ports.ts";
import { UserError } from "../userError.ts";

export interface PromptLibraryParts {
  /** Those of the setting `valar.prompts`. */
  readonly own: () => readonly SlashCommand[];
  readonly onDidChangeOwn: vscode.Event<void>;
  /** Those of the workspace; none while it is not trusted. */
  readonly workspace: {
    readonly prompts: readonly SlashCommand[];
    /** When they have been read. */
    ready(): Promise<void>;
    readonly onDidChange: vscode.Event<void>;
  };
  /** The staged changes, or else those not yet staged; undefined when there are none. Throws `UserError`. */
  readonly gitChanges: (signal: AbortSignal) => Promise<ContextItem | undefined>;
}

/** All slash commands. A name is looked for among the built-in ones first, then one's own, then the workspace's. */
export class PromptLibrary implements PromptSource, vscode.Disposable {
  readonly #parts: PromptLibraryParts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;

  constructor(parts: PromptLibraryParts) {
    this.#parts = parts;
    this.#store.add(parts.onDidChangeOwn(() => this.#changed.fire()));
    this.#store.add(parts.workspace.onDidChange(() => this.#changed.fire()));
  }

  dispose(): void {
    this.#store.dispose();
  }

  list(): readonly SlashCommandView[] {
    const descriptions = builtInDescriptions();
    const builtIn = builtInNames.map((name) => ({
      name: `/${name}`,
      description: descriptions[name],
      isOwn: false,
    }));
    const own = [...this.#own().values()].map(({ name, description }) => ({
      name: `/${name}`,
      description,
      isOwn: true,
    }));
    return [...builtIn, ...own.sort((a, b) => a.name.localeCompare(b.name))];
  }

  async expand(
    text: string,
    context: readonly ContextItem[],
    signal: AbortSignal,
  ): Promise<ExpandedPrompt | undefined> {
    const command = parseCommand(text);
    if (command === undefined) return undefined;
    const { name, input } = command;
    if (isBuiltIn(name)) {
      const instruction = fillPrompt(builtInPrompts[name], input);
      if (name === "commit") return { instruction, context: await this.#changes(context, signal) };
      return { instruction, context: [], ...(input === "" && { needsCode: `/${name}` }) };
    }
    await this.#parts.workspace.ready();
    const prompt = this.#own().get(name);
    return prompt && { instruction: fillPrompt(prompt.prompt, input), context: [] };
  }

  #own(): ReadonlyMap<string, SlashCommand> {
    const { own, workspace } = this.#parts;
    return new Map([...workspace.prompts, ...own()].map((prompt) => [prompt.name, prompt]));
  }

  /** What `/commit` is about, unless the person attached changes already. */
  async #changes(context: readonly ContextItem[], signal: AbortSignal): Promise<readonly ContextItem[]> {
    if (context.some(({ kind }) => kind === "changes")) return [];
    const changes = await this.#parts.gitChanges(signal);
    if (changes === undefined) {
      throw new UserError(
        vscode.l10n.t("There are no changes to write a commit message for."),
        vscode.l10n.t("Change or stage something in a Git repository, then try again."),
      );
    }
    return [changes];
  }
}

function builtInDescriptions(): Readonly<Record<BuiltInName, string>> {
  const { l10n } = vscode;
  return {
    explain: l10n.t("Explain the code"),
    refactor: l10n.t("Make the code simpler"),
    fix: l10n.t("Find and fix what is wrong"),
    tests: l10n.t("Write tests for the code"),
    docs: l10n.t("Write documentation comments"),
    commit: l10n.t("Write a commit message for your changes"),
  };
}
