import type { ErrorActionId } from "../protocol/chat.ts";
import type { RenderContext } from "./markdown/renderContext.ts";

/** What the parts of a conversation need: texts, and the ways to the host. */
export interface PanelContext extends RenderContext {
  /** BCP 47, for numbers. */
  readonly locale: string;
  readonly regenerate: (messageId: string) => void;
  readonly errorAction: (messageId: string, action: ErrorActionId) => void;
  /** The person unfolds something: the view does not run to the end. */
  readonly holdScroll: () => void;
  /** Reads text out to a screen reader. */
  readonly say: (text: string) => void;
  /** Takes the focus from a part that is about to go. */
  readonly keepFocus: (part: HTMLElement) => void;
}
