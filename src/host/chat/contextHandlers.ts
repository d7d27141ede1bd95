import { isAbortError } from "../../core/util/abort.ts";
import type { ContextItem } from "../../core/chat/conversation.ts";
import { imagePreview } from "../../core/chat/imagePreview.ts";
import type { AttachResult, ContextPlace, HostHandlers } from "../../protocol/chat.ts";
import { thrownErrorView } from "../errorView.ts";
import type { ChatSession } from "./chatSession.ts";
import type { ContextSource } from "./ports.ts";
import type { ToldFailures } from "./toldFailures.ts";

type ContextMethod =
  | "searchContext"
  | "attach"
  | "attachUris"
  | "attachFiles"
  | "attachImage"
  | "attachText"
  | "removeContext"
  | "setAmbient"
  | "openContext"
  | "contextImage";

/** Answers what the webview of `session` asks about context. */
export function contextHandlers(
  session: ChatSession,
  source: ContextSource,
  done: ToldFailures,
): Pick<HostHandlers, ContextMethod> {
  const attach = async (read: () => Promise<readonly ContextItem[]>): Promise<AttachResult> => {
    try {
      const items = await read();
      await session.addContext(items);
      return items.length > 0 ? { type: "attached", ids: items.map(({ id }) => id) } : { type: "declined" };
    } catch (error) {
      if (isAbortError(error)) {
        throw error;
      }
      return { type: "rejected", error: thrownErrorView(error) };
    }
  };
  return {
    searchContext: ({ query }, signal) => source.search(query, signal),
    attach: ({ suggestionId }, signal) =>
      attach(async () => {
        const item = await source.resolve(suggestionId, signal);
        return item ? [item] : [];
      }),
    attachUris: ({ uris }, signal) => attach(() => source.fromUris(uris, signal)),
    attachFiles: (_, signal) => attach(async () => (await source.pick(signal)) ?? []),
    attachImage: ({ name, mediaType, data }) =>
      attach(() => Promise.resolve([source.image(name, mediaType, data)])),
    attachText: ({ name, text }, signal) =>
      attach(async () => {
        const item = await source.droppedText(name, text, signal);
        return item ? [item] : [];
      }),
    removeContext: done(({ id }) => session.removeContext(id)),
    setAmbient: done(({ id, isOn }) => source.setAmbient(id, isOn)),
    openContext: done(async (chip, signal) => {
      const item = await findContext(session, source, chip, signal);
      await (item && source.open(item));
    }),
    contextImage: async (chip, signal) => {
      const item = await findContext(session, source, chip, signal);
      return item && imagePreview(item);
    },
  };
}

/** The item of a chip: of a message sent or waiting, of the box, or of what comes along by itself. */
async function findContext(
  session: ChatSession,
  source: ContextSource,
  { id, messageId }: ContextPlace,
  signal: AbortSignal,
): Promise<ContextItem | undefined> {
  const has = (item: ContextItem) => item.id === id;
  if (messageId !== undefined) {
    return (await session.conversation()).contextOf(messageId).find(has);
  }
  return session.composer.context.find(has) ?? (await source.collectAmbient(signal)).find(has);
}
