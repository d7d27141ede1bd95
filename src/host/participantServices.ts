import { costUsd } from "../core/api/cost.ts";
import { modelInfo } from "../core/api/models.ts";
import type { Api } from "./apiServices.ts";
import type { Base } from "./base.ts";
import { prepareAnswer } from "./chat/asking.ts";
import { chooseFit } from "./chat/chooseFit.ts";
import { dashboardUrl } from "./commands/tokenCommands.ts";
import type { Attachments } from "./contextServices.ts";
import { ChatParticipant } from "./lm/participant/chatParticipant.ts";

/** `@valar` in VS Code's own chat. */
export function makeParticipant(base: Base, api: Api, { context, prompts }: Attachments): ChatParticipant {
  const { settings, clock } = base;
  const { client, prepareChat, budget } = api;
  const asking = {
    prepareChat,
    parameters: (model?: string) => settings.chatParameters(model),
    modelInfo: (id: string) => modelInfo(id, settings.models),
    instructions: () => settings.instructions,
    responseFormat: () => Promise.resolve(undefined),
    budget,
  };
  return new ChatParticipant({
    references: context,
    ambient: (signal) => context.collectAmbient(signal),
    expand: (text, items, signal) => prompts.expand(text, items, signal),
    prepare: async (branch, model) => {
      const first = await prepareAnswer(asking, branch, { model });
      if (first.type === "prepared") return first;
      const fit = await chooseFit(first.choices);
      const second = fit && (await prepareAnswer(asking, branch, { model, fit }));
      return second?.type === "prepared" ? second : undefined;
    },
    streamChat: (request, signal) => client.streamChat(request, signal),
    refused: (model, branch) => budget.refused(model, branch),
    calibrate: (model, branch, promptTokens) => budget.calibrate(model, branch, promptTokens),
    costOf: ({ usage, model, completionWindow }) =>
      usage && costUsd(usage, model, completionWindow, settings.prices),
    modelName: (id) => modelInfo(id, settings.models).name,
    dashboardUrl,
    clock,
  });
}
