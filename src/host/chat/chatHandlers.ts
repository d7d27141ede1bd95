import * as vscode from "vscode";
import type { HostHandlers } from "../../protocol/chat.ts";
import { notify } from "../notify.ts";
import type { ChatSession } from "./chatSession.ts";
import { openModelLink } from "./openModelLink.ts";

/** What the panel may ask that is not the conversation's business. */
export interface PanelActions {
  readonly setToken: () => Promise<void>;
  readonly getKey: () => Promise<void>;
  readonly selectModel: () => Promise<void>;
}

export function chatHandlers(session: ChatSession, actions: PanelActions, seq: () => number): HostHandlers {
  return {
    ready: () => session.snapshot(seq),
    send: ({ clientId, text }) => session.send(clientId, text),
    stop: done(() => session.stop()),
    newChat: done(() => session.newChat()),
    regenerate: done(({ messageId }) => session.regenerate(messageId)),
    saveDraft: done(({ text }) => session.saveDraft(text)),
    removeContext: done(({ id }) => session.removeContext(id)),
    errorAction: done(({ messageId, action }) => session.errorAction(messageId, action)),
    setToken: done(actions.setToken),
    getKey: done(actions.getKey),
    editMessage: notYet,
    switchBranch: notYet,
    deleteMessage: notYet,
    undoDelete: notYet,
    showRequest: notYet,
    removeQueued: notYet,
    resumeQueue: notYet,
    searchContext: notYet,
    attach: notYet,
    attachUris: notYet,
    attachFiles: notYet,
    attachImage: notYet,
    setAmbient: notYet,
    openContext: notYet,
    listModels: notYet,
    chooseModel: notYet,
    chooseEffort: notYet,
    chooseWindow: notYet,
    applyToFile: notYet,
    newFile: notYet,
    openPath: notYet,
    showHistory: notYet,
    copy: done(({ text }) => vscode.env.clipboard.writeText(text)),
    insertAtCursor: done(({ text }) => insertAtCursor(text)),
    openLink: done(({ href }) => openModelLink(href)),
  };
}

function notYet(): Promise<never> {
  return Promise.reject(new Error("Not wired."));
}

function done<P>(act: (params: P) => unknown): (params: P) => Promise<undefined> {
  return async (params) => {
    await act(params);
    return undefined;
  };
}

async function insertAtCursor(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) {
    await notify(
      "info",
      vscode.l10n.t("Open a file to insert the code into. The code is still in the chat."),
      [
        {
          label: vscode.l10n.t("New File"),
          run: () =>
            vscode.workspace
              .openTextDocument({ content: text })
              .then((document) => vscode.window.showTextDocument(document)),
        },
      ],
    );
    return;
  }
  const before = editor.document.version;
  const isInserted = await editor.edit((edit) => {
    for (const selection of editor.selections) {
      edit.replace(selection, text);
    }
  });
  // A read-only editor may say true and change nothing.
  if (!isInserted || (text !== "" && editor.document.version === before)) {
    await notify("warning", vscode.l10n.t("This file cannot be changed, so nothing was inserted."), [
      { label: vscode.l10n.t("Copy"), run: () => vscode.env.clipboard.writeText(text) },
    ]);
    return;
  }
  await vscode.window.showTextDocument(editor.document, editor.viewColumn);
}
