import { l10n } from "vscode";
import { maxImages } from "../../core/api/image.ts";
import type { ModelInfo } from "../../core/api/models.ts";
import type { ErrorView } from "../../protocol/chat.ts";

/** What cannot be done while an answer runs. */
export function busy(): ErrorView {
  return notice(l10n.t("Valar is still answering."), l10n.t("Wait for the end of the answer, or stop it."));
}

/** What was stopped before it was sent. */
export function stopped(): ErrorView {
  return {
    ...notice(l10n.t("Stopped. Nothing was sent."), l10n.t("Your message is kept.")),
    isWarning: true,
  };
}

export function queuedTooLong(): ErrorView {
  return notice(
    l10n.t("The next message does not fit into what the model can take."),
    l10n.t("It still waits. Take it out of the queue and send it again to choose what to leave out."),
  );
}

/** Of a waiting message that another window has taken out of the queue. */
export function sentElsewhere(): string {
  return l10n.t("A waiting message was sent or taken back in another window. It was not sent again.");
}

/** Images of the conversation that a request does not hold. */
export function imagesLeftOut(
  count: number,
  { name, imageInput }: Pick<ModelInfo, "name" | "imageInput">,
): string {
  return imageInput === false
    ? l10n.t("{0} takes no images. Those of earlier messages are left out: {1}.", name, count)
    : l10n.t("A request can hold {0} images. Older ones are left out: {1}.", maxImages, count);
}

function notice(message: string, hint: string): ErrorView {
  return { message, hint, requestId: undefined, actions: [] };
}
