import { env, l10n } from "vscode";
import type { Reduced } from "../../core/chat/contextBudget.ts";
import type { ContextItem } from "../../core/chat/conversation.ts";
import type { FitChoiceView } from "../../protocol/chat.ts";

/** Pieces of context that are named; of more, how many there are is said. */
const maxNamed = 3;

export function oldestChoice(reduced: Reduced, tokensLeft: number): FitChoiceView {
  return {
    id: "dropOldest",
    label: l10n.t("Leave Out the Oldest Messages"),
    detail: left(oldestText(reduced.droppedMessages), tokensLeft),
  };
}

export function contextChoice(reduced: Reduced, tokensLeft: number): FitChoiceView {
  const items = namesOf(reduced.droppedContext);
  const what =
    reduced.droppedMessages === 0
      ? l10n.t("Leaves out {0}.", items)
      : `${l10n.t("Leaves out {0}.", items)} ${oldestText(reduced.droppedMessages)}`;
  return { id: "dropContext", label: l10n.t("Leave Out Attached Context"), detail: left(what, tokensLeft) };
}

export function sendAllChoice(tokens: number, limit: number): FitChoiceView {
  return {
    id: "sendAll",
    label: l10n.t("Send All Anyway"),
    detail: l10n.t(
      "About {0} tokens, {1} more than there is room for. Valar may refuse it.",
      number(tokens),
      number(tokens - limit),
    ),
  };
}

function oldestText(messages: number): string {
  return messages === 1
    ? l10n.t("Leaves out the oldest message.")
    : l10n.t("Leaves out the {0} oldest messages.", number(messages));
}

function left(what: string, tokens: number): string {
  return `${what} ${l10n.t("About {0} tokens are left.", number(tokens))}`;
}

function namesOf(items: readonly ContextItem[]): string {
  const names = items.slice(0, maxNamed).map((item) => (item.kind === "image" ? item.name : item.path));
  const more = items.length - names.length;
  return more === 0 ? names.join(", ") : l10n.t("{0} and {1} more", names.join(", "), number(more));
}

function number(value: number): string {
  return value.toLocaleString(env.language);
}
