import type { DisposableStore } from "../core/util/disposable.ts";
import type { Api } from "./apiServices.ts";
import type { Base } from "./base.ts";
import type { Chats } from "./chat/chats.ts";
import { type ChatParts, ChatServices } from "./chatServices.ts";
import { CodeCommands } from "./commands/codeCommands.ts";
import type { ContextService } from "./context/contextService.ts";
import { findProblem } from "./edit/problems.ts";
import { enclosingSymbol } from "./enclosingSymbol.ts";

/** The chat, and the commands that work on it. */
export interface Chat {
  readonly services: ChatServices;
  readonly code: CodeCommands;
}

/** `store` owns all that is made here. */
export function makeChat(base: Base, api: Api, parts: ChatParts, store: DisposableStore): Chat {
  const services = store.add(new ChatServices(base, api, parts));
  return { services, code: makeCodeCommands(services.chats, parts.context) };
}

function makeCodeCommands(chats: Chats, context: ContextService): CodeCommands {
  return new CodeCommands({
    context: ({ uri }, range) => context.range(uri, range, new AbortController().signal),
    send: (text, context) => chats.active.send(crypto.randomUUID(), text, { context }),
    addContext: (item) => chats.active.addContext([item]),
    offerDraft: (text) => chats.active.offerDraft(text),
    focusChat: () => chats.focus(),
    findProblem,
    enclosing: enclosingSymbol,
  });
}
