import * as vscode from "vscode";
import type { Disposable } from "../core/util/disposable.ts";
import type { Base } from "./base.ts";
import { modelVendor, participantId, toolNames } from "./contributions.ts";
import type { AskTool } from "./lm/askTool.ts";
import type { LanguageModels } from "./lm/languageModels.ts";
import type { ChatParticipant } from "./lm/participant/chatParticipant.ts";

/** Each is loaded when VS Code first asks it something. */
export interface OwnPlacesParts {
  readonly models: () => Promise<LanguageModels>;
  readonly tool: () => Promise<AskTool>;
  readonly participant: () => Promise<ChatParticipant>;
}

/** Valar where VS Code itself asks models: its model picker, `@valar` in its chat, and a tool. */
export function registerOwnPlaces(base: Base, parts: OwnPlacesParts): Disposable {
  return vscode.Disposable.from(
    registerModels(base, parts),
    registerTool(parts),
    registerParticipant(base, parts),
  );
}

/** What VS Code's list of models shows depends on these. */
const listed = [
  ...["valar.models", "valar.prices", "valar.completionWindow", "valar.baseUrl"],
  ...["valar.maxCompletionTokens", "valar.context.maxTokens"],
];

function registerModels({ tokens, settings }: Base, { models }: OwnPlacesParts): Disposable {
  const changed = new vscode.EventEmitter<void>();
  const registered = vscode.lm.registerLanguageModelChatProvider(modelVendor, {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: async (...asked) =>
      (await models()).provideLanguageModelChatInformation(...asked),
    provideLanguageModelChatResponse: async (...asked) =>
      (await models()).provideLanguageModelChatResponse(...asked),
    provideTokenCount: async (model, text) => (await models()).provideTokenCount(model, text),
  });
  return vscode.Disposable.from(
    registered,
    changed,
    tokens.onDidChange(() => changed.fire()),
    settings.onDidChange((event) => {
      if (listed.some((id) => event.affectsConfiguration(id))) changed.fire();
    }),
  );
}

function registerTool({ tool }: OwnPlacesParts): Disposable {
  return vscode.lm.registerTool(toolNames.ask, {
    prepareInvocation: async (asked, token) => (await tool()).prepareInvocation(asked, token),
    invoke: async (asked, token) => (await tool()).invoke(asked, token),
  });
}

function registerParticipant({ context }: Base, { participant }: OwnPlacesParts): Disposable {
  const registered = vscode.chat.createChatParticipant(participantId, async (...asked) =>
    (await participant()).answer(...asked),
  );
  const icon = (theme: string) => vscode.Uri.joinPath(context.extensionUri, "media", `valar-${theme}.svg`);
  registered.iconPath = { light: icon("light"), dark: icon("dark") };
  registered.followupProvider = {
    provideFollowups: async (result) => (await participant()).followUps(result),
  };
  return registered;
}
