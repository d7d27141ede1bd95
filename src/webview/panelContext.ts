import type { ErrorActionId } from "../protocol/chat.ts";
import type { HostLine } from "./hostLine.ts";
import type { RenderContext } from "./markdown/renderContext.ts";
import type { PageState } from "./pageState.ts";
import type { Thumbnails } from "./thumbnails.ts";

/** What the parts of a conversation need: texts, and the ways to the host. */
export interface PanelContext extends RenderContext, HostLine {
  /** BCP 47, for numbers. */
  readonly locale: string;
  readonly page: PageState;
  readonly thumbnails: Thumbnails;
  readonly errorAction: (messageId: string, action: ErrorActionId) => void;
  /** Starts the edit of an own message in its place; false when it is not there. */
  readonly editMessage: (messageId: string) => boolean;
  /** Deletes a message, with a way back. */
  readonly deleteMessage: (messageId: string) => void;
  /** Shows that something asked for did not work. */
  readonly showFailure: (error: unknown) => void;
  /** The person unfolds something: the view does not run to the end. */
  readonly holdScroll: () => void;
  /** Reads text out to a screen reader. */
  readonly say: (text: string) => void;
  /** Puts the focus into the box for the next message. */
  readonly focusBox: () => void;
}
