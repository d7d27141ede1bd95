import { toDisposable, type Disposable } from "../core/util/disposable.ts";
import { isComposing } from "./composing.ts";

/**
 * Calls `stop` for an Escape that nothing else on the page has a use for; it returns whether there was something to
 * stop. VS Code hears of every key that reaches the window and may have commands for it: not of those used up here.
 */
export function onStopKey(stop: () => boolean): Disposable {
  const key = (event: KeyboardEvent): void => {
    if (isComposing(event)) {
      if (event.code === "Escape") event.stopPropagation();
      return;
    }
    const isPlain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (event.key === "Escape" && isPlain && stop()) event.stopPropagation();
  };
  document.addEventListener("keydown", key);
  return toDisposable(() => document.removeEventListener("keydown", key));
}
