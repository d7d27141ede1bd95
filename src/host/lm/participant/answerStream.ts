import { l10n } from "vscode";
import type * as vscode from "vscode";
import type { Channel, RequestPhase } from "../../../core/api/types.ts";
import type { TurnObserver } from "../../../core/chat/turn.ts";
import { assertNever } from "../../../core/util/assertNever.ts";

/** Writes an answer into VS Code's chat as it comes, and keeps its texts. */
export class AnswerStream implements TurnObserver {
  readonly #response: vscode.ChatResponseStream;
  readonly texts: Record<Channel, string> = { content: "", reasoning: "", refusal: "" };

  constructor(response: vscode.ChatResponseStream) {
    this.#response = response;
  }

  text(channel: Channel, text: string): void {
    const isFirst = this.texts[channel] === "";
    this.texts[channel] += text;
    switch (channel) {
      case "content":
        this.#response.markdown(text);
        break;
      case "refusal":
        this.#response.markdown(isFirst ? `**${l10n.t("The model refused:")}** ${text}` : text);
        break;
      case "reasoning":
        // The stable API has no place for the text itself.
        if (isFirst) this.#response.progress(l10n.t("Thinking…"));
        break;
      default:
        assertNever(channel);
    }
  }

  phase(phase: RequestPhase): void {
    switch (phase.type) {
      case "reconnecting":
        this.#response.progress(l10n.t("The connection broke. Trying again…"));
        break;
      case "rateLimited":
        this.#response.progress(
          l10n.t("Waiting {0} s for the rate limit…", String(Math.ceil(phase.delayMs / 1000))),
        );
        break;
      case "sending":
      case "catchingUp":
      case "streaming":
        break;
      default:
        assertNever(phase);
    }
  }
}
