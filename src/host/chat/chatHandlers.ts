import * as vscode from "vscode";
import { type Answer, type Conversation, findAnswer } from "../../core/chat/conversation.ts";
import {
  type AnswerActionId,
  type ErrorActionId,
  type HostHandlers,
  type HostRequests,
  isResend,
  type ResendId,
} from "../../protocol/chat.ts";
import type { ChatSession } from "./chatSession.ts";
import { contextHandlers } from "./contextHandlers.ts";
import { newFile } from "./newFile.ts";
import { openModelLink } from "./openModelLink.ts";
import { openModelPath } from "./openModelPath.ts";
import type { ContextSource, ModelChoices } from "./ports.ts";
import { toldFailures } from "./toldFailures.ts";

/** What a panel asks of others. */
export interface PanelActions {
  readonly context: ContextSource;
  readonly models: ModelChoices;
  readonly setToken: () => Promise<void>;
  readonly getKey: () => Promise<void>;
  /** Puts code where the person last had the cursor. */
  readonly insertAtCursor: (text: string) => Promise<void>;
  readonly showHistory: () => Promise<void>;
  readonly showRequest: (conversation: Conversation, answer: Answer) => Promise<void>;
  readonly applyToFile: (code: HostRequests["applyToFile"][0]) => Promise<void>;
  /** Carries out what an error's button asks beyond the conversation. */
  readonly perform: (action: Exclude<ErrorActionId, AnswerActionId>) => void;
  /** Changes what was in the way of a request. Throws `UserError`. */
  readonly clearWay: (action: ResendId) => Promise<void>;
}

/** Answers what the webview of `session` asks. `focused`: the person turned to it. */
export function chatHandlers(
  session: ChatSession,
  actions: PanelActions,
  seq: () => number,
  focused: () => void,
): HostHandlers {
  const { models } = actions;
  const done = toldFailures((error) => session.notice(error));
  return {
    ready: () => session.snapshot(seq),
    focused: done(focused),
    send: ({ clientId, text, fit }, signal) => session.send(clientId, text, { fit, signal }),
    editMessage: ({ clientId, messageId, text, fit }) => session.editMessage(clientId, messageId, text, fit),
    stop: done(() => session.stop()),
    newChat: done(() => session.newChat()),
    deleteMessage: async ({ messageId }) => (await session.conversation()).deleteMessage(messageId),
    removeQueued: ({ id }) => session.removeQueued(id),
    regenerate: done(async ({ messageId, model }) =>
      (await session.conversation()).regenerate(messageId, { model }),
    ),
    switchBranch: done(async ({ messageId, index }) =>
      (await session.conversation()).switchBranch(messageId, index),
    ),
    undoDelete: done(async ({ undoId }) => (await session.conversation()).undoDelete(undoId)),
    showRequest: done(async ({ messageId }) => {
      const { current } = await session.conversation();
      const answer = findAnswer(current, messageId);
      await (answer && actions.showRequest(current, answer));
    }),
    resumeQueue: done(async () => (await session.conversation()).resumeQueue()),
    saveDraft: done((unsent) => session.saveDraft(unsent)),
    ...contextHandlers(session, actions.context, done),
    listModels: (_, signal) => models.list(signal),
    chooseModel: done(({ id }) => models.chooseModel(id)),
    chooseEffort: done(({ effort }) => models.chooseEffort(effort)),
    chooseWindow: done(({ window }) => models.chooseWindow(window)),
    applyToFile: done(actions.applyToFile),
    newFile: done(({ text, language }) => newFile(text, language)),
    openPath: done(({ path, line }) => openModelPath(path, line)),
    showHistory: done(actions.showHistory),
    errorAction: done(async ({ messageId, action }) => {
      if (isResend(action)) {
        await actions.clearWay(action);
      }
      if (action === "retry" || action === "recover" || action === "showOther" || isResend(action)) {
        await (await session.conversation()).errorAction(messageId, action);
      } else {
        actions.perform(action);
      }
    }),
    clearWay: async ({ action }) => {
      await actions.clearWay(action);
      return undefined;
    },
    setToken: done(actions.setToken),
    getKey: done(actions.getKey),
    copy: done(({ text }) => vscode.env.clipboard.writeText(text)),
    insertAtCursor: done(({ text }) => actions.insertAtCursor(text)),
    openLink: done(({ href }) => openModelLink(href)),
  };
}
