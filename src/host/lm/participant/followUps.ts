import * as vscode from "vscode";
import { isRecord } from "../../../core/util/record.ts";
import { type BuiltInName, parseCommand } from "../../../core/chat/slashCommands.ts";

/** What can follow an answer to a slash command, from the metadata of its result. */
export function followUps(metadata: unknown): vscode.ChatFollowup[] {
  const question = isRecord(metadata) ? metadata["question"] : undefined;
  const text = isRecord(question) ? question["text"] : undefined;
  const { l10n } = vscode;
  const tests = followUp("tests", l10n.t("Write tests for this code."));
  const docs = followUp("docs", l10n.t("Write doc comments for this code."));
  const refactor = followUp("refactor", l10n.t("Make this code simpler."));
  const explain = followUp("explain", l10n.t("Explain this code."));
  switch (typeof text === "string" ? parseCommand(text)?.name : undefined) {
    case "explain":
      return [refactor, tests];
    case "refactor":
    case "fix":
      return [tests, explain];
    case "tests":
      return [docs, explain];
    case "docs":
      return [tests];
    default:
      return [];
  }
}

function followUp(command: BuiltInName, prompt: string): vscode.ChatFollowup {
  return { command, prompt, label: prompt };
}
