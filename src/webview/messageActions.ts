import { modelPrices } from "./composer/prices.ts";
import { iconButton } from "./dom.ts";
import { icon } from "./icons.ts";
import { nameAction } from "./keepFocus.ts";
import { openMenu } from "./menu.ts";
import type { PanelContext } from "./panelContext.ts";

export function deleteButton(messageId: string, context: PanelContext): HTMLButtonElement {
  const button = iconButton(icon("trash"), context.strings.delete, () => context.deleteMessage(messageId));
  return nameAction(button, "delete");
}

/** Asks the same again, of the model that is chosen in the box. */
export function regenerateButton(messageId: string, context: PanelContext): HTMLButtonElement {
  const button = iconButton(icon("regenerate"), context.strings.regenerate, () =>
    context.ask("regenerate", { messageId }),
  );
  return nameAction(button, "regenerate");
}

/** Asks the same of a model picked from a menu. */
export function otherModelButton(messageId: string, context: PanelContext): HTMLButtonElement {
  const label = context.strings.regenerateWith;
  let isOpening = false;
  const open = async (): Promise<void> => {
    if (isOpening) return;
    isOpening = true;
    try {
      const models = await context.request("listModels", undefined);
      const { composer } = context.strings;
      const items = models.map((model) => ({
        label: model.name,
        detail: modelPrices(model, composer, context.locale),
        run: () => context.ask("regenerate", { messageId, model: model.id }),
      }));
      if (button.isConnected && items.length > 0) openMenu(button, label, items, composer.pricesFor);
    } catch (error) {
      context.showFailure(error);
    } finally {
      isOpening = false;
    }
  };
  const button = iconButton(icon("expand"), label, () => void open());
  button.classList.add("narrow");
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  return nameAction(button, "otherModel");
}

/** Shows what was sent for an answer. */
export function requestButton(messageId: string, context: PanelContext): HTMLButtonElement {
  const button = iconButton(icon("request"), context.strings.showRequest, () =>
    context.ask("showRequest", { messageId }),
  );
  return nameAction(button, "showRequest");
}
