import { l10n } from "vscode";
import type { Overridden } from "../../core/api/overrides.ts";
import { type PromptProblem, readOwnPrompts } from "../../core/chat/ownPrompts.ts";
import type { SlashCommand } from "../../core/chat/slashCommands.ts";
import { assertNever } from "../../core/util/assertNever.ts";

/** The setting `valar.prompts`, with a sentence for each entry that cannot be used. */
export function readPrompts(setting: unknown): Overridden<readonly SlashCommand[]> {
  const read = readOwnPrompts(setting ?? {});
  return read === undefined
    ? { value: [], problems: [l10n.t("{0} must be an object.", "valar.prompts")] }
    : { value: read.prompts, problems: read.problems.map(promptProblemText) };
}

/** What is wrong with a prompt of one's own, in a sentence. */
export function promptProblemText({ name, reason }: PromptProblem): string {
  switch (reason) {
    case "builtIn":
      return l10n.t("The prompt /{0} is built in and cannot be replaced.", name);
    case "badName":
      return l10n.t("“{0}” cannot name a prompt: use up to 50 letters, digits, -, _ and dots.", name);
    case "badPrompt":
      return l10n.t("The prompt /{0} must be text, or an object with description and prompt.", name);
    default:
      return assertNever(reason);
  }
}
